"""What somebody sent who had to sign in, or to take their second step, first: kept for them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from coproduction.projects.models import User

_KEY = "unsent"
# In every form of the team: whose page it was, so that it comes back to nobody else.
WRITER = "writer"
# Said by a form that came back, with its name: it is shown again with what was typed, and not yet
# sent.
GO_ON = "shown_again"
# Minutes and long texts fit, of several windows too.
_LONGEST = 400_000
# Whoever doesn't sign in again by the next day has gone.
_KEPT = timedelta(days=1)
_NOT_WORDS = {"csrfmiddlewaretoken", GO_ON, WRITER}
# Besides, what a form says of the record it is about.
_NOT_TYPED = _NOT_WORDS | {"seen", "sending"}


@dataclass(frozen=True)
class Unsent:
    """One form that was not taken: its name here, where it was to go, and what it said.

    ``signed_out`` is whether its session had ended; else the second step was asked for before it.
    """

    name: str
    path: str
    sent: QueryDict
    signed_out: bool


def keep_unsent(request: HttpRequest, *, signed_out: bool = True) -> bool:
    """Keep what was sent in the session, which signing in carries over; say whether it was.

    ``signed_out`` says why it is not taken now: see ``Unsent``.

    Only of a page that we made for somebody: nobody else fills the table of sessions. Files are
    not kept: they are still where they were taken from.
    """
    writer = request.POST.get(WRITER, "")
    if not _writer_of(writer):
        return False
    sent = {name: words for name, words in request.POST.lists() if name not in _NOT_WORDS}
    found = {
        "path": request.get_full_path(),
        "sent": sent,
        "writer": writer,
        "signed_out": signed_out,
    }
    # The same sent again is the same; another window's stays beside it.
    kept = [each for each in _kept(request) if any(each.get(key) != found[key] for key in found)]
    kept.append({**found, "name": str(uuid4()), "at": timezone.now().timestamp()})
    if sum(_length(each["sent"]) for each in kept) > _LONGEST:
        return False
    request.session[_KEY] = kept
    if not request.user.is_authenticated:
        request.session.set_expiry(_KEPT)
    return True


def _length(sent: dict[str, list[str]]) -> int:
    """Count all letters of what was sent."""
    return sum(len(name) + sum(len(word) for word in words) for name, words in sent.items())


def _kept(request: HttpRequest) -> list[dict[str, Any]]:
    """Return what is kept in this session and not too old."""
    return _recent(request.session.get(_KEY, []))


def _recent(kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what is too old."""
    since = (timezone.now() - _KEPT).timestamp()
    return [each for each in kept if each["at"] > since]


def without_old(session: dict[str, Any]) -> dict[str, Any] | None:
    """Return what a session holds without what is too old; None where there is no such thing."""
    kept = session.get(_KEY, [])
    recent = _recent(kept)
    if len(recent) == len(kept):
        return None
    rest = {name: value for name, value in session.items() if name != _KEY}
    return rest | ({_KEY: recent} if recent else {})


def without_meant(
    session: dict[str, Any], is_meant: Callable[[str, list[str]], bool]
) -> dict[str, Any] | None:
    """Return what a session holds without the forms meant; None where there is no such thing.

    ``is_meant`` is given where a form was to go, and all that was typed into it.
    """
    kept = session.get(_KEY, [])
    left = [
        each
        for each in kept
        if not is_meant(each["path"], [word for some in each["sent"].values() for word in some])
    ]
    return None if len(left) == len(kept) else {**session, _KEY: left}


def only_unsent(session: dict[str, Any]) -> dict[str, Any]:
    """Return what waits in a session that is over, without anything else of it."""
    recent = _recent(session.get(_KEY, []))
    return {_KEY: recent} if recent else {}


def fields_sent(request: HttpRequest) -> list[tuple[str, str]]:
    """Return every field of a form as it was sent, so that it can be sent again."""
    return [(name, word) for name, words in request.POST.lists() for word in words]


def words_sent(request: HttpRequest) -> list[str]:
    """Return what somebody typed of several words: what would be lost if the page said no more."""
    return [
        word.strip()
        for name, words in request.POST.lists()
        for word in words
        if name not in _NOT_TYPED and len(word.split()) > 1
    ]


def has_unsent(request: HttpRequest) -> bool:
    """Say whether something waits in this session, for whoever may be its writer."""
    return bool(_kept(request))


def sign_writer(user: User) -> str:
    """Return what a form carries to say whose page it is."""
    return signing.dumps(str(user.uuid), salt=WRITER, compress=False)


def _writer_of(signed: str) -> str:
    """Return the uuid of the one whose page it was; empty for what we have not signed."""
    try:
        return str(signing.loads(signed, salt=WRITER))
    except signing.BadSignature:
        return ""


def is_page_of(request: HttpRequest, user: User) -> bool:
    """Say whether what was sent is from a page that we made for this person."""
    return _writer_of(request.POST.get(WRITER, "")) == str(user.uuid)


def unsent_of(request: HttpRequest, user: User) -> list[Unsent]:
    """Return what waits for this person, and let go what waits for anybody else.

    Nobody else can come by it in this session any more.
    """
    theirs = [each for each in _kept(request) if _writer_of(each["writer"]) == str(user.uuid)]
    _keep_only(request, theirs)
    found = []
    for each in theirs:
        sent = QueryDict(mutable=True)
        for name, words in each["sent"].items():
            sent.setlist(name, words)
        # One kept before that was told apart was kept when signed out.
        found.append(Unsent(each["name"], each["path"], sent, each.get("signed_out", True)))
    return found


def forget_unsent(request: HttpRequest, name: str) -> None:
    """Let one go: it is on the page now, or was thrown away."""
    _keep_only(request, [each for each in _kept(request) if each["name"] != name])


def _keep_only(request: HttpRequest, kept: list[dict[str, Any]]) -> None:
    """Put in the session what is still kept."""
    if kept:
        request.session[_KEY] = kept
    else:
        request.session.pop(_KEY, None)
