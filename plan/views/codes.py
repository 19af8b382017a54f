"""What every page behind somebody's code answers: for its holder alone, and for a wrong code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from coproduction.projects.models import Project
from coproduction.projects.rate_limit import over_wrong_code_limit


def nobodys_code(request: HttpRequest, project: Project) -> HttpResponse:
    """Answer that a code is not one of this project's; or that there were too many of those."""
    too_many = over_wrong_code_limit(request)
    context = {"project": project, "too_many": too_many}
    status = 429 if too_many else 404
    return private(render(request, "plan/follow_unknown.html", context, status=status))


def private(response: HttpResponse) -> HttpResponse:
    """Keep a page out of caches, search engines and the addresses other sites see."""
    add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
