"""What the answers in a round come to: counts, quorum, and whether they support agreement."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from steering.models import Answer, DecisionMethod, Response, Round, Seat


@dataclass(frozen=True)
class AnswerCounts:
    """The answers that count in a round, as numbers, and what they support.

    Someone who stands aside has declared an interest. They are shown as having answered, but they
    take no part in the decision: they count neither towards the quorum nor in the sum of those
    who agree. That follows the terms of reference such groups write: the quorum is the number
    who must be there *to decide*, and a member with an interest is not deciding.

    ``seats`` are all that the question was put to, fixed at opening: "9 of 12" stays out of 12
    when somebody leaves the group. Their answer counts where they gave one; where they gave none,
    nobody waits for it, and it brings the quorum no nearer.
    """

    counts: Mapping[str, int]
    seats: int
    quorum: int
    decision_method: str
    # Of the seats, those given up before they answered.
    given_up: int = 0

    @property
    def answered(self) -> int:
        """How many seats have answered, those standing aside among them."""
        return sum(self.counts.values())

    @property
    def deciding(self) -> int:
        """How many answers count: all but those standing aside."""
        return self.answered - self.counts.get(Answer.STAND_ASIDE, 0)

    @property
    def agreeing(self) -> int:
        """How many agree, some with a reservation."""
        return self.counts.get(Answer.AGREE, 0) + self.counts.get(Answer.RESERVATION, 0)

    @property
    def objecting(self) -> int:
        """How many object."""
        return self.counts.get(Answer.OBJECT, 0)

    @property
    def not_yet(self) -> int:
        """How many say that it needs more work: neither agreement nor objection."""
        return self.counts.get(Answer.NOT_YET, 0)

    @property
    def rule(self) -> Any:
        """When the round's way of deciding calls a wording agreed, in a sentence."""
        return DecisionMethod(self.decision_method).rule

    @property
    def everyone_answered(self) -> bool:
        """Whether nobody is left to hear from: those who left the group can't answer any more."""
        return self.answered + self.given_up >= self.seats

    @property
    def quorum_met(self) -> bool:
        """Whether enough have answered for a decision."""
        return self.deciding >= self.quorum

    @property
    def supports_agreement(self) -> bool:
        """Whether the answers, by the round's way of deciding, come to an agreement.

        Each way is one line, and ``DecisionMethod.rule`` says it in words. An objection counts
        whether or not its reason is written down: docs/decisions/0009 says why.
        """
        if not self.quorum_met or not self.agreeing:
            return False
        if self.decision_method == DecisionMethod.CONSENSUS:
            return self.agreeing == self.deciding
        if self.decision_method == DecisionMethod.MAJORITY:
            return self.agreeing * 2 > self.deciding
        return not self.objecting and self.agreeing > self.not_yet

    @property
    def meaning(self) -> str:
        """What the answers support, in a sentence for the chair."""
        if not self.quorum_met:
            short = self.quorum - self.deciding
            return ngettext(
                "Not enough people have answered: %(short)d more is needed.",
                "Not enough people have answered: %(short)d more are needed.",
                short,
            ) % {"short": short}
        if self.supports_agreement:
            return str(_("These answers support agreeing it."))
        if self.decision_method == DecisionMethod.MAJORITY or not self.deciding:
            return str(_("Not enough of those who answered agree."))
        if self.objecting:
            return str(_("Somebody objects, so the group has not agreed it."))
        if self.decision_method == DecisionMethod.CONSENSUS:
            return str(_("Somebody says not yet, so the group has not agreed it."))
        return str(_("More people have to agree than say not yet, so the group has not agreed it."))


@dataclass(frozen=True)
class AnswersOfKind:
    """One kind of answer, and those who gave it."""

    label: str
    answers: list[Response]


@dataclass(frozen=True)
class RoundAnswers(AnswerCounts):
    """The numbers of one round, with the answers behind them and the seats still missing."""

    answers: tuple[Response, ...] = ()
    missing: tuple[Seat, ...] = ()

    @property
    def by_answer(self) -> list[AnswersOfKind]:
        """The answers, those of a kind together; kinds nobody gave are left out."""
        kinds = [
            AnswersOfKind(str(answer.label), [row for row in self.answers if row.answer == answer])
            for answer in Answer
        ]
        return [kind for kind in kinds if kind.answers]


def count_answers(answers: Iterable[str]) -> dict[str, int]:
    """Count answers by kind; kinds nobody gave count nothing."""
    counts = dict.fromkeys(Answer.values, 0)
    for answer in answers:
        counts[answer] += 1
    return counts


def answers_of_round(round: Round) -> RoundAnswers:
    """Count a round's answers now: the last from each seat. Two queries."""
    seats = list(round.electorate.all())
    last = {
        response.seat_id: response
        for response in round.responses.counting().select_related("recorded_by")
    }
    for seat in seats:
        if seat.pk in last:
            last[seat.pk].seat = seat
    missing = tuple(seat for seat in seats if seat.pk not in last)
    return RoundAnswers(
        counts=count_answers(response.answer for response in last.values()),
        seats=len(seats),
        quorum=round.quorum,
        decision_method=round.decision_method,
        given_up=sum(seat.has_ended for seat in missing),
        answers=tuple(last[seat.pk] for seat in seats if seat.pk in last),
        missing=missing,
    )


def own_answer(round: Round, seat: Seat | None) -> Response | None:
    """Return the answer that counts from a seat of a round, if there is one."""
    return round.responses.filter(seat=seat).select_related("recorded_by").last() if seat else None


def replaced_answer(round: Round, seat: Seat | None) -> Response | None:
    """Return the answer a member gave that somebody else's writing down took the place of."""
    given = list(round.responses.filter(seat=seat).select_related("seat")) if seat else []
    if not given or given[-1].is_own:
        return None
    return next((each for each in reversed(given) if each.is_own), None)


def answer_counts_of(rounds: Iterable[Round]) -> dict[int, AnswerCounts]:
    """Count the answers of many rounds at once, by primary key: two queries, however many."""
    by_pk = {round.pk: round for round in rounds}
    unanswered = ~Exists(Response.objects.filter(round=OuterRef("round"), seat=OuterRef("seat")))
    seats = {
        round: (asked, given_up)
        for round, asked, given_up in Round.electorate.through._default_manager.filter(
            round__in=by_pk
        )
        .values_list("round")
        .annotate(
            asked=Count("pk"),
            given_up=Count("pk", filter=Q(unanswered, seat__left_on__lte=timezone.localdate())),
        )
    }
    answers: dict[int, list[str]] = defaultdict(list)
    for round, answer in (
        Response.objects.counting().filter(round__in=by_pk).values_list("round", "answer")
    ):
        answers[round].append(answer)
    return {
        pk: AnswerCounts(
            counts=count_answers(answers[pk]),
            seats=seats.get(pk, (0, 0))[0],
            given_up=seats.get(pk, (0, 0))[1],
            quorum=round.quorum,
            decision_method=round.decision_method,
        )
        for pk, round in by_pk.items()
    }
