"""What somebody sent after their session had ended: kept for them until they have signed in."""

from typing import Any

from django.core import signing
from django.http import HttpRequest, QueryDict

from coproduction.projects.models import User

_KEY = "unsent"
# In every form of the team: whose page it was, so that it comes back to nobody else.
WRITER = "writer"
# Said by a form that came back: it is shown again with what was typed, and not yet sent.
GO_ON = "shown_again"
# Minutes and long texts fit; nobody fills the table of sessions with it.
_LONGEST = 400_000
_NOT_WORDS = {"csrfmiddlewaretoken", GO_ON, WRITER}


def keep_unsent(request: HttpRequest) -> bool:
    """Keep what was sent in the session, which signing in carries over; say whether it was.

    Files are not: they are still where they were taken from.
    """
    sent = {name: words for name, words in request.POST.lists() if name not in _NOT_WORDS}
    if sum(len(word) for words in sent.values() for word in words) > _LONGEST:
        return False
    writer = request.POST.get(WRITER, "")
    request.session[_KEY] = {"path": request.get_full_path(), "sent": sent, "writer": writer}
    return True


def sign_writer(user: User) -> str:
    """Return what a form carries to say whose page it is."""
    return signing.dumps(str(user.uuid), salt=WRITER, compress=False)


def _is_writer(user: User, signed: str) -> bool:
    """Say whether somebody is the one whose page it was."""
    try:
        return bool(signing.loads(signed, salt=WRITER) == str(user.uuid))
    except signing.BadSignature:
        return False


def unsent_of(request: HttpRequest, user: User) -> tuple[str, QueryDict] | None:
    """Return where it was to go, and what it was; None when nothing of this person's waits."""
    kept: dict[str, Any] | None = request.session.get(_KEY)
    if kept is None or not _is_writer(user, kept["writer"]):
        return None
    sent = QueryDict(mutable=True)
    for name, words in kept["sent"].items():
        sent.setlist(name, words)
    return kept["path"], sent


def forget_unsent(request: HttpRequest) -> None:
    """Let it go: it is on the page now, or was thrown away."""
    request.session.pop(_KEY, None)
