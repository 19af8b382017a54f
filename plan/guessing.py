"""Counting wrong codes: so many from one address in a while, and then no more tries."""

from django.core.cache import cache
from django.http import HttpRequest

MOST_WRONG = 20
WINDOW_SECONDS = 10 * 60


def _key(request: HttpRequest) -> str:
    """Name the counter of one address."""
    return f"plan:guesses:{request.META.get('REMOTE_ADDR', '')}"


def too_many(request: HttpRequest) -> bool:
    """Whether this address has guessed wrong too often lately."""
    return int(cache.get(_key(request), 0)) >= MOST_WRONG


def count_wrong(request: HttpRequest) -> None:
    """Remember one wrong guess; the while begins with the first."""
    key = _key(request)
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        cache.incr(key)
    except ValueError:
        cache.set(key, 1, WINDOW_SECONDS)  # It ran out between the two lines.
