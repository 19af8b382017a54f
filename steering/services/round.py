"""Changes to rounds: putting wordings to the group, its time to answer, and taking one back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import MadeAlready, SentForm
from steering.models import Meeting, Round, Seat, Terms
from steering.queries.agreement import agreements_among
from steering.queries.answer import answers_of_round
from steering.queries.round_evidence import evidence_to_freeze
from steering.services.meeting import MeetingCalledOff, MeetingSealed
from steering.services.notifications import notify_of_round_change, notify_of_rounds
from steering.services.refusals import AnswersWait, NotOfThisProject
from workshops.models import Action, Wording
from workshops.services.action import ActionWithdrawn

# A day, less what a change of the clocks and the filling in of the form take.
_TIME_TO_ANSWER = timedelta(hours=22, minutes=50)
_TIME_IN_THE_ROOM = timedelta(minutes=10)
_OVERRUN = timedelta(hours=2)


class NothingChosen(Refusal):
    """Rounds are to be opened on no wording at all."""

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


class TooLittleTime(Refusal):
    """Nobody is asked so briefly that they can't have seen the question."""

    sentence = _(
        "Give members at least a day to answer. "
        "For a meeting, choose the meeting and a time at which it is on."
    )


class MeetingWithoutHours(Refusal):
    """Nobody can tell when it is on, so nobody is asked in the room."""

    sentence = _(
        "Say first from when to when that meeting is. Or give members at least a day to answer."
    )


class TooFewSeats(Refusal):
    """The group is smaller than the number who must answer."""

    sentence = _("The group has fewer members than must answer. Add seats or change the rules.")


class RoundIsOver(Refusal):
    """A round that has been decided, or taken back, is over: which, and by whom."""

    def __init__(self, round: Round, *, who: User | None, by: User | None) -> None:
        """Say what happened to the round meanwhile; ``by`` came too late."""
        decided = hasattr(round, "decision")
        if who is None:
            words = _("This has been decided or taken back already. Load the page again.")
        elif who == by and decided:
            words = _("You have recorded the decision already, in another window.")
        elif who == by:
            words = _("You have taken this question back already, in another window.")
        elif decided:
            words = _("%(name)s has recorded the decision meanwhile.")
        else:
            words = _("%(name)s has taken this question back meanwhile.")
        super().__init__(words % {"name": who.display_name} if who else words)


class ClosedAlready(Refusal):
    """The time to answer has run out by itself."""

    sentence = _("The time to answer is over already.")


class TooFewToClose(Refusal):
    """Closing early would leave the group unable to agree."""

    sentence = _("Not enough people have answered to close it now. Wait, or write answers down.")


class NotLater(Refusal):
    """More time ends later than the time there was."""

    sentence = _("Choose a later time than it has now, and one that is still to come.")


class EnoughHaveAnswered(Refusal):
    """A question that closed with its quorum is not held open until the answers are better."""

    sentence = _("It closed with enough answers. Record the decision, or send it back.")


class WhyMissing(Refusal):
    """Members answered, so they are told why it was for nothing."""

    sentence = _("Say why. The members will read it.")


def open_rounds(
    *,
    wordings: Sequence[Wording],
    closes_at: datetime,
    by: User,
    meeting: Meeting | None = None,
    opened_at: datetime | None = None,
    sending: SentForm | None = None,
) -> list[Round]:
    """Put wordings to everyone who holds a seat, one round each, under the terms of that moment.

    Members are told by e-mail, once for all the wordings. ``opened_at`` is for records of the past,
    which nobody is told of; pages leave it out. One ``sending`` of a form puts them once. Raises
    NothingChosen, NotOfThisProject, WordingReplaced, RoundUndecided, AgreedAlready, ClosesTooSoon,
    TooLittleTime, MeetingWithoutHours, TooFewSeats, MeetingSealed, MeetingCalledOff and
    ActionWithdrawn.
    """
    if not wordings:
        raise NothingChosen
    project = wordings[0].project
    with recorded(project=project, by=by) as ledger:
        if opened := _opened_before(ledger, sending, wordings):
            return opened
        start = opened_at or timezone.now()
        if closes_at <= start:
            raise ClosesTooSoon
        _check_wordings(project, wordings, timezone.localdate(start))
        _check_meeting(project, meeting)
        if opened_at is None:
            _check_time_to_answer(start, closes_at, meeting)
        terms = Terms.objects.in_force(project)
        seats = list(Seat.objects.of(project).held_on(timezone.localdate(start)))
        if len(seats) < terms.quorum:
            raise TooFewSeats
        asked = {"meeting": meeting, "opened_at": start, "closes_at": closes_at, "by": by}
        rounds = _ask(project, wordings, terms, seats, asked)
        _record_opening(ledger, rounds, seats, sending)
        if opened_at is None:
            notify_of_rounds(rounds=rounds)
    return rounds


def _ask(
    project: Project,
    wordings: Sequence[Wording],
    terms: Terms,
    seats: Sequence[Seat],
    asked: Mapping[str, Any],
) -> list[Round]:
    """Save a round for each wording, with what holds now, and these seats to answer it.

    That is a copy of the terms, and what each action rests on.
    """
    evidence = evidence_to_freeze([wording.action_id for wording in wordings])
    rounds = Round.objects.bulk_create(
        Round(
            project=project,
            wording=wording,
            quorum=terms.quorum,
            decision_method=terms.decision_method,
            evidence=evidence.get(wording.action_id, []),
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
    if Action.objects.filter(pk__in=actions, withdrawn_at__isnull=False).exists():
        raise ActionWithdrawn
    agreements = agreements_among(actions)
    now = [(wording.number, agreements[wording.action_id]) for wording in wordings]
    if any(number != each.latest for number, each in now):
        raise WordingReplaced
    # Of the action, not of the wording: members should never be asked about two at once.
    if any(each.with_the_group for _number, each in now):
        raise RoundUndecided
    if any(each.is_agreed and not each.is_due_for_review(day) for _number, each in now):
        raise AgreedAlready


def _check_meeting(project: Project, meeting: Meeting | None) -> None:
    """Refuse a meeting that is another project's, closed for good, or called off."""
    if meeting is None:
        return
    if meeting.project_id != project.pk:
        raise NotOfThisProject
    if Meeting.objects.filter(pk=meeting.pk, sealed_at__isnull=False).exists():
        raise MeetingSealed
    if not Meeting.objects.standing().filter(pk=meeting.pk).exists():
        raise MeetingCalledOff


def _check_time_to_answer(start: datetime, closes_at: datetime, meeting: Meeting | None) -> None:
    """Refuse a question so brief that those asked can't have seen it.

    A day, so that a letter is read; where the group meets and decides in the room, long enough to
    say what one thinks of it, and not over before the meeting has begun. Of a meeting whose hours
    are not known nobody can tell when it is on.
    """
    if closes_at - start >= _TIME_TO_ANSWER:
        return
    if meeting is None or closes_at - start < _TIME_IN_THE_ROOM:
        raise TooLittleTime
    if meeting.starts is None or meeting.ends is None:
        raise MeetingWithoutHours
    begins = datetime.combine(meeting.date, meeting.starts)
    if not timezone.make_aware(begins) < closes_at <= meeting.is_over_at + _OVERRUN:
        raise TooLittleTime


def _opened_before(
    ledger: Ledger, sending: SentForm | None, wordings: Sequence[Wording]
) -> list[Round]:
    """Return the rounds that this sending opened; what else it asks for is checked as any other."""
    kind: type[Round] | type[Project] = Round if len(wordings) == 1 else Project
    try:
        if ledger.made_before(sending, kind) is None:
            return []
    except MadeAlready:
        return []
    rounds = Round.every.filter(wording__in=wordings).order_by("opened_at", "pk")
    return list({round.wording_id: round for round in rounds}.values())


def _record_opening(
    ledger: Ledger, rounds: Sequence[Round], seats: Sequence[Seat], sending: SentForm | None
) -> None:
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
        sending=sending,
        attests=rounds,
    )


def close_round(*, round: Round, by: User) -> Round:
    """End the time to answer, once enough have answered: at a meeting, say. Members are told.

    Raises RoundIsOver, ClosedAlready, TooFewToClose and AnswersWait.
    """
    with recorded(project=round.project, by=by) as ledger:
        kept = _undecided(round, ledger)
        if kept.is_closed:
            raise ClosedAlready
        answers = answers_of_round(kept)
        if not answers.quorum_met:
            raise TooFewToClose
        if answers.waiting:
            raise AnswersWait(len(answers.waiting))
        _close_at(ledger, kept, ledger.at, "steering.round_closed")
    return kept


def extend_round(*, round: Round, closes_at: datetime, by: User) -> Round:
    """Let members answer until later; also when the time ran out and too few had. They are told.

    One that is open again is so for as long as any. Raises RoundIsOver, NotLater,
    EnoughHaveAnswered, TooLittleTime and MeetingWithoutHours.
    """
    with recorded(project=round.project, by=by) as ledger:
        kept = _undecided(round, ledger)
        if closes_at <= max(kept.closes_at, ledger.at):
            raise NotLater
        if kept.is_closed and answers_of_round(kept).quorum_met:
            raise EnoughHaveAnswered
        if kept.is_closed:
            _check_time_to_answer(ledger.at, closes_at, kept.meeting)
        _close_at(ledger, kept, closes_at, "steering.round_extended")
    return kept


def take_back_round(*, round: Round, why: str, by: User) -> Round:
    """Take a question back before anything is decided: the action stands as it did before.

    The answers given are kept, and count nowhere. Raises RoundIsOver and WhyMissing.
    """
    with recorded(project=round.project, by=by) as ledger:
        kept = _undecided(round, ledger)
        if not why.strip():
            raise WhyMissing
        kept.taken_back_at, kept.taken_back_why = ledger.at, why.strip()
        kept.save(update_fields=["taken_back_at", "taken_back_why"])
        ledger.record(
            "steering.round_taken_back",
            subject=kept,
            now={"answers": answers_of_round(kept).answered},
        )
        _notify(kept, "taken_back")
    return kept


def _undecided(round: Round, ledger: Ledger) -> Round:
    """Read a round again, now that the chain is locked. Raises RoundIsOver."""
    found: Round = Round.every.select_related("decision__by").get(pk=round.pk)
    if hasattr(found, "decision"):
        raise RoundIsOver(found, who=found.decision.by, by=ledger.by)
    if found.taken_back_at is not None:
        who = ledger.who_did("steering.round_taken_back", found)
        raise RoundIsOver(found, who=who, by=ledger.by)
    return found


def _close_at(ledger: Ledger, round: Round, moment: datetime, verb: str) -> None:
    """Move the moment at which a round closes, and have the members told."""
    was, round.closes_at = round.closes_at, moment
    round.save(update_fields=["closes_at"])
    ledger.record(verb, subject=round, was={"closes_at": was}, now={"closes_at": moment})
    _notify(round, "closed" if verb == "steering.round_closed" else "longer")


def _notify(round: Round, what: str) -> None:
    """Have those who were asked told by e-mail what became of a round."""
    notify_of_round_change(round=round, what=what)
