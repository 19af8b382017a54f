"""Browsers that signed somebody in before: who types her address elsewhere can't be in her way.

A browser keeps a cookie, signed by us, with a name of its own and a fingerprint of each address
that signed in there. The fingerprints are made with our key, so that nobody reads an address out of
the cookie or tries addresses out on it, and it says nothing that the server has to look up.
"""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from coproduction.fingerprints import secret_fingerprint

COOKIE = "known_browser"
_KEPT_SECONDS = 365 * 24 * 3600
# As many as share a computer; the one who came last pushes out whoever has not been for longest.
_MOST_PEOPLE = 8


def browser_known_to(request: HttpRequest, email: str) -> str:
    """Return the name of this browser if an address signed in there before; else nothing."""
    kept = _kept(request)
    return str(kept["name"]) if _mark_of(email) in kept["people"] else ""


def remember_browser(request: HttpRequest, response: HttpResponseBase, email: str) -> None:
    """Have this browser know that an address signed in there."""
    kept, mark = _kept(request), _mark_of(email)
    others = [each for each in kept["people"] if each != mark]
    people = [*others, mark][-_MOST_PEOPLE:]
    response.set_cookie(
        COOKIE,
        signing.dumps({"name": kept["name"] or str(uuid4()), "people": people}, salt=COOKIE),
        max_age=_KEPT_SECONDS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _mark_of(email: str) -> str:
    """Return what an address is known by in the cookie."""
    return secret_fingerprint(f"{COOKIE}:{email}", length=24)


def _kept(request: HttpRequest) -> dict[str, Any]:
    """Return what the browser keeps; of nobody where it keeps nothing that we have signed."""
    try:
        kept: dict[str, Any] = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=_KEPT_SECONDS
        )
    except signing.BadSignature:
        return {"name": "", "people": []}
    return kept
