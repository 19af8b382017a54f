"""Public pages and files that are alike for everybody: drawn once, kept until they change.

What is asked first is the name of the state of what the public reads (public_state.py): one query.
It tells whether a browser has the page already, or whether it was drawn before.
"""

import gzip
import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from threading import Lock
from typing import Any, TypeVar
from zlib import crc32

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    QueryDict,
)
from django.utils import timezone
from django.utils.cache import get_conditional_response, has_vary_header, patch_vary_headers
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from coproduction.answers import accepts_gzip, is_words
from coproduction.cache import DrawnPage, drawn_pages
from coproduction.projects.models import Project
from coproduction.projects.pages import View, public_view
from coproduction.projects.public_state import state_of
from coproduction.projects.refusals import DATABASE_ERRORS
from coproduction.release import release_fingerprint

logger = logging.getLogger(__name__)

# Of what is asked for behind the question mark: by its name, with what values it is kept.
Asks = Mapping[str, Collection[str]]
# When the clock makes another page of a project's page; None for never, as things are.
Until = Callable[[Project], datetime | None]
Away = Callable[[HttpRequest, Project], HttpResponseBase]
Answer = TypeVar("Answer", bound=HttpResponseBase)
# One thread of a process draws a page, and the others wait for it; pages seldom share a lock.
_DRAWING = tuple(Lock() for _ in range(64))


class StoredFile(HttpResponse):
    """A file to give out as it is stored: for ``kept_page``, which opens it."""

    def __init__(
        self, *, name: str, mark: str, called: str, content_type: str, is_saved: bool = False
    ) -> None:
        """Say where it is stored, what tells it from any other, and what a browser calls it.

        A browser saves it, or shows it.
        """
        super().__init__(content_type=content_type)
        self.name = name
        self.headers["ETag"] = f'"{mark}"'
        self.headers["Content-Disposition"] = str(content_disposition_header(is_saved, called))


@dataclass(frozen=True)
class _GoesBy:
    """What pages of one view go by beside the words, and what they read of a query."""

    asks: Asks
    tells_counts: bool
    # Whether they have marks of their own, or change by the clock: their state does not tell all.
    is_more: bool


@dataclass(frozen=True)
class _Page:
    """A page of a project in one language."""

    name: str
    view: str
    project: str
    goes_by: _GoesBy


@dataclass(frozen=True)
class _Place:
    """Where a page is kept, and the mark that it has in the present state."""

    name: str
    mark: str


# The pages at the addresses that were asked for: as many as there are pages, since no others have a
# name. What is known of one here never changes.
_PAGES: dict[str, _Page] = {}
_MOST_PAGES = 20_000


def kept_first(get_response: Callable[[HttpRequest], HttpResponseBase]) -> View:
    """Answer with what is kept before anybody asks who is reading: that takes as long again.

    What was never asked for here goes on to its view, and so does what has changed.
    """

    def answered(request: HttpRequest) -> HttpResponseBase:
        page = _PAGES.get(_address(request)) if request.method in {"GET", "HEAD"} else None
        if page is None:
            return get_response(request)
        request.get_host()  # Raises DisallowedHost.
        # No address is looked up for it: whoever counts requests finds its name here.
        request.kept_view = page.view  # type: ignore[attr-defined]
        try:
            place = _place_of(page)
        except DATABASE_ERRORS:
            # What says so, in the language of the page, stands further on.
            return get_response(request)
        answer = _kept_answer(request, page, place) if place else None
        if answer is None:
            # The view need not ask again: what it reads can only be newer.
            request.kept_at = place  # type: ignore[attr-defined]
            return get_response(request)
        if isinstance(answer, HttpResponse):
            answer.headers.setdefault("Content-Length", str(len(answer.content)))
        return answer

    return answered


def kept_page(
    *,
    asks: Asks | None = None,
    tells_counts: bool = False,
    until: Until | None = None,
    away: Away | None = None,
) -> Callable[[View], View]:
    """Open a page of a project to everyone, and draw it only when something of it has changed.

    The view is called ``(request, project, **kwargs)``, for GET and HEAD. It must not look at who
    reads it: an answer that does is not kept. ``asks`` names all that it reads of the query; what
    else stands there is taken off first. With a value that is not among those named, the page is
    drawn each time, since there may be any number of them. ``tells_counts`` is for a page that
    counts what was heard, ``until`` for one that the clock changes. A view that returns a
    StoredFile says with ``away`` what to answer while files can't be reached.
    """
    goes_by = _GoesBy(asks or {}, tells_counts, until is not None or away is not None)

    def decorate(draw: View) -> View:
        drawn = public_view()(require_safe(_by_the_clock(draw, until) if until else draw))
        drawn_away = public_view()(away or _not_there)

        @wraps(draw)
        def opened(request: HttpRequest, *, project: str, **kwargs: Any) -> HttpResponseBase:
            page = _page_of(request, project, kwargs, goes_by)
            place = (getattr(request, "kept_at", None) or _place_of(page)) if page else None
            if page is None or place is None:
                answer = _given(drawn(request, project=project, **kwargs))
            elif (answer := _kept_answer(request, page, place)) is None:
                with _DRAWING[crc32(place.name.encode()) % len(_DRAWING)]:
                    answer = _kept_answer(request, page, place)
                    if answer is None:
                        response = drawn(request, project=project, **kwargs)
                        answer = _keep_and_answer(request, place, response)
            return drawn_away(request, project=project) if answer is None else answer

        opened.access = "public"  # type: ignore[attr-defined]
        return opened

    return decorate


def _by_the_clock(draw: View, until: Until) -> View:
    """Note on a page when the clock makes another of it: asked before, in case it does so now."""

    @wraps(draw)
    def noted(request: HttpRequest, project: Project, **kwargs: Any) -> HttpResponseBase:
        end = until(project)
        response = draw(request, project, **kwargs)
        response.until = end.timestamp() if end else 0  # type: ignore[attr-defined]
        return response

    return noted


# --- Which page it is ----


def _page_of(
    request: HttpRequest, project: str, kwargs: Mapping[str, Any], goes_by: _GoesBy
) -> _Page | None:
    """Return the page that is asked for; None for one that is drawn each time."""
    asked, match = _take_off(request, goes_by.asks), request.resolver_match
    if settings.DEBUG or match is None or request.method not in {"GET", "HEAD"}:
        return None  # Whoever works on a template wants to see it.
    if any(value not in goes_by.asks[name] for name, value in asked.items()):
        return None
    # "/actions/007/" is the page of "/actions/7/", and there is no end of such addresses.
    if not all(f"/{value}/" in request.path for value in kwargs.values()):
        return None
    parts = (*kwargs.values(), *(f"{name}={asked[name]}" for name in sorted(asked)))
    name = ":".join(map(str, (project, get_language(), match.view_name, *parts)))
    if len(_PAGES) >= _MOST_PAGES:
        _PAGES.clear()
    return _PAGES.setdefault(_address(request), _Page(name, match.view_name, project, goes_by))


def _take_off(request: HttpRequest, asks: Asks) -> dict[str, str]:
    """Return what of the query a page reads, and take off what it does not.

    Otherwise links to other pages would bring along whatever somebody put there, to everybody.
    """
    sent = {name: request.GET[name] for name in asks if name in request.GET}
    asked = {name: value for name, value in sent.items() if value or "" in asks[name]}
    query = QueryDict(mutable=True)
    query.update(asked)
    if query.urlencode() != request.META.get("QUERY_STRING", ""):
        request.GET = query  # type: ignore[assignment]
        request.META["QUERY_STRING"] = query.urlencode()
    return asked


def _address(request: HttpRequest) -> str:
    """Return what was asked for, query and all."""
    return f"{request.path}?{request.META.get('QUERY_STRING', '')}"


def _place_of(page: _Page) -> _Place | None:
    """Return a page's place in the present state; None where there is no such project. One query.

    Its mark is another for each page, though it need not be, so that no two are taken for one.
    """
    state = state_of(page.project)
    if state is None:
        return None
    release = release_fingerprint()[:16]
    counts = state.counts if page.goes_by.tells_counts else ""
    mark = f"{crc32(page.name.encode()):08x}{release}{state.words}{counts}"
    return _Place(f"{release}:{page.name}", mark)


# --- Answering with what is kept ----


def _kept_answer(request: HttpRequest, page: _Page, place: _Place) -> HttpResponseBase | None:
    """Answer with a page as it was drawn, or that a browser has it already; None where it can't."""
    if not page.goes_by.is_more and (same := _unchanged(request, f'"{place.mark}"')) is not None:
        return same
    kept = drawn_pages.get(f"{place.name}:{_form(request)}", place.mark)
    if kept is None or 0 < kept.until <= timezone.now().timestamp():
        return None
    return _answer(request, place, kept)


def _form(request: HttpRequest) -> str:
    """Name the form of a page that a browser gets."""
    return "gzip" if accepts_gzip(request) else "plain"


def _answer(request: HttpRequest, place: _Place, kept: DrawnPage) -> HttpResponseBase | None:
    """Answer with what is kept; None while the stored file that it is can't be read."""
    if kept.status == HTTPStatus.FOUND:
        return HttpResponseRedirect(kept.headers["Location"])
    moment = f"-{kept.until:.0f}" if kept.until else ""
    etag = kept.headers.get("ETag") or f'"{place.mark}{moment}"'
    if (same := _unchanged(request, etag)) is not None:
        return same
    if kept.file:
        return _opened_file(kept.file, kept.headers, etag)
    # Compressed it is another row of bytes, which says the same.
    weak = "W/" if "Content-Encoding" in kept.headers else ""
    return _marked(HttpResponse(kept.content, headers=kept.headers), f"{weak}{etag}")


def _unchanged(request: HttpRequest, etag: str) -> HttpResponseBase | None:
    """Answer 304 where a browser has what bears this mark; None where it has to be sent."""
    if "HTTP_IF_NONE_MATCH" not in request.META and "HTTP_IF_MATCH" not in request.META:
        return None
    bare = _marked(HttpResponse(headers={"Vary": "Accept-Encoding"}), etag)
    found = get_conditional_response(request, etag=etag, response=bare)
    return None if found is bare else found


def _marked(response: Answer, etag: str) -> Answer:
    """Say under which mark an answer may be kept, and that it has to be asked for again."""
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


def _not_there(request: HttpRequest, project: Project) -> HttpResponseBase:
    """Answer for a file that is not where it is stored, where nobody said what to answer."""
    raise Http404


def _given(response: HttpResponseBase) -> HttpResponseBase | None:
    """Answer with what a view gave and nobody keeps; None where it is a file that can't be read."""
    if isinstance(response, StoredFile):
        return _opened_file(response.name, response.headers, response.headers["ETag"])
    return response


def _opened_file(name: str, headers: Mapping[str, str], etag: str) -> FileResponse | None:
    """Answer with a stored file; None while it can't be read."""
    try:
        opened = default_storage.open(name, "rb")
    except OSError as problem:
        logger.warning("A stored file can't be read: %s.", type(problem).__name__)
        return None
    response = FileResponse(opened)
    for each, value in headers.items():  # After, since it names the file as it is stored.
        response.headers[each] = value
    return _marked(response, etag)


# --- Keeping ----


def _keep_and_answer(
    request: HttpRequest, place: _Place, response: HttpResponseBase
) -> HttpResponseBase | None:
    """Keep what was drawn, as it is and compressed once for all, and answer with it."""
    if not (isinstance(response, HttpResponse) and _may_be_kept(request, response)):
        return _given(response)
    packs_well = is_words(response)
    if packs_well:
        patch_vary_headers(response, ["Accept-Encoding"])
    response.headers.setdefault("Content-Language", get_language())
    plain = DrawnPage(
        status=response.status_code,
        headers=dict(response.headers),
        content=response.content,
        until=getattr(response, "until", 0),
        file=response.name if isinstance(response, StoredFile) else "",
    )
    kept = {"plain": plain, "gzip": plain}
    if packs_well and plain.content:
        kept["gzip"] = replace(
            plain,
            headers=plain.headers | {"Content-Encoding": "gzip"},
            # The same bytes whoever draws it, and whenever.
            content=gzip.compress(plain.content, compresslevel=6, mtime=0),
        )
    for form, page in kept.items():
        drawn_pages.put(f"{place.name}:{form}", place.mark, page)
    return _answer(request, place, kept[_form(request)])


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Say whether an answer is a page, or leads to one, and knows nothing of who reads it."""
    return (
        response.status_code in {HTTPStatus.OK, HTTPStatus.FOUND}
        and not response.cookies
        and not has_vary_header(response, "Cookie")
        and "CSRF_COOKIE_NEEDS_UPDATE" not in request.META
        and not request.session.accessed
    )
