"""Which addresses a project may not take: every first segment that the URLconf already uses."""

import re

from django.urls import URLPattern, URLResolver, get_resolver

from coproduction.languages.codes import language_codes
from coproduction.projects.models import Project

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
    used = _first_segments(get_resolver().url_patterns)
    return WELL_KNOWN.union(used, language_codes())


def is_slug_taken(slug: str) -> bool:
    """Say whether a project's address is another's, or means something else."""
    return slug in reserved_slugs() or Project.objects.filter(slug=slug).exists()
