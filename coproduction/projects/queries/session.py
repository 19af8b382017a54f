"""Where somebody is signed in."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from coproduction.fingerprints import secret_fingerprint
from coproduction.projects.devices import say_device
from coproduction.projects.models import Session, User
from coproduction.projects.sessions import DEVICE, last_moment


@dataclass(frozen=True)
class Place:
    """One browser in which somebody is signed in, as their own page shows it."""

    name: str
    device: str
    seen_at: datetime
    ends_at: datetime
    is_here: bool


def name_of_session(key: str) -> str:
    """Return what a session is called on a page: its key stands in the cookie alone."""
    return secret_fingerprint(f"session:{key}", length=32)


def places_signed_in(user: User, *, here: str) -> list[Place]:
    """Return every browser in which a person is signed in, this one first, then the last used."""
    now, found = timezone.now(), []
    for row in Session.objects.filter(user=user, expire_date__gt=now).order_by("-seen_at"):
        data = row.get_decoded()
        ends = last_moment(data, seen_at=row.seen_at)
        if ends > now:
            device = say_device(*data.get(DEVICE, ("", "")))
            is_here = row.session_key == here
            found.append(
                Place(name_of_session(row.session_key), device, row.seen_at, ends, is_here)
            )
    return sorted(found, key=lambda place: not place.is_here)
