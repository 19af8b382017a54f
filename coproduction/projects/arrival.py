"""When a request reached us: the moment that counts where something ends at a moment.

What was sent in time stays in time, however long it then waited for a thread or for a lock.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

# In the environment of a request: seconds since 1970, from our own server. No client can set it.
STAMP = "coproduction.received_at"
# For what may still be under way nothing is decided before this is over, and no stamp that a proxy
# passes on is believed for longer.
UNDER_WAY = timedelta(seconds=30)


def arrival(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., object]:
    """Note when each request reached us: by our own server, by our proxy, or here. The first."""

    def noted(request: HttpRequest) -> HttpResponseBase:
        request.received_at = _moment_of(request)  # type: ignore[attr-defined]
        return get_response(request)

    return noted


def received_at(request: HttpRequest) -> datetime:
    """Return when a request reached us."""
    found: datetime = getattr(request, "received_at", None) or timezone.now()
    return found


def _moment_of(request: HttpRequest) -> datetime:
    """Return the earliest moment that somebody we believe has seen the request."""
    now = timezone.now()
    said = [request.META.get(STAMP)]
    if settings.BEHIND_PROXY:
        # As nginx writes it: proxy_set_header X-Request-Start "t=${msec}".
        said.append(request.META.get("HTTP_X_REQUEST_START", "").removeprefix("t="))
    seen = [moment for moment in map(_read, said) if moment and now - UNDER_WAY <= moment <= now]
    return min(seen, default=now)


def _read(stamp: object) -> datetime | None:
    """Read a moment in seconds; None for anything else."""
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=float(str(stamp)))
    except (ValueError, OverflowError):
        return None
