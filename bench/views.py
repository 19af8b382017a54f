"""The baseline's pages: the least Django does for the same bytes behind the same middleware."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bench.models import BareNote, BarePart


def write(request: HttpRequest) -> HttpResponse:
    """Write one row for the person signed in."""
    BareNote.objects.create(
        subject=int(request.POST["subject"]),
        kind=int(request.POST["kind"]),
        by=request.user.pk or 0,
    )
    return HttpResponse(status=204)


def page(request: HttpRequest) -> HttpResponse:
    """Draw a page from its parts: three queries, every text escaped, no rule of ours."""
    pieces = [piece for part in (1, 2, 3) for piece in BarePart.objects.get(pk=part).pieces]
    return render(request, "bench/page.html", {"pieces": pieces})


def cached(request: HttpRequest) -> HttpResponse:
    """Give a page's bytes out of the cache."""
    return HttpResponse(cache.get("bare"))
