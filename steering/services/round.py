"""Changes to rounds: putting wordings to the group."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.jobs.services import enqueue
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from steering.models import Decision, Meeting, Round, Seat, Terms
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
