"""The state of what the public reads: one key that changes exactly when the pages do."""

from functools import lru_cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from coproduction.fingerprints import RunningFingerprint, fingerprint
from coproduction.projects.models import AuditHead
from plan.queries.published import PublishedPlan
from plan.queries.renderings import rendering_key

# How long a key is remembered. It can't go stale: it is remembered under the end of the audit
# chain, and every change to a project moves that.
REMEMBERED_SECONDS = 24 * 3600


def project_version(slug: str) -> str:
    """Name the present state of a project: it moves with every change and release. One query.

    Read it before anything else: what is read after can only be newer than its name. Empty when
    there is no such project.
    """
    with connection.cursor() as cursor:
        cursor.execute(_version_sql(), [slug])
        head = cursor.fetchone()
    return f"plan:state:{release_fingerprint()}:{slug}:{head[0]}:{head[1]}" if head else ""


@lru_cache(maxsize=1)
def _version_sql() -> str:
    """Compile the question once: putting it together takes ten times as long as answering it."""
    heads = AuditHead.objects.filter(project__slug="").values_list("number", "digest")
    sql, _parameters = heads.query.sql_with_params()
    return str(sql)


def known_key(version: str) -> str | None:
    """Return the key of the plan at a version of its project, if it was worked out before."""
    key: str | None = cache.get(version) if version else None
    return key


def remember_key(version: str, key: str) -> None:
    """Remember the key of the plan at a version of its project."""
    cache.set(version, key, REMEMBERED_SECONDS)


def public_state_key(published: PublishedPlan) -> str:
    """Fingerprint all that may differ between two readings.

    Whatever a page of the plan may show enters: the edition, its corrections, which quotes and
    workshop notes may be shown, changes proposed, the files, the project's own texts, and the
    release.
    """
    project, edition = published.project, published.edition
    parts = [
        release_fingerprint(),
        str(project.uuid),
        project.slug,
        project.place,
        project.name.entries,
        project.scope.entries,
        project.languages,
        project.contact_email,
        project.is_invented,
        project.small_number,
        rendering_key(edition, published.mask) if edition else None,
        [str(note.uuid) for note in published.mask.notes],
        sorted(published.changes.items()),
        [str(file.uuid) for file in published.current_files],
    ]
    return fingerprint(parts, length=32)


@lru_cache(maxsize=1)
def release_fingerprint() -> str:
    """Fingerprint all that pages are made of: a new release is a new page.

    That is every module of every app of ours, since any may hold words that a page shows.
    """
    ours = {config.name.partition(".")[0] for config in apps.get_app_configs()}
    sources = [
        ("templates", "**/*.html"),
        ("templates", "**/*.svg"),
        ("static", "**/*.css"),
        ("locale", "**/*.mo"),
        *((name, "**/*.py") for name in sorted(ours)),
    ]
    running = RunningFingerprint()
    for folder, pattern in sources:
        # Apps of others have no folder here.
        for path in sorted(Path(settings.BASE_DIR, folder).glob(pattern)):
            running.add(path.read_bytes())
    return running.value
