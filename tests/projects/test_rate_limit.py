"""Limits for everyone: by each person's own address, kept by nobody, never in anybody's way."""

from django.core.cache import cache
from django.test import RequestFactory

from coproduction.projects.rate_limit import over_limit, over_wrong_code_limit

MOST = 3


def from_(address: str, **more: str):
    """Return a request from an address."""
    return RequestFactory().get("/", REMOTE_ADDR=address, **more)


def test_the_limit_is_each_address_own() -> None:
    tries = [over_limit(from_("192.0.2.1"), "x", MOST) for _ in range(MOST + 2)]
    assert tries == [False] * MOST + [True] * 2
    assert not over_limit(from_("192.0.2.2"), "x", MOST)
    assert not over_limit(from_("192.0.2.1"), "y", MOST)


def test_behind_our_proxy_people_are_told_apart_by_whom_it_heard_from(settings) -> None:
    settings.BEHIND_PROXY = True
    for number in range(MOST + 1):
        # What somebody writes in front of it themselves changes nothing.
        said = f"10.0.0.{number}, 203.0.113.66"
        over = over_limit(from_("127.0.0.1", HTTP_X_FORWARDED_FOR=said), "x", MOST)
    assert over
    other = from_("127.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.7")
    assert not over_limit(other, "x", MOST)


def test_without_a_proxy_nobody_names_their_own_address() -> None:
    for number in range(MOST + 1):
        said = f"203.0.113.{number}"
        over = over_limit(from_("192.0.2.1", HTTP_X_FORWARDED_FOR=said), "x", MOST)
    assert over


def test_no_address_is_kept(monkeypatch) -> None:
    keys = []
    monkeypatch.setattr(cache, "add", lambda key, *rest: keys.append(key) or True)
    over_wrong_code_limit(from_("192.0.2.1"))
    assert len(keys) == 1
    assert "192.0.2.1" not in keys[0]


def test_a_cache_that_is_away_stops_nobody(settings) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            # Nobody listens there.
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    assert not over_limit(from_("192.0.2.1"), "x", 0)
