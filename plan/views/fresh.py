"""Answering with what is true now, and with as little work as possible when nothing has moved."""

from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from coproduction.projects.models import Project
from plan.queries.state import REMEMBERED_SECONDS, PlanState, state_of
from plan.services.masking import settle_if_possible

Build = Callable[[], HttpResponse]


def settled_state(project: Project) -> PlanState:
    """Return the state of the published plan, having put on record what was taken out of it.

    When that can't be done now, the page is right all the same and the next reader tries again.
    """
    state = state_of(project)
    if not state.is_settled and settle_if_possible(project=project):
        state = state_of(project)
    return state


def fresh(
    request: HttpRequest, project: Project, build: Build, *, page: str, keep: bool = True
) -> HttpResponseBase:
    """Answer 304, or bytes kept under the state of the plan, or what ``build`` makes.

    ``page`` names the page within the plan. Browsers and proxies may keep the answer but have to
    ask each time whether it still holds: a withdrawal is heard at once. ``keep=False`` is for pages
    of which there may be any number, such as searches.
    """
    state = settled_state(project)
    name = f"{state.key}-{get_language()}-{page}"
    known = f'"{name}"'
    unchanged = _marked(HttpResponse(), known)
    if (answer := get_conditional_response(request, etag=known, response=unchanged)) is not unchanged:
        return answer or build()
    kept = f"plan:page:{name}"
    if keep and (found := cache.get(kept)) is not None:
        content, kind = found
        return _marked(HttpResponse(content, content_type=kind), known)
    response = build()
    if response.status_code != HTTP_OK:
        return response
    if keep and state.is_settled:
        cache.set(kept, (response.content, response.headers["Content-Type"]), REMEMBERED_SECONDS)
    return _marked(response, known)


HTTP_OK = 200


def _marked(response: HttpResponse, etag: str) -> HttpResponse:
    """Say under which mark an answer may be kept, and that it has to be asked for again."""
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response
