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
from plan.queries.published import published_plan

Draw = Callable[..., HttpResponse]
View = Callable[..., HttpResponseBase]
# Names what is to be drawn, given the request and the address; empty when it is not to be kept.
Naming = Callable[..., str]
Answer = TypeVar("Answer", bound=HttpResponseBase)


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
            request: HttpRequest, project: Project, *, version: str, name: str, **kwargs: Any
        ) -> HttpResponseBase:
            published = published_plan(project)
            if not name:
                return draw(request, published, **kwargs)
            key = public_state_key(published)
            remember_key(version, key)
            etag = _etag(key, name)
            if (kept := _remembered(request, etag)) is not None:
                return kept
            response = draw(request, published, **kwargs)
            if response.status_code != HTTPStatus.OK:
                return response
            page = (response.content, dict(response.headers))
            cache.set(f"plan:page:{etag}", page, REMEMBERED_SECONDS)
            return _conditional(request, with_etag(response, f'"{etag}"'))

        @wraps(draw)
        def opened(request: HttpRequest, *, project: str, **kwargs: Any) -> HttpResponseBase:
            name = naming(request, **kwargs) if request.method in {"GET", "HEAD"} else ""
            version = project_version(project) if name else ""
            key = known_key(version)
            if key is not None and (kept := _remembered(request, _etag(key, name))) is not None:
                return kept
            return draw_afresh(request, project=project, version=version, name=name, **kwargs)

        opened.access = "public"  # type: ignore[attr-defined]
        return opened

    return decorate


def _etag(key: str, name: str) -> str:
    """Name one page, in one language, in one state of the plan."""
    return f"{key}-{get_language()}-{name}"


def _remembered(request: HttpRequest, etag: str) -> HttpResponseBase | None:
    """Answer 304 or bytes drawn before, if this page was drawn in this state."""
    if (found := cache.get(f"plan:page:{etag}")) is None:
        return None
    content, headers = found
    return _conditional(request, with_etag(HttpResponse(content, headers=headers), f'"{etag}"'))


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Answer 304 when the reader has this already."""
    etag = response.headers["ETag"]
    return get_conditional_response(request, etag=etag, response=response) or response


def with_etag(response: Answer, etag: str) -> Answer:
    """Say under which name an answer may be kept, and that it has to be asked for again."""
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response
