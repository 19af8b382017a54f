"""How the installation stands, for whoever looks after it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coproduction.projects.pages import site_view
from overview.queries.installation.check import Standing
from overview.queries.installation.every import checks


@site_view(may="operator", again=True)
@require_safe
@never_cache
def installation(request: HttpRequest) -> HttpResponse:
    """Show what is wrong and what to do, then what to look at, then what is right."""
    found = checks(request.headers)
    by_standing = {
        standing.name.lower(): [each for each in found if each.standing is standing]
        for standing in Standing
    }
    return render(request, "overview/installation.html", by_standing)
