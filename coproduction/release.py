"""Which release this is: a fingerprint of all that pages are made of."""

from functools import lru_cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

from coproduction.fingerprints import RunningFingerprint


@lru_cache(maxsize=1)
def release_fingerprint() -> str:
    """Fingerprint all that pages are made of: a new release is a new page.

    That is every module of every app of ours, since any may hold words that a page shows, the
    packages they stand on, the names of the static files, and what is set of an installation.
    """
    ours = {config.name.partition(".")[0] for config in apps.get_app_configs()}
    sources = [
        ("templates", "**/*.html"),
        ("templates", "**/*.svg"),
        ("static", "**/*.css"),
        ("locale", "**/*.mo"),
        ("requirements", "*.txt"),
        *((name, "**/*.py") for name in sorted(ours)),
    ]
    running = RunningFingerprint()
    for folder, pattern in sources:
        # Apps of others have no folder here.
        for path in sorted(Path(settings.BASE_DIR, folder).glob(pattern)):
            running.add(path.read_bytes())
    running.add(str(getattr(staticfiles_storage, "manifest_hash", "")))
    running.add(f"{settings.SITE_URL} {settings.TIME_ZONE} {settings.DEBUG}")
    return running.value
