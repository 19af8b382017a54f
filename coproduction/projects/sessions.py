"""How sessions are kept: for how long somebody stays signed in, checked with each request."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import OperationalError
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from coproduction.projects.devices import device_of
from coproduction.projects.models import Session
from coproduction.projects.unsent import only_unsent

# When somebody signed in, in seconds: nothing they do makes a session older than it is.
STARTED = "signed_in_at"
# On what: two names, and no address.
DEVICE = "device"
# A session in use is written again no more often than this.
_SEEN_EVERY = timedelta(hours=1)


class SessionStore(DatabaseSessions):
    """Sessions in the database, each with whose it is and when it was last used."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the model that has a column for the person."""
        return Session

    def load(self) -> dict[str, Any]:
        """Read the session; one that has lasted too long, or was not used for too long, is over.

        What somebody had sent and that waits in it stays.
        """
        row: Session | None = self._get_session_from_db()  # type: ignore[attr-defined]
        if row is None:
            return {}
        data: dict[str, Any] = self.decode(row.session_data)
        if row.user_id is None:
            return data
        now = timezone.now()
        if last_moment(data, seen_at=row.seen_at) <= now:
            row.delete()
            self._session_key = None
            waiting = only_unsent(data)
            self.modified = bool(waiting)
            return waiting
        if row.seen_at <= now - _SEEN_EVERY:
            # Who only reads can go on while nothing can be written.
            with suppress(OperationalError):
                ends = self.get_expiry_date(expiry=data.get("_session_expiry"))
                ends = min(ends, last_moment(data, seen_at=now))
                Session.objects.filter(pk=row.pk).update(seen_at=now, expire_date=ends)
        return data

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row to be saved, which counts as used now."""
        user, now = data.get(SESSION_KEY), timezone.now()
        if user is not None:
            data.setdefault(STARTED, now.timestamp())
        row = cast(Session, super().create_model_instance(data))
        if user is not None:
            row.user_id = int(user)
            row.expire_date = min(row.expire_date, last_moment(data, seen_at=now))
        return row


def last_moment(data: dict[str, Any], *, seen_at: datetime) -> datetime:
    """Return when somebody who was last seen at a moment is no longer signed in."""
    began = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=data.get(STARTED, 0))
    unused = timedelta(days=settings.SIGNED_IN_UNUSED_DAYS)
    return min(began + timedelta(days=settings.SIGNED_IN_DAYS), seen_at + unused)


def device_noted(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., object]:
    """Note on what somebody is signed in, on the first page they open there."""

    def noted(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        told = request.headers.get("User-Agent")
        # Only where the session was looked at: what is everybody's asks nothing of it.
        if told and request.method == "GET" and request.session.accessed:
            if SESSION_KEY in request.session and DEVICE not in request.session:
                request.session[DEVICE] = device_of(told)
        return response

    return noted
