"""Answering with what is true now, and with as little work as possible when nothing has moved."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from coproduction.projects.models import Project
from coproduction.projects.pages import public_view
from plan.queries.cache_key import (
    REMEMBERED_SECONDS,
    known_key,
    project_version,
    public_state_key,
    remember_key,
)
from plan.queries.published import PublishedPlan, published
from plan.services.correction import settle_if_possible

Draw = Callable[..., HttpResponse]
View = Callable[..., HttpResponseBase]
# Names what is to be drawn, given the request and the address; empty when it is not to be kept.
Naming = Callable[..., str]
Answer = TypeVar("Answer", bound=HttpResponseBase)


def settled(project: Project) -> PublishedPlan:
    """Read the published plan, having put on record what was taken out of it since.

    When that can't be done now, the pages are right all the same and the next reader tries again.
    """
    found = published(project)
    if not found.is_settled and settle_if_possible(project=project):
        found = published(project)
    return found


def plan_page(naming: Naming) -> Callable[[Draw], View]:
    """Open a page of the published plan to everyone; draw it only when something has moved.

    The page is ``draw(request, published, **kwargs)``. ``naming(request, **kwargs)`` tells pages of
    the plan apart; where it gives nothing, the page is drawn each time, since there may be any
    number of them. Browsers and proxies may keep an answer but have to ask each time whether it
    still holds, so that a withdrawal is heard at once.
    """

    def decorate(draw: Draw) -> View:
        @public_view()
        def draw_afresh(
            request: HttpRequest, project: Project, *, moment: str, name: str, **kwargs: Any
        ) -> HttpResponseBase:
            found = settled(project)
            response = draw(request, found, **kwargs)
            if not name or response.status_code != HTTPStatus.OK:
                return response
            return _remember(request, response, found, moment, name)

        @wraps(draw)
        def opened(request: HttpRequest, *, project: str, **kwargs: Any) -> HttpResponseBase:
            name = naming(request, **kwargs) if request.method in {"GET", "HEAD"} else ""
            moment = project_version(project) if name else ""
            key = known_key(moment)
            if key is not None and (answer := _remembered(request, _mark(key, name))) is not None:
                return answer
            return draw_afresh(request, project=project, moment=moment, name=name, **kwargs)

        opened.access = "public"  # type: ignore[attr-defined]
        return opened

    return decorate


def _mark(key: str, name: str) -> str:
    """Name one page, in one language, in one state of the plan."""
    return f"{key}-{get_language()}-{name}"


def _remembered(request: HttpRequest, mark: str) -> HttpResponseBase | None:
    """Answer 304 or bytes drawn before, if this page was drawn in this state."""
    if (found := cache.get(f"plan:page:{mark}")) is None:
        return None
    content, headers = found
    return _conditional(request, with_etag(HttpResponse(content, headers=headers), f'"{mark}"'))


def _remember(
    request: HttpRequest, response: HttpResponse, found: PublishedPlan, moment: str, name: str
) -> HttpResponseBase:
    """Keep a page for as long as nothing it shows moves, and answer with it."""
    key = public_state_key(found)
    mark = _mark(key, name)
    if found.is_settled:
        remember_key(moment, key)
        kept = (response.content, dict(response.headers))
        cache.set(f"plan:page:{mark}", kept, REMEMBERED_SECONDS)
    return _conditional(request, with_etag(response, f'"{mark}"'))


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Answer 304 when the reader has this already."""
    etag = response.headers["ETag"]
    return get_conditional_response(request, etag=etag, response=response) or response


def with_etag(response: Answer, etag: str) -> Answer:
    """Say under which mark an answer may be kept, and that it has to be asked for again."""
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response
