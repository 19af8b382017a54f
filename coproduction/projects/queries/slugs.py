"""Which addresses a project may not take: every first segment that the URLconf already uses."""

import re

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

# What servers and browsers ask for by name, whether or not we answer today.
WELL_KNOWN = frozenset(
    {"admin", "api", "static", "media", "robots.txt", "favicon.ico", "sitemap.xml", "well-known"}
)
_FIRST_SEGMENT = re.compile(r"^\^?/?(?P<segment>[A-Za-z0-9_.-]+)")


def _first_segments(patterns: list[URLPattern | URLResolver]) -> set[str]:
    """Return the literal first segments of ``patterns``, looking inside empty prefixes."""
    found = set()
    for pattern in patterns:
        route = str(pattern.pattern)
        if match := _FIRST_SEGMENT.match(route):
            found.add(match["segment"])
        elif isinstance(pattern, URLResolver) and not route.startswith("<"):
            found |= _first_segments(pattern.url_patterns)
    return found


def reserved_slugs() -> frozenset[str]:
    """Return every slug that would hide another page."""
    languages = {code for code, _name in settings.LANGUAGES}
    return frozenset(_first_segments(get_resolver().url_patterns)) | languages | WELL_KNOWN
