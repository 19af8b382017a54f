"""Changes to rounds: putting wordings to the group, and its members' answers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.jobs.services import enqueue
from coproduction.projects.access import allowed, roles_of
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from steering.models import Decision, Meeting, Response, Round, Seat, Terms
from steering.services.meeting import MeetingSealed
from steering.services.refusals import NotOfThisProject
from workshops.models import Wording


class NothingChosen(Refusal):
    """No wording was ticked."""

    sentence = _("Tick at least one action to put to the group.")


class WordingReplaced(Refusal):
    """The wording is not what the action says now."""

    sentence = _("An action has been reworded since. Put its newest wording to the group.")


class RoundUndecided(Refusal):
    """The group is looking at the action already."""

    sentence = _("The group has one of these actions in front of it already. Decide that first.")


class AgreedAlready(Refusal):
    """The group has agreed the wording, and the day to look again has not come."""

    sentence = _(
        "The group has agreed one of these actions as it stands. "
        "Untick it, or wait for the day to look at it again."
    )


class ClosesTooSoon(Refusal):
    """A round takes answers for some time."""

    sentence = _("The closing time has passed already. Give members some days to answer.")


class TooFewSeats(Refusal):
    """The group is smaller than the number who must answer."""

    sentence = _("The group has fewer members than must answer. Add seats or change the rules.")


class RoundNotOpenYet(Refusal):
    """An answer is dated before the question."""

    sentence = _("That is before the group was asked. Check the date.")


class RoundClosed(Refusal):
    """The time to answer is over."""

    sentence = _("The time to answer is over, so this answer was not kept. Tell the chair.")


class OutsideElectorate(Refusal):
    """Only those seated when the question was put may answer it."""

    sentence = _("Only people who held a seat when the group was asked can answer.")


class SeatEnded(Refusal):
    """Whoever has left the group answers no more, though the question was put to them."""

    sentence = _("This seat had ended by then, so this answer was not kept.")


class SomeoneElsesSeat(Refusal):
    """An answer belongs to the person in the seat."""

    sentence = _("You can only answer from your own seat. The chair can record answers for others.")


def open_rounds(
    *,
    wordings: Sequence[Wording],
    closes_at: datetime,
    by: User,
    meeting: Meeting | None = None,
    opened_at: datetime | None = None,
) -> list[Round]:
    """Put wordings to everyone who holds a seat, one round each, under the terms of that moment.

    Members are told by e-mail, once for all the wordings. ``opened_at`` is for records of the past,
    which nobody is told of; pages leave it out. Raises NothingChosen, NotOfThisProject,
    WordingReplaced, RoundUndecided, AgreedAlready, ClosesTooSoon, TooFewSeats and MeetingSealed.
    """
    if not wordings:
        raise NothingChosen
    project = wordings[0].project
    with recorded(project=project, by=by) as ledger:
        start = opened_at or timezone.now()
        if closes_at <= start:
            raise ClosesTooSoon
        _check_wordings(project, wordings, timezone.localdate(start))
        _check_meeting(project, meeting)
        terms = Terms.objects.in_force(project)
        seats = list(Seat.objects.of(project).held_on(timezone.localdate(start)))
        if len(seats) < terms.quorum:
            raise TooFewSeats
        asked = {"meeting": meeting, "opened_at": start, "closes_at": closes_at, "by": by}
        rounds = _ask(project, wordings, terms, seats, asked)
        _record_opening(ledger, rounds, seats)
        if opened_at is None:
            enqueue(
                task="steering.tell_members",
                scope=str(project.uuid),
                arguments={"rounds": [round.uuid for round in rounds]},
            )
    return rounds


def _ask(
    project: Project,
    wordings: Sequence[Wording],
    terms: Terms,
    seats: Sequence[Seat],
    asked: Mapping[str, Any],
) -> list[Round]:
    """Save a round for each wording, with a copy of the terms, and these seats to answer it."""
    rounds = Round.objects.bulk_create(
        Round(
            project=project,
            wording=wording,
            quorum=terms.quorum,
            decision_method=terms.decision_method,
            **asked,
        )
        for wording in wordings
    )
    pairs = Round.electorate.through
    pairs._default_manager.bulk_create(
        pairs(round_id=round.pk, seat_id=seat.pk) for round in rounds for seat in seats
    )
    return rounds


def _check_wordings(project: Project, wordings: Sequence[Wording], day: date) -> None:
    """Refuse what can't be put to the group on a day."""
    if any(wording.project_id != project.pk for wording in wordings):
        raise NotOfThisProject
    if len({wording.pk for wording in wordings}) < len(wordings):
        raise RoundUndecided
    actions = [wording.action_id for wording in wordings]
    newest = (
        Wording.objects.filter(action__in=actions)
        .values("action")
        .annotate(newest=Max("number"))
        .values_list("action", "newest")
    )
    if {(wording.action_id, wording.number) for wording in wordings} != set(newest):
        raise WordingReplaced
    rounds = Round.objects.of(project)
    # Of the action, not of the wording: members should never be asked about two at once.
    if rounds.undecided().filter(wording__action__in=actions).exists():
        raise RoundUndecided
    agreed = Decision.objects.of(project).standing().agreed()
    settled = agreed.exclude(pk__in=agreed.to_review(day).values("pk"))
    if settled.filter(round__wording__in=[wording.pk for wording in wordings]).exists():
        raise AgreedAlready


def _check_meeting(project: Project, meeting: Meeting | None) -> None:
    """Refuse a meeting that is another project's, or closed for good."""
    if meeting is None:
        return
    if meeting.project_id != project.pk:
        raise NotOfThisProject
    if Meeting.objects.filter(pk=meeting.pk, sealed_at__isnull=False).exists():
        raise MeetingSealed


def _record_opening(ledger: Ledger, rounds: Sequence[Round], seats: Sequence[Seat]) -> None:
    """Write the one entry for rounds opened together."""
    first = rounds[0]
    ledger.record(
        "steering.rounds_opened",
        subject=first if len(rounds) == 1 else first.project,
        now={
            "rounds": [round.uuid for round in rounds],
            "wordings": [round.wording.uuid for round in rounds],
            "seats": len(seats),
            "quorum": first.quorum,
            "decision_method": first.decision_method,
            "closes_at": first.closes_at,
        },
    )


def respond(
    *,
    round: Round,
    seat: Seat,
    answer: str,
    by: User,
    reason: str = "",
    at: datetime | None = None,
) -> Response:
    """Keep an answer from a seat. A change of mind is another answer, and the last counts.

    A reason is asked for when the answer is "not yet" or "object", but never demanded: a person may
    tell the chair in private instead. Whoever may record for others may answer from any seat; who
    did is kept. The same answer sent twice is kept once. ``at`` is for records of the past.

    Raises RoundNotOpenYet, RoundClosed, OutsideElectorate, SeatEnded, SomeoneElsesSeat and
    ValidationError.
    """
    with recorded(project=round.project, by=by) as ledger:
        moment = at or timezone.now()
        if moment < round.opened_at:
            raise RoundNotOpenYet
        if not round.takes_answers_at(moment) or Decision.objects.filter(round=round).exists():
            raise RoundClosed
        seat = _asked(round, seat, moment)
        if seat.user_id != by.pk and not allowed(roles_of(by, round.project), "rounds.record"):
            raise SomeoneElsesSeat
        response = Response(
            round=round,
            seat=seat,
            answer=answer,
            reason=reason.strip(),
            recorded_by=by,
            at=moment,
        )
        response.full_clean(exclude=["round", "seat", "recorded_by"])
        last = round.responses.filter(seat=seat).last()
        if last is not None and _same(last, response):
            return last
        response.save()
        ledger.record(
            "steering.answer_given",
            subject=round,
            was={"answer": last.answer} if last else {},
            now={"seat": seat.uuid, "answer": answer, "for_someone_else": seat.user_id != by.pk},
        )
    return response


def _asked(round: Round, seat: Seat, moment: datetime) -> Seat:
    """Read a seat afresh, now that the chain is locked. Refuse one not asked, or ended by then."""
    found: Seat | None = round.electorate.filter(pk=seat.pk).first()
    if found is None:
        raise OutsideElectorate
    if found.has_ended_by(timezone.localdate(moment)):
        raise SeatEnded
    return found


def _same(last: Response, new: Response) -> bool:
    """Whether an answer says again what the seat's last one said."""
    return (last.answer, last.reason, last.recorded_by_id) == (
        new.answer,
        new.reason,
        new.recorded_by_id,
    )
