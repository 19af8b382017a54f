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
from plan.queries.state import REMEMBERED_SECONDS, PlanState, known_key, state_of
from plan.services.masking import settle_if_possible

Draw = Callable[..., HttpResponse]
View = Callable[..., HttpResponseBase]
# Names what is to be drawn, given the request and the address; empty when it is not to be kept.
Naming = Callable[..., str]
Answer = TypeVar("Answer", bound=HttpResponseBase)


def settled_state(project: Project) -> PlanState:
    """Return the state of the published plan, having put on record what was taken out of it.

    When that can't be done now, the page is right all the same and the next reader tries again.
    """
    state = state_of(project)
    if not state.is_settled and settle_if_possible(project=project):
        state = state_of(project)
    return state


def plan_page(naming: Naming) -> Callable[[Draw], View]:
    """Open a page of the published plan to everyone; draw it only when something has moved.

    The page is ``draw(request, project, **kwargs)``. ``naming(request, **kwargs)`` tells pages of
    the plan apart; where it gives nothing, the page is drawn each time, since there may be any
    number of them. Browsers and proxies may keep an answer but have to ask each time whether it
    still holds, so that a withdrawal is heard at once.
    """

    def decorate(draw: Draw) -> View:
        @public_view()
        @wraps(draw)
        def draw_afresh(request: HttpRequest, project: Project, **kwargs: Any) -> HttpResponseBase:
            return _drawn(request, project, draw, naming(request, **kwargs), kwargs)

        @wraps(draw)
        def opened(request: HttpRequest, *, project: str, **kwargs: Any) -> HttpResponseBase:
            name = naming(request, **kwargs) if request.method in {"GET", "HEAD"} else ""
            key = known_key(project) if name else None
            if key is not None and (answer := _remembered(request, _mark(key, name))) is not None:
                return answer
            return draw_afresh(request, project=project, **kwargs)

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
    return _conditional(request, marked(HttpResponse(content, headers=headers), f'"{mark}"'))


def _drawn(
    request: HttpRequest, project: Project, draw: Draw, name: str, kwargs: dict[str, Any]
) -> HttpResponseBase:
    """Draw a page and remember it."""
    state = settled_state(project)
    response = draw(request, project, **kwargs)
    if not name or response.status_code != HTTPStatus.OK:
        return response
    mark = _mark(state.key, name)
    if state.is_settled:
        kept = (response.content, dict(response.headers))
        cache.set(f"plan:page:{mark}", kept, REMEMBERED_SECONDS)
    return _conditional(request, marked(response, f'"{mark}"'))


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Answer 304 when the reader has this already."""
    etag = response.headers["ETag"]
    return get_conditional_response(request, etag=etag, response=response) or response


def marked(response: Answer, etag: str) -> Answer:
    """Say under which mark an answer may be kept, and that it has to be asked for again."""
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response
