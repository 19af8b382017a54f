"""Following a receipt: what became of what somebody said. For its holder, so kept by nobody."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coproduction.projects.models import Project
from coproduction.projects.pages import public_view, redirect_to
from engagements.models.receipts import normalise_receipt
from plan.forms import ReceiptForm
from plan.queries.published import published_plan
from plan.queries.receipts import receipt_with_outcomes
from plan.views.codes import nobodys_code, private


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
        return nobodys_code(request, project)
    context = {"project": project, "followed": followed, "plan": plan}
    return private(render(request, "plan/follow_receipt.html", context))
