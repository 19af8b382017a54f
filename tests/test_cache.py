"""A real Redis that goes away: pages are drawn, limits hold, and the log says it once."""

import logging
import socket
from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.test import RequestFactory

from coproduction import cache as machinery
from coproduction.cache import DrawnPage, DrawnPages, RedisOrMemory
from coproduction.projects.rate_limit import over_limit
from tests.processes import Redis

pytestmark = pytest.mark.once
MOST = 3


@pytest.fixture
def asked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a server that is away asked each time, so that nothing waits."""
    monkeypatch.setattr(machinery, "_ASKED_AGAIN_SECONDS", 0.0)


@pytest.fixture
def use(settings) -> Callable[[str], None]:
    """Keep limits and pages in the Redis at an address."""

    def used(url: str) -> None:
        backend = "coproduction.cache.RedisOrMemory"
        settings.CACHES = {
            name: {"BACKEND": backend, "LOCATION": url, "KEY_PREFIX": name}
            for name in ("default", "pages")
        }

    return used


def tries(many: int) -> list[bool]:
    """Do something from one address so often; say of each time whether it was too often."""
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1")
    return [over_limit(request, "x", MOST) for _ in range(many)]


def test_limits_hold_while_redis_is_away(use, redis: Redis) -> None:
    use(redis.url)
    assert tries(2) == [False] * 2
    redis.stop()
    # This process's own count begins anew, and ends.
    assert tries(MOST + 2) == [False] * MOST + [True] * 2


def test_it_goes_on_when_redis_is_back_and_the_log_says_each_once(
    use, redis: Redis, asked_at_once: None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    use(redis.url)
    caches["pages"].set("page", b"drawn")
    redis.stop()
    found = [caches["pages"].get("page") for _ in range(20)]
    assert found == [None] * 20
    caches["pages"].set("page", b"drawn here")
    assert caches["pages"].get("page") == b"drawn here"
    redis.start()
    caches["pages"].set("page", b"drawn again")
    assert caches["pages"].get("page") == b"drawn again"
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]
    assert "is away: ConnectionError" in caplog.messages[0]
    assert "is back" in caplog.messages[1]


def test_one_that_is_away_is_not_asked_by_each_request(
    use, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machinery, "_ASKED_AGAIN_SECONDS", 3600.0)
    use(redis.url)
    redis.stop()
    caches["pages"].get("page")
    redis.start()
    caches["pages"].set("page", b"here")
    with pytest.MonkeyPatch.context() as never:
        never.setattr(machinery, "_SERVERS", {})
        assert RedisOrMemory(redis.url, {"KEY_PREFIX": "pages"}).get("page") is None


def test_every_way_to_ask_answers_without_redis(use, redis: Redis) -> None:
    use(redis.url)
    redis.stop()
    cache = caches["default"]
    assert cache.add("a", 1)
    assert not cache.add("a", 2)
    assert cache.incr("a") == 2
    assert cache.decr("a") == 1
    with pytest.raises(ValueError, match="not found"):
        cache.incr("never")
    cache.set_many({"b": 2, "c": 3})
    assert cache.get_many(["a", "b", "c", "d"]) == {"a": 1, "b": 2, "c": 3}
    assert cache.touch("a", 10)
    assert "a" in cache
    cache.delete("a")
    cache.delete_many(["b"])
    assert cache.get_or_set("e", 5) == 5
    cache.clear()
    assert cache.get_many(["a", "b", "c", "e"]) == {}


def a_page(words: str = "Words", **more: object) -> DrawnPage:
    """Return a page as it was drawn."""
    headers = {"Content-Type": "text/html; charset=utf-8", "X-Line": "Tŷ"}
    return DrawnPage(status=200, headers=headers, content=f"{words}\n\n".encode(), **more)


def test_a_page_is_written_as_bytes_and_read_as_it_was() -> None:
    for page in (a_page(), a_page(until=1.5), a_page("", file="plans/one.pdf"), a_page("Tŷ")):
        written = page.written()
        assert DrawnPage.read(written) == page
        line, _, content = written.partition(b"\n")
        assert content == page.content
        assert len(line) < 200


def test_processes_find_in_redis_what_another_drew_and_nothing_is_pickled(
    settings, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = "coproduction.cache.RedisOrMemory"
    options = {"serializer": "coproduction.cache.AsBytes"}
    settings.CACHES = {
        "pages": {"BACKEND": backend, "LOCATION": redis.url, "OPTIONS": options},
        "default": {"BACKEND": backend, "LOCATION": redis.url},
    }
    one, other = DrawnPages(), DrawnPages()
    one.put("plan", "first", a_page())
    assert other.get("plan", "first") == a_page()
    assert other.get("plan", "second") is None
    assert other.get("figures", "first") is None
    one.put("plan", "second", a_page("Later"))
    assert other.get("plan", "second") == a_page("Later")
    # Whoever was slow and still draws what was before leaves nothing for it to be found by.
    other.put("plan", "first", a_page())
    assert DrawnPages().get("plan", "second") is None
    with socket.create_connection(("127.0.0.1", redis.port)) as line:
        line.sendall(b"GET :1:plan\r\n")
        assert line.recv(10_000).endswith(b"first" + a_page().written() + b"\r\n")
    redis.stop()
    assert one.get("plan", "second") == a_page("Later")
    assert DrawnPages().get("plan", "second") is None
    one.clear()
    assert one.get("plan", "second") is None


def test_a_process_has_no_more_at_hand_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DrawnPages, "MOST_AT_HAND", 1_000)
    pages = DrawnPages()
    for number in range(30):
        pages.put(f"page-{number}", "mark", a_page("x" * 98))
    found = [number for number in range(30) if pages.get(f"page-{number}", "mark")]
    assert found == list(range(20, 30))
    for _ in range(30):
        pages.put("page-29", "mark", a_page("x" * 98))
    assert pages.get("page-20", "mark")


def test_pages_push_no_limit_out_of_a_full_memory(settings) -> None:
    for _ in range(MOST):
        tries(1)
    for number in range(settings.CACHES["pages"]["OPTIONS"]["MAX_ENTRIES"] + 1):
        caches["pages"].set(f"page-{number}", b"drawn")
    assert tries(1) == [True]
