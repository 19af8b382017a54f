"""Following a receipt: what became of what somebody said. For its holder, so kept by nobody."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coproduction.projects.models import Project
from coproduction.projects.pages import public_view, redirect_to
from coproduction.projects.rate_limit import over_wrong_code_limit
from engagements.models.receipts import normalise_receipt
from plan.forms import ReceiptForm
from plan.queries.published import published_plan
from plan.queries.receipts import receipt_with_outcomes


@public_view()
@require_safe
def follow(request: HttpRequest, project: Project) -> HttpResponseBase:
    """Ask for a code, and lead to its page. By GET, so that it needs no cookie and no script."""
    typed = request.GET.get("receipt")
    form = ReceiptForm(request.GET if typed is not None else None)
    if typed is not None and form.is_valid():
        receipt = normalise_receipt(form.cleaned_data["receipt"])
        if receipt:
            return redirect_to(project, "plan:follow_receipt", receipt=receipt)
        form.add_error(
            "receipt",
            _("Our codes have 12 letters and numbers, like 7KQM-4TPX-9RWD. Check yours."),
        )
    return render(request, "plan/follow.html", {"project": project, "form": form})


@public_view()
@require_safe
def follow_receipt(request: HttpRequest, project: Project, receipt: str) -> HttpResponseBase:
    """Show the holder of a code their own words, and how far each has come."""
    code = normalise_receipt(receipt)
    if code and code != receipt:
        return redirect_to(project, "plan:follow_receipt", receipt=code)
    plan = published_plan(project).plan()
    followed = receipt_with_outcomes(project, code, plan) if code else None
    if followed is None:
        too_many = over_wrong_code_limit(request)
        context = {"project": project, "too_many": too_many}
        status = 429 if too_many else 404
        return _private(render(request, "plan/follow_unknown.html", context, status=status))
    context = {"project": project, "followed": followed, "plan": plan}
    return _private(render(request, "plan/follow_receipt.html", context))


def _private(response: HttpResponse) -> HttpResponse:
    """Keep a page out of caches, search engines and the addresses other sites see."""
    add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
