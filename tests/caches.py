"""The caches in tests: emptied, so that no limit and no drawn page of before is in the way."""

from django.core.cache import caches

from coproduction.cache import drawn_pages


def clear_caches() -> None:
    """Forget every limit and every page drawn before."""
    for cache in caches.all():
        cache.clear()
    drawn_pages.clear()
