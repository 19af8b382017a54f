"""What waits for whom: answers a member owes, rounds to decide, wordings to put to the group."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Subquery
from django.utils import timezone

from coproduction.projects.models import Project, User
from steering.models import Answer, Decision, Meeting, Response, Round, RoundQuerySet, Seat
from steering.queries.agreement import ActionStatus, agreements_of, statuses_of_actions
from steering.queries.answer import AnswerCounts, answer_counts_of
from workshops.models import Wording

# For how many days a member reads what became of their answers, and how many at most.
_LATELY, _MOST_DECIDED = 60, 10


@dataclass(frozen=True)
class MemberRounds:
    """A member's rounds that take answers now: those still to answer, and those answered."""

    waiting: list[Round]
    answered: list[Round]


def rounds_for_member(project: Project, user: User) -> MemberRounds:
    """Return what a member can answer now, soonest to close first. One query.

    An answered round carries the answer's words as ``said``.
    """
    last = Response.objects.filter(round=OuterRef("pk"), seat__user=user).order_by("-pk")
    rows = (
        _readable(Round.objects.of(project).open())
        .filter(opened_at__lte=timezone.now())
        .filter(Exists(_seats_of(user)))
        .annotate(said=Subquery(last.values("answer")[:1]))
        .order_by("closes_at", "wording__action__number")
    )
    waiting: list[Round] = []
    answered: list[Round] = []
    for round in rows:
        if round.said:
            round.said = Answer(round.said).label
            answered.append(round)
        else:
            waiting.append(round)
    return MemberRounds(waiting, answered)


def decisions_for_member(project: Project, user: User) -> list[Decision]:
    """Return what was decided of late where the user had a say, newest first. One query.

    Each carries the words of the user's own answer as ``said``, empty where they gave none.
    """
    since = timezone.localdate() - timedelta(days=_LATELY)
    last = Response.objects.filter(round=OuterRef("round"), seat__user=user).order_by("-pk")
    rows = (
        Decision.objects.of(project)
        .filter(decided_on__gte=since, round__in=Round.objects.filter(electorate__user=user))
        .select_related("round__wording__action")
        .annotate(said=Subquery(last.values("answer")[:1]))
        .order_by("-decided_on", "-pk")[:_MOST_DECIDED]
    )
    found = list(rows)
    for decision in found:
        decision.said = Answer(decision.said).label if decision.said else ""
    return found


def decisions_sent_back(project: Project) -> list[Decision]:
    """Return the last decision on each wording that is to be reworded, by action. One query."""
    newer = Round.objects.filter(
        wording=OuterRef("round__wording"), opened_at__gt=OuterRef("round__opened_at")
    )
    return list(
        Decision.objects.of(project)
        .filter(outcome=Decision.Outcome.SENT_BACK)
        .filter(round__wording__in=Wording.objects.of(project).newest())
        .filter(~Exists(newer))
        .select_related("round__wording__action")
        .order_by("round__wording__action__number")
    )


def _seats_of(user: User) -> "RoundQuerySet":
    """Rounds, of the one asked about, whose electorate holds a seat the user has not left."""
    held = Seat.objects.not_ended().filter(user=user)
    return Round.objects.filter(pk=OuterRef("pk"), electorate__in=held)


def _readable(rounds: "RoundQuerySet") -> "RoundQuerySet":
    """With all that a list shows of a round."""
    return rounds.select_related("wording__action__theme", "wording__lead")


@dataclass(frozen=True)
class UndecidedRound:
    """A round without a decision, and what its answers come to so far."""

    round: Round
    numbers: AnswerCounts

    @property
    def can_be_decided(self) -> bool:
        """Whether there is nobody left to wait for."""
        return self.round.is_closed or self.numbers.everyone_answered


def undecided_rounds(project: Project) -> list[UndecidedRound]:
    """Return the rounds without a decision, those ready for one first. Three queries."""
    rounds = list(_readable(Round.objects.of(project).undecided()).order_by("closes_at", "pk"))
    numbers = answer_counts_of(rounds)
    found = [UndecidedRound(round, numbers[round.pk]) for round in rounds]
    return sorted(found, key=lambda each: not each.can_be_decided)


@dataclass(frozen=True)
class Candidates:
    """The actions that could be put to the group, in their newest wordings."""

    never_asked: list[ActionStatus]
    asked_before: list[ActionStatus]
    # Agreed ones, of which the day to look again has come.
    due_for_review: list[ActionStatus]

    @property
    def anything(self) -> bool:
        """Whether there is any."""
        return bool(self.never_asked or self.asked_before or self.due_for_review)


def candidates(project: Project) -> Candidates:
    """Return what could be put to the group, in number order."""
    today = timezone.localdate()
    found = statuses_of_actions(project).values()
    return Candidates(
        never_asked=[each for each in found if each.agreement.can_be_asked_first],
        asked_before=[each for each in found if each.agreement.can_be_asked_again],
        due_for_review=[each for each in found if each.agreement.is_due_for_review(today)],
    )


def count_candidates(project: Project) -> tuple[int, int]:
    """Count the actions never put to the group, and those due for review. One query."""
    today = timezone.localdate()
    found = agreements_of(project).values()
    return (
        sum(each.can_be_asked_first for each in found),
        sum(each.is_due_for_review(today) for each in found),
    )


def next_meeting(project: Project) -> Meeting | None:
    """Return the next meeting that is not over: today's until its end, and never a sealed one."""
    coming = Meeting.objects.of(project).filter(
        date__gte=timezone.localdate(), sealed_at__isnull=True
    )
    now = timezone.now()
    found = coming.order_by("date", F("starts").asc(nulls_last=True), "pk")
    return next((meeting for meeting in found[:5] if meeting.is_over_at > now), None)
