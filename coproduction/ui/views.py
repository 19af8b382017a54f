"""The living style page: every component in every state."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from coproduction.demo import is_demo
from coproduction.ui.samples import charts, forms, values


def style(request: HttpRequest) -> HttpResponse:
    """Show every component; only where nobody could take it for a real page."""
    if not (settings.DEBUG or is_demo(request)):
        raise Http404
    context = {
        "place": "Bryncoed",
        "nav": values.NAV,
        "footer_links": values.FOOTER,
        "samples": values,
        "charts": charts.charts(),
        "form": forms.SampleForm(),
        # Within a list of examples: the page itself has nothing wrong.
        "examples": {"refused": forms.refused_form()},
        "filters": forms.SampleFilterForm(),
        "page": Paginator(range(1234), 50).get_page(request.GET.get("page", 3)),
    }
    return render(request, "ui/style.html", context)


style.access = "demo"  # type: ignore[attr-defined]
