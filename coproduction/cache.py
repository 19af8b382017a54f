"""The cache in Redis, which may go away: until it is back, each process remembers for itself.

What is kept there can be worked out again (pages, under names that never go stale) or only has to
hold roughly (how often something was done). So nobody needs to be told that it is away: a page is
drawn anew, and limits are counted by each process, which lets through a few more and not everybody.
"""

import json
import logging
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

# Soon, since somebody waits for a page; and once more, for a connection that broke while idle.
_SOON = {"socket_connect_timeout": 1, "socket_timeout": 1, "retry": Retry(NoBackoff(), 1)}
# One that does not answer is asked again after this, by one thread; meanwhile nobody waits for it.
_ASKED_AGAIN_SECONDS = 3.0


class _Presence:
    """Whether a server is thought to be there: for all threads of this process."""

    def __init__(self) -> None:
        """Think that it is there."""
        self._lock, self._away_until = Lock(), 0.0

    def is_worth_a_try(self) -> bool:
        """Say whether to ask the server; of many threads, one finds out whether it is back."""
        with self._lock:
            if not self._away_until:
                return True
            if (now := monotonic()) < self._away_until:
                return False
            self._away_until = now + _ASKED_AGAIN_SECONDS
            return True

    def answered(self) -> None:
        """Note that it is there, and say so once."""
        if self._away_until:
            with self._lock:
                was_away, self._away_until = self._away_until, 0.0
            if was_away:
                logger.warning("The cache is back.")

    def failed(self, problem: Exception) -> None:
        """Note that it is away, and say so once."""
        with self._lock:
            was_away = self._away_until
            self._away_until = monotonic() + _ASKED_AGAIN_SECONDS
        if not was_away:
            kind = type(problem).__name__
            logger.warning("The cache is away: %s. Each process remembers for itself.", kind)


_SERVERS: dict[str, _Presence] = {}


class RedisOrMemory(RedisCache):
    """Django's cache in Redis; while Redis is away, this process's own memory in its place."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        """Prepare both. What this process remembers is shared by its threads."""
        super().__init__(server, params)
        # What remains says how to speak to a server; how much to remember is for ourselves.
        more = {
            name: value
            for name, value in params.get("OPTIONS", {}).items()
            if name != "MAX_ENTRIES"
        }
        self._options: dict[str, Any] = _SOON | more
        self._presence = _SERVERS.setdefault(server, _Presence())
        self._memory = LocMemCache(f"{server}#{self.key_prefix}", params)

    def _ask(self, what: str, *args: Any, **options: Any) -> Any:
        """Ask Redis, or this process's memory where Redis does not answer."""
        if self._presence.is_worth_a_try():
            try:
                answer = getattr(super(), what)(*args, **options)
            except (RedisError, OSError) as problem:
                self._presence.failed(problem)
            else:
                self._presence.answered()
                return answer
        return getattr(self._memory, what)(*args, **options)

    def add(self, *args: Any, **options: Any) -> Any:
        """Keep something under a key that has nothing yet; say whether it had nothing."""
        return self._ask("add", *args, **options)

    def get(self, *args: Any, **options: Any) -> Any:
        """Return what is kept under a key."""
        return self._ask("get", *args, **options)

    def set(self, *args: Any, **options: Any) -> Any:
        """Keep something under a key."""
        return self._ask("set", *args, **options)

    def touch(self, *args: Any, **options: Any) -> Any:
        """Keep for longer what is there."""
        return self._ask("touch", *args, **options)

    def delete(self, *args: Any, **options: Any) -> Any:
        """Let go of what is kept under a name; say whether there was any."""
        return self._ask("delete", *args, **options)

    def get_many(self, *args: Any, **options: Any) -> Any:
        """Return what is kept under several keys."""
        return self._ask("get_many", *args, **options)

    def has_key(self, *args: Any, **options: Any) -> Any:
        """Say whether anything is kept under a key."""
        return self._ask("has_key", *args, **options)

    def incr(self, *args: Any, **options: Any) -> Any:
        """Count on. Raises ValueError where nothing is kept under the key."""
        return self._ask("incr", *args, **options)

    def set_many(self, *args: Any, **options: Any) -> Any:
        """Keep each of these things under its name; say which could not be kept."""
        return self._ask("set_many", *args, **options)

    def delete_many(self, *args: Any, **options: Any) -> Any:
        """Let go of what is kept under each of these names."""
        return self._ask("delete_many", *args, **options)

    def clear(self) -> None:
        """Forget everything of ours, here and there."""
        self.forget_all()

    def forget_all(self) -> bool:
        """Forget everything of ours, here and there; say whether Redis did, and was not away.

        What stands there under other names is not ours to forget.
        """
        self._memory.clear()
        try:
            client = self._cache.get_client(None, write=True)  # type: ignore[attr-defined]
            for key in client.scan_iter(match=f"{self.key_prefix}:*", count=1_000):
                client.unlink(key)
        except (RedisError, OSError) as problem:
            self._presence.failed(problem)
            return False
        return True


class AsBytes:
    """How pages are written to Redis: as the bytes they are, so that nothing is unpickled."""

    def dumps(self, page: bytes) -> bytes:
        """Leave it as it is."""
        return page

    def loads(self, page: bytes) -> bytes:
        """Take it as it came."""
        return page


@dataclass(frozen=True)
class DrawnPage:
    """An answer as it was drawn: its status and headers, and its bytes."""

    status: int
    headers: dict[str, str]
    content: bytes
    # The moment at which the clock makes another page of it, in seconds since 1970; 0 for never.
    until: float = 0
    # Where its bytes are stored, where they are a file's and not here.
    file: str = ""

    def written(self) -> bytes:
        """Return it as bytes: a line that says all but its content, then that."""
        said = json.dumps([self.status, self.headers, self.until, self.file])
        return said.encode() + b"\n" + self.content

    @classmethod
    def read(cls, page: bytes) -> "DrawnPage":
        """Make it of the bytes that it was written as."""
        end = page.index(b"\n")
        status, headers, until, file = json.loads(page[:end])
        return cls(status, headers, page[end + 1 :], until, file)


class DrawnPages:
    """Pages drawn before, each at its place with the mark of what it was drawn from.

    Another mark is another page, which takes its place: so what is kept never goes stale, and only
    the last of each is kept. What this process drew or read it has at hand, so that of what is read
    most only the mark has to be known; in Redis all processes find what one has drawn. There they
    are apart from the limits: however many pages are asked for, no count is pushed out.
    """

    KEPT_SECONDS = 24 * 3600
    MOST_AT_HAND = 12 * 1024 * 1024

    def __init__(self) -> None:
        """Have nothing at hand yet."""
        self._at_hand: OrderedDict[str, tuple[str, DrawnPage]] = OrderedDict()
        self._lock, self._size = Lock(), 0

    def get(self, place: str, mark: str) -> DrawnPage | None:
        """Return the page at a place, if it was drawn under this mark."""
        there = self._at_hand.get(place)
        if there is not None and there[0] == mark:
            return there[1]
        name = mark.encode()
        kept = caches["pages"].get(place) if _is_shared() else None
        if kept is None or not kept.startswith(name):
            return None
        page = DrawnPage.read(kept[len(name) :])
        self._have_at_hand(place, mark, page)
        return page

    def put(self, place: str, mark: str, page: DrawnPage) -> None:
        """Keep a page, in place of what was drawn before."""
        if _is_shared():
            caches["pages"].set(place, mark.encode() + page.written(), self.KEPT_SECONDS)
        self._have_at_hand(place, mark, page)

    def clear(self) -> bool:
        """Let go of all, here and in Redis; say whether that is so there too."""
        with self._lock:
            self._at_hand.clear()
            self._size = 0
        pages = caches["pages"]
        if isinstance(pages, RedisOrMemory):
            return pages.forget_all()
        pages.clear()
        return True

    def _have_at_hand(self, place: str, mark: str, page: DrawnPage) -> None:
        """Have a page at hand; where that gets too much, let go of what came first."""
        with self._lock:
            before = self._at_hand.pop(place, None)
            self._size += len(page.content) - (len(before[1].content) if before else 0)
            self._at_hand[place] = (mark, page)
            while self._size > self.MOST_AT_HAND:
                _place, (_mark, gone) = self._at_hand.popitem(last=False)
                self._size -= len(gone.content)


def _is_shared() -> bool:
    """Say whether other processes find what is kept: in memory it would only stand twice."""
    return not isinstance(caches["pages"], LocMemCache)


drawn_pages = DrawnPages()
