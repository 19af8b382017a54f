"""Rounds by whom they wait for: a member to answer, the chair to decide or to open."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone

from coproduction.projects.models import Project, User
from steering.models import Answer, Round, RoundQuerySet, Seat
from steering.queries.agreement import ActionStatus, agreements_of, statuses_of_actions
from steering.queries.answer import AnswerCounts, answer_counts_of, answers_counting_for
from steering.queries.wording import changes_for_reader
from workshops.models import Action, Evidence, Wording
from workshops.queries.wording import WordingChange


@dataclass(frozen=True)
class MemberRounds:
    """A member's rounds that take answers now: those still to answer, and those answered."""

    waiting: list[Round]
    answered: list[Round]


def rounds_for_member(project: Project, user: User) -> MemberRounds:
    """Return what a member can answer now, soonest to close first. Two queries.

    An answered round carries the label of what counts as the member's answer as ``own_answer``.
    """
    rows = list(
        _readable(Round.objects.of(project).open())
        .filter(opened_at__lte=timezone.now())
        .filter(Exists(_seats_of(user)))
        .order_by("closes_at", "wording__action__number")
    )
    waiting: list[Round] = []
    answered: list[Round] = []
    counting = answers_counting_for(user, rows)
    for round in rows:
        if round.pk in counting:
            round.own_answer = Answer(counting[round.pk].answer).label
            answered.append(round)
        else:
            waiting.append(round)
    return MemberRounds(waiting, answered)


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
    tally: AnswerCounts

    @property
    def can_be_decided(self) -> bool:
        """Whether there is nobody left to wait for."""
        return self.round.is_closed or self.tally.everyone_answered


def undecided_rounds(project: Project) -> list[UndecidedRound]:
    """Return the rounds without a decision, those ready for one first. Three queries."""
    rounds = list(_readable(Round.objects.of(project).undecided()).order_by("closes_at", "pk"))
    tallies = answer_counts_of(rounds)
    found = [UndecidedRound(round, tallies[round.pk]) for round in rounds]
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
        """Whether any action could be put to the group now."""
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


def wordings_with_the_group(project: Project) -> list[Wording]:
    """Return the wordings that the group has in front of it. One query."""
    rounds = Round.objects.of(project).undecided().select_related("wording__project")
    return [each.wording for each in rounds]


def was_asked_about(action: Action) -> bool:
    """Say whether the group was ever asked about an action; a question taken back counts."""
    return Round.every.filter(wording__action=action).exists()


@dataclass(frozen=True)
class PreviousRound:
    """The time before this that the group had the action in front of it, and what is new."""

    round: Round
    changes: list[WordingChange]
    new_evidence: int
    # What those asked then had said, and who was asked only then, or only now.
    tally: AnswerCounts
    asked_then_only: list[Seat]
    asked_now_only: list[Seat]

    @property
    def was_taken_back(self) -> bool:
        """Whether the question was taken back, so that what was said then counts nowhere."""
        return self.round.taken_back_at is not None


def previous_round(round: Round) -> PreviousRound | None:
    """Say what has changed since the group last looked; None when it never has. Nine queries.

    A question that was taken back was asked all the same: those asked again are told of it, of what
    was said, and of who was asked.
    """
    before = (
        Round.every.of(round.project)
        .filter(wording__action=round.wording.action_id, opened_at__lt=round.opened_at)
        .exclude(pk=round.pk)
        .select_related("decision")
        .order_by("-opened_at", "-pk")
        .first()
    )
    if before is None:
        return None
    wordings = Wording.objects.select_related("lead").prefetch_related("supporting")
    both = wordings.in_bulk([before.wording_id, round.wording_id])
    added = Evidence.objects.filter(action=round.wording.action_id, at__gt=before.opened_at)
    then, now = before.electorate.all(), round.electorate.all()
    return PreviousRound(
        round=before,
        changes=changes_for_reader(both[before.wording_id], both[round.wording_id]),
        new_evidence=added.visible().count(),
        tally=answer_counts_of([before])[before.pk],
        asked_then_only=list(then.exclude(pk__in=now.values("pk"))),
        asked_now_only=list(now.exclude(pk__in=then.values("pk"))),
    )
