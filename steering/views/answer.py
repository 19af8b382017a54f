"""Pages about answers written down for a member: confirming one, or putting it right."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.projects.arrival import received_at
from coproduction.projects.models import Pass, PassScope, Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    apply_or_warn,
    pass_view,
    project_view,
    redirect_to,
    status_of,
)
from steering.forms.answer import AnswerForm, ConfirmForm, LetterCodeForm, code_prefix
from steering.models import Response, Round
from steering.queries.answer import answers_given, counting_answer, last_own_answer, waiting_answer
from steering.services.answer import give_answer
from steering.services.confirmation import confirm_answer, confirm_answer_by_code


def _written_down(project: Project, uuid: UUID) -> Response:
    """Find an answer of the project that somebody wrote down."""
    rows = Response.objects.exclude(how="").filter(round__project=project)
    rows = rows.select_related(
        "seat__user", "recorded_by", "round__project", "round__wording__action"
    )
    found: Response = get_object_or_404(rows, uuid=uuid)
    return found


@project_view(may="steering.view")
@require_POST
def answer_confirm(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Keep that it is what the member said: by the member, or by the second person who heard it."""
    found = _written_down(project, uuid)
    apply_or_warn(
        request,
        lambda: confirm_answer(response=found, by=request.user),
        done=_("Thank you. It counts now."),
    )
    return redirect_to(project, "steering:round", uuid=found.round.uuid)


@project_view(may="rounds.record")
@require_POST
def answer_code(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Type the code that a member reads out from the letter: it is what they said."""
    found = _written_down(project, uuid)
    form = LetterCodeForm(request.POST, prefix=code_prefix(uuid))
    if apply_or_report(
        form,
        lambda: confirm_answer_by_code(response=found, by=request.user, **form.cleaned_data),
    ):
        messages.success(request, _("The code is right. The answer counts now."))
    else:
        for words in form.errors.values():
            messages.error(request, " ".join(str(each) for each in words))
    return redirect_to(project, "steering:round", uuid=found.round.uuid)


@pass_view(scope=PassScope.ANSWER)
def answer_by_pass(request: HttpRequest, project: Project, given: Pass, token: str) -> HttpResponse:
    """Show a member what was written down for them, to confirm or put right without signing in."""
    found = _written_down(project, given.subject)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if apply_or_report(form, lambda: confirm_answer(response=found, by=given)):
        return redirect_to(project, "steering:answer_by_pass", token=token)
    return _page(request, found, token, confirming=form)


@pass_view(scope=PassScope.ANSWER)
@require_POST
def answer_put_right(
    request: HttpRequest, project: Project, given: Pass, token: str
) -> HttpResponse:
    """Keep a member's own answer in place of what was written down for them."""
    found = _written_down(project, given.subject)
    form = AnswerForm(request.POST, round=found.round, if_not=True)
    if apply_or_report(
        form,
        lambda: give_answer(
            round=found.round,
            seat=found.seat,
            by=given,
            at=received_at(request),
            **form.cleaned_data,
        ),
    ):
        return redirect_to(project, "steering:answer_by_pass", token=token)
    return _page(request, found, token, answering=form)


def _page(
    request: HttpRequest,
    found: Response,
    token: str,
    *,
    confirming: ConfirmForm | None = None,
    answering: AnswerForm | None = None,
) -> HttpResponse:
    """Show what was written down, what the member said, and what can be done about it."""
    form = answering or AnswerForm(round=found.round, if_not=True)
    confirming = confirming or ConfirmForm()
    given = answers_given(found.round, found.seat)
    counting = counting_answer(given)
    is_asked = Round.objects.undecided().filter(pk=found.round_id).exists()
    is_last = given[-1].pk == found.pk
    puts_right = (
        counting is not None and not counting.is_own and not counting.is_confirmed_by_member
    )
    takes_answers = found.round.takes_answers_at(timezone.now())
    context = {
        "project": found.round.project,
        "round": found.round,
        "wording": found.round.wording,
        "response": found,
        "own": last_own_answer(given),
        "counting": counting,
        "waits": waiting_answer(given) == found,
        "can_confirm": is_asked and is_last and not found.is_confirmed,
        "confirming": confirming,
        "answering": form if is_asked and (takes_answers or puts_right) else None,
        "token": token,
        "is_asked": is_asked,
    }
    status = max(status_of(form), status_of(confirming))
    return render(request, "steering/answer_by_pass.html", context, status=status)
