"""Decorators that say who may open a page, and refuse everyone else."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers

from coproduction.projects.access import CAPABILITIES, allowed, project_of, roles_anywhere
from coproduction.projects.models import Project, User

View = Callable[..., HttpResponseBase]


class SignedInRequest(HttpRequest):
    """A request on a page that only people signed in can open."""

    user: User


class TeamRequest(SignedInRequest):
    """A request on a team page: the person is signed in, and their roles are known."""

    project: Project
    roles: frozenset[str]


def project_view(*, may: str) -> Callable[[View], View]:
    """Open a team page to members whose role has the capability ``may``.

    The view is called ``(request, project, **kwargs)``. Someone signed out is sent to sign in
    whether or not the project exists; an outsider gets 404; a member without the role gets 403.
    """
    roles_that_may = CAPABILITIES[may]

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *, project: str, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            found, roles = project_of(request.user, project)
            if found is None:
                raise Http404
            if not roles & roles_that_may:
                raise PermissionDenied
            team_request = cast(TeamRequest, request)
            team_request.project, team_request.roles = found, roles
            response = view(team_request, found, **kwargs)
            if isinstance(response, HttpResponse) and not response.has_header("Cache-Control"):
                add_never_cache_headers(response)
            return response

        guarded.access = may  # type: ignore[attr-defined]
        return guarded

    return decorate


def public_view() -> Callable[[View], View]:
    """Open a project page to everyone. The view is called ``(request, project, **kwargs)``."""

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *, project: str, **kwargs: Any) -> HttpResponseBase:
            found = get_object_or_404(Project, slug=project)
            request.project = found  # type: ignore[attr-defined]
            return view(request, found, **kwargs)

        opened.access = "public"  # type: ignore[attr-defined]
        return opened

    return decorate


def site_view(*, may: str) -> Callable[[View], View]:
    """Open a page that belongs to no project.

    To "anyone", to the "signed-in", or to those who have the capability ``may`` in any project:
    then someone signed in without it gets 403. Raises ValueError for another word.
    """
    if may not in {"anyone", "signed-in"} | CAPABILITIES.keys():
        raise ValueError(may)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            if may != "anyone" and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if may in CAPABILITIES and not allowed(roles_anywhere(request.user), may):
                raise PermissionDenied
            return view(request, **kwargs)

        guarded.access = may  # type: ignore[attr-defined]
        return guarded

    return decorate


def require(request: TeamRequest, capability: str) -> None:
    """Raise PermissionDenied unless the person also has this capability."""
    if not allowed(request.roles, capability):
        raise PermissionDenied
