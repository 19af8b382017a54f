"""Pages about rounds: putting wordings to the group, answering, recording, deciding."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coproduction.languages.formats import write_date
from coproduction.projects.access import may
from coproduction.projects.arrival import received_at
from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    apply_or_warn,
    form_page,
    project_view,
    redirect_to,
    status_of,
    url_for,
)
from steering.forms.answer import AnswerForm, LetterCodeForm, RecordForm, code_prefix
from steering.forms.decision import RoundDecisionForm
from steering.forms.round import ClosingForm, RoundsForm, TakeBackForm
from steering.models import Answer, Round, Seat
from steering.queries.agreement import is_agreed, is_draft, is_reworded
from steering.queries.answer import answers_given, answers_of_round, last_own_answer
from steering.queries.group import people_who_answer
from steering.queries.round import candidates, previous_round, rounds_for_member
from steering.queries.round_evidence import evidence_of_round
from steering.queries.translation import changed_translations_in
from steering.services.answer import give_answer
from steering.services.decision import record_decision
from steering.services.round import close_round, extend_round, open_rounds, take_back_round
from steering.views.breadcrumbs import group_crumbs


@project_view(may="rounds.open")
def rounds_open(request: TeamRequest, project: Project) -> HttpResponse:
    """Put one wording, or several at once, to the group."""
    offered = candidates(project)
    form = RoundsForm(request.POST or None, project=project, candidates=offered)
    if meeting := form.meeting_named(request.GET.get("meeting", "")):
        form.close_with(meeting)
    opened = apply_or_report(
        form,
        lambda: open_rounds(
            wordings=form.ticked,
            meeting=form.cleaned_data["meeting"],
            closes_at=form.cleaned_data["closes_at"],
            by=request.user,
            sending=form.cleaned_data["sending"],
        ),
    )
    if opened is not None:
        done = ngettext(
            "%(number)d action is with the group. Members are being told by e-mail.",
            "%(number)d actions are with the group. Members are being told by e-mail.",
            len(opened),
        )
        messages.success(request, done % {"number": len(opened)})
        return redirect_to(project, "steering:home")
    return form_page(
        request,
        form,
        template="steering/rounds_open.html",
        base="steering/base.html",
        title=_("Put actions to the group"),
        submit=_("Put these to the group"),
        crumbs=group_crumbs(project),
        cancel_url=url_for(project, "steering:home"),
        candidates=offered,
    )


def _found(project: Project, uuid: UUID) -> Round:
    """Find a round of the project with what its page shows."""
    rows = Round.every.of(project).select_related(
        "project", "wording__action__theme", "wording__action__project", "wording__lead", "decision"
    )
    found: Round = get_object_or_404(rows, uuid=uuid)
    return found


@project_view(may="steering.view")
def round(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Show one wording, why it is proposed and what changed, to answer or to decide."""
    return _round_page(request, project, _found(project, uuid))


@project_view(may="rounds.respond")
@require_POST
def round_respond(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Keep a member's own answer, and say so on a page about this action and no other."""
    found = _found(project, uuid)
    form = AnswerForm(request.POST, round=found)
    seat = _own_seat(request, found)
    if apply_or_report(
        form,
        lambda: give_answer(
            round=found,
            seat=seat,
            by=request.user,
            at=received_at(request),
            **form.cleaned_data,
        ),
    ):
        return redirect_to(project, "steering:round_answered", uuid=uuid)
    return _round_page(request, project, found, _Forms(answering=form))


@project_view(may="rounds.respond")
def round_answered(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Say what a member answered to which action, what happens next, and what else waits."""
    found = _found(project, uuid)
    own = last_own_answer(answers_given(found, _own_seat(request, found)))
    if own is None:
        return redirect_to(project, "steering:round", uuid=uuid)
    waiting = rounds_for_member(project, request.user).waiting
    context = {
        "project": project,
        "round": found,
        "wording": found.wording,
        "action": found.wording.action,
        "own": own,
        "takes_answers": found in Round.objects.of(project).open(),
        "following": waiting[0] if waiting else None,
        "waiting": len(waiting),
    }
    return render(request, "steering/round_answered.html", context)


@project_view(may="rounds.record")
@require_POST
def round_record(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Keep an answer that a member gave by phone or in the room."""
    found = _found(project, uuid)
    form = RecordForm(request.POST, round=found, tally=answers_of_round(found))

    kept = apply_or_report(
        form,
        lambda: give_answer(
            round=found, by=request.user, at=received_at(request), **form.cleaned_data
        ),
    )
    if kept is None:
        return _round_page(request, project, found, _Forms(recording=form))
    about = {
        "name": kept.seat.name,
        "answer": Answer(kept.answer).label,
        "until": write_date(timezone.localtime(found.closes_at), "MONTH_DAY_TIME_FORMAT"),
    }
    if kept.pk in {each.pk for each in answers_of_round(found).waiting}:
        done = _(
            "%(name)s: %(answer)s. It stands beside their own answer, and counts once it is "
            "confirmed that they said so."
        )
    else:
        done = _("%(name)s: %(answer)s. It can be changed until %(until)s.")
    return _done(request, found, done % about)


@project_view(may="decisions.record")
@require_POST
def round_decide(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Record what the group decided, and why."""
    found = _found(project, uuid)
    form = _decision_form(project, found, request.POST)
    decision = apply_or_report(
        form, lambda: record_decision(round=found, by=request.user, **form.cleaned_data)
    )
    if decision is None:
        return _round_page(request, project, _found(project, uuid), _Forms(deciding=form))
    done = _("The decision is recorded: %(outcome)s.")
    return _done(request, found, done % {"outcome": decision.get_outcome_display()})


@project_view(may="rounds.close")
@require_POST
def round_close(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """End the time to answer now, since enough have answered."""
    found = _found(project, uuid)
    apply_or_warn(
        request,
        lambda: close_round(round=found, by=request.user),
        done=_("It is closed. The members are being told by e-mail."),
    )
    return redirect_to(project, "steering:round", uuid=uuid)


@project_view(may="rounds.close")
@require_POST
def round_extend(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Give members more time to answer."""
    found = _found(project, uuid)
    form = ClosingForm(request.POST, prefix="longer")
    if apply_or_report(
        form,
        lambda: extend_round(
            round=found, closes_at=form.cleaned_data["closes_at"], by=request.user
        ),
    ):
        done = _("There is more time to answer. The members are being told by e-mail.")
        return _done(request, found, done)
    return _round_page(request, project, _found(project, uuid), _Forms(lengthening=form))


@project_view(may="rounds.close")
@require_POST
def round_take_back(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Take a question back, and say why."""
    found = _found(project, uuid)
    form = TakeBackForm(request.POST, prefix="back")
    if apply_or_report(
        form, lambda: take_back_round(round=found, by=request.user, **form.cleaned_data)
    ):
        return _done(request, found, _("It is taken back. The members are being told by e-mail."))
    return _round_page(request, project, _found(project, uuid), _Forms(taking_back=form))


def _done(request: TeamRequest, round: Round, words: str) -> HttpResponse:
    """Say what was done, on the round's page."""
    messages.success(request, words)
    return redirect_to(request.project, "steering:round", uuid=round.uuid)


def _own_seat(request: TeamRequest, round: Round) -> Seat | None:
    """Return the seat of the person asking, where this round asks them."""
    return round.electorate.filter(user=request.user).first()


def _decision_form(project: Project, round: Round, data: Any = None) -> RoundDecisionForm:
    """Return the form that records a decision, with what the answers leave open."""
    tally = answers_of_round(round)
    early = not (round.is_closed or tally.everyone_answered)
    return RoundDecisionForm(data, project=project, tally=tally, only_send_back=early)


@dataclass
class _Forms:
    """What somebody may do with a round, or was just refused."""

    answering: AnswerForm | None = None
    recording: RecordForm | None = None
    deciding: RoundDecisionForm | None = None
    lengthening: ClosingForm | None = None
    taking_back: TakeBackForm | None = None

    def offer(self, request: TeamRequest, round: Round, context: dict[str, Any]) -> None:
        """Add the empty forms of what the person may do now, by what the page knows already."""
        own, seat, open_now = context["own"], context["seat"], context["takes_answers"]
        able = seat and not seat.has_ended and may(request, "rounds.respond")
        is_theirs = own is None or own.is_own or own.is_confirmed_by_member
        puts_right = not is_theirs and not context["is_over"]
        if not self.answering and able and (open_now or puts_right):
            initial = {"answer": own.answer, "reason": own.reason} if own else None
            self.answering = AnswerForm(initial=initial, round=round)
        if not self.recording and open_now and context["records"]:
            self.recording = RecordForm(round=round, tally=context["tally"])
        if not self.deciding and context["decides"] and (context["ready"] or context["replaced"]):
            self.deciding = _decision_form(round.project, round)
        if context["closes"]:
            self.lengthening = self.lengthening or ClosingForm(prefix="longer")
            self.taking_back = self.taking_back or TakeBackForm(prefix="back")

    @property
    def status(self) -> int:
        """The status of a page with these forms."""
        return max(status_of(form) if form else 200 for form in vars(self).values())


def _round_page(
    request: TeamRequest, project: Project, round: Round, forms: _Forms | None = None
) -> HttpResponse:
    """Show a round to whoever asks: what they may do with it, and nothing more."""
    forms = forms or _Forms()
    decision = getattr(round, "decision", None)
    is_asked = decision is None and round.taken_back_at is None
    tally = answers_of_round(round)
    for each in tally.waiting:
        each.code_form = LetterCodeForm(prefix=code_prefix(each.uuid))  # type: ignore[attr-defined]
    seat = _own_seat(request, round)
    context = {
        "project": project,
        "round": round,
        "wording": round.wording,
        "action": round.wording.action,
        "decision": decision,
        "tally": tally,
        "seat": seat,
        "own": next((each for each in tally.answers if each.seat_id == (seat and seat.pk)), None),
        "heard": [each for each in tally.waiting if each.heard_by_id == request.user.pk],
        "is_over": not is_asked,
        "takes_answers": is_asked and round.takes_answers_at(timezone.now()),
        "replaced": is_reworded(round.wording),
        "is_agreed": is_agreed(round.wording),
        "is_draft": is_draft(round),
        "ready": round.is_closed or tally.everyone_answered,
        "records": may(request, "rounds.record"),
        "decides": may(request, "decisions.record") and is_asked,
        "closes": may(request, "rounds.close") and is_asked,
        "asked": evidence_of_round(round),
        "previous": previous_round(round),
        "can_answer": people_who_answer(project),
        "changed_translations": changed_translations_in(round),
    }
    forms.offer(request, round, context)
    context |= vars(forms)
    return render(request, "steering/round.html", context, status=forms.status)
