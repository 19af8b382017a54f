"""What the holder of a code may do with their own words: a copy, taking back, erasing."""

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coproduction.projects.models import Project
from coproduction.projects.pages import apply_or_report, public_view, redirect_to, status_of
from engagements.models.receipts import normalise_receipt
from engagements.services.erasure import erase_some
from engagements.services.withholding import own_to_withdraw, withdraw_some
from plan.forms import EraseOwnForm, WithdrawOwnForm
from plan.queries.own_words import (
    is_looked_at,
    name_of_own,
    own_comments,
    own_data,
    sitting_of_code,
)
from plan.views.codes import nobodys_code, private


@public_view()
@require_safe
def receipt_data(request: HttpRequest, project: Project, receipt: str) -> HttpResponseBase:
    """Give the holder of a code everything that is kept of what they said, as a file."""
    sitting = sitting_of_code(project, normalise_receipt(receipt))
    if sitting is None:
        return nobodys_code(request, project)
    answer = JsonResponse(own_data(sitting), json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="{sitting.receipt}.json"'
    return private(answer)


@public_view()
def receipt_withdraw(request: HttpRequest, project: Project, receipt: str) -> HttpResponseBase:
    """Ask the holder of a code once what is to be used no longer; then withdraw it."""
    sitting = sitting_of_code(project, normalise_receipt(receipt))
    if sitting is None:
        return nobodys_code(request, project)
    left = {each.position: name_of_own(each) for each in own_to_withdraw(sitting)}
    form = WithdrawOwnForm(request.POST if request.method == "POST" else None, comments=left)
    withdrawn = apply_or_report(
        form,
        lambda: withdraw_some(submission=sitting, positions=form.cleaned_data["chosen"], by=None),
    )
    if withdrawn is not None:
        return redirect_to(project, "plan:follow_receipt", receipt=sitting.receipt)
    context = {"project": project, "form": form, "receipt": sitting.receipt, "left": left}
    page = render(request, "plan/receipt_withdraw.html", context, status=status_of(form))
    return private(page)


@public_view()
def receipt_erase(request: HttpRequest, project: Project, receipt: str) -> HttpResponseBase:
    """Ask the holder of a code once what is to be erased; then erase it for good."""
    sitting = sitting_of_code(project, normalise_receipt(receipt))
    if sitting is None:
        return nobodys_code(request, project)
    left = [each for each in own_comments(sitting) if not (each.is_erased or is_looked_at(each))]
    form = EraseOwnForm(request.POST if request.method == "POST" else None, comments=left)
    erased = apply_or_report(
        form,
        lambda: erase_some(submission=sitting, positions=form.cleaned_data["chosen"], by=None),
    )
    if erased is not None:
        return redirect_to(project, "plan:follow_receipt", receipt=sitting.receipt)
    context = {"project": project, "form": form, "receipt": sitting.receipt, "left": left}
    page = render(request, "plan/receipt_erase.html", context, status=status_of(form))
    return private(page)
