"""Whether what pages are drawn with was put where it is served from."""

from pathlib import Path

from django.conf import settings


def are_collected() -> bool:
    """Say whether ``collectstatic`` ran; in debug they are served from where they are written."""
    return settings.DEBUG or Path(settings.STATIC_ROOT, "staticfiles.json").exists()
