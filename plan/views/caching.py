"""Pages of the published plan: what each of them draws, read once."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from coproduction.projects.kept_pages import Asks, kept_page
from coproduction.projects.models import Project
from coproduction.projects.pages import View
from plan.queries.published import published_plan

Draw = Callable[..., HttpResponse]


def plan_page(*, asks: Asks | None = None) -> Callable[[Draw], View]:
    """Open a page of the published plan to everyone, kept as ``kept_page`` keeps one.

    The page is ``draw(request, published, **kwargs)``. It goes by words alone: what an edition
    counted is frozen in it.
    """

    def decorate(draw: Draw) -> View:
        @kept_page(asks=asks)
        @wraps(draw)
        def opened(request: HttpRequest, project: Project, **kwargs: Any) -> HttpResponseBase:
            return draw(request, published_plan(project), **kwargs)

        return opened

    return decorate
