"""What the answers in a round come to: which count, quorum, and whether they support agreement."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coproduction.projects.models import User
from steering.models import Answer, DecisionMethod, Response, Round, Seat

Given = Sequence[Response]


def counting_answer(given: Given) -> Response | None:
    """Return which of the answers from one seat in one round counts, the earliest given first.

    The member's own, the last of them. What somebody wrote down for the member counts where there
    is none; after an own answer it stands beside, and counts only once it is confirmed.
    """
    own = next((each for each in reversed(given) if each.is_own), None)
    if own is None:
        return given[-1] if given else None
    after = given[given.index(own) + 1 :]
    return next((each for each in reversed(after) if each.is_confirmed), own)


def waiting_answer(given: Given) -> Response | None:
    """Return what was written down last, where it says otherwise than what counts, and waits."""
    last = given[-1] if given else None
    if last is None or last.is_own or last.is_confirmed:
        return None
    counting = counting_answer(given)
    return last if counting is not None and counting.answer != last.answer else None


def last_own_answer(given: Given) -> Response | None:
    """Return what a member said last, signed in or with a pass."""
    return next((each for each in reversed(given) if each.is_own), None)


def _given(rounds: Iterable[Round] | Iterable[int]) -> "QuerySet[Response]":
    """Return the answers in some rounds, in the order in which they reached us."""
    rows = Response.objects.filter(round__in=rounds)
    return rows.select_related("confirmation").order_by("at", "pk")


def _by_seat(rows: Iterable[Response]) -> dict[int, dict[int, list[Response]]]:
    """Put answers together by round and seat."""
    found: dict[int, dict[int, list[Response]]] = defaultdict(lambda: defaultdict(list))
    for each in rows:
        found[each.round_id][each.seat_id].append(each)
    return found


def answers_given(round: Round, seat: Seat | None) -> list[Response]:
    """Return every answer from a seat of a round, in the order in which they reached us."""
    if seat is None:
        return []
    people = ("recorded_by", "heard_by", "given_pass", "confirmation__by")
    return list(_given([round]).filter(seat=seat).select_related("seat", *people))


def answers_counting_for(user: User, rounds: Iterable[Round]) -> dict[int, Response]:
    """Return what counts as a member's answer in some rounds, by the round's key. One query."""
    found = _by_seat(_given(rounds).filter(seat__user=user))
    counting = {
        key: counting_answer([each for given in seats.values() for each in given])
        for key, seats in found.items()
    }
    return {key: answer for key, answer in counting.items() if answer is not None}


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
    # Of the answers that count, those somebody wrote down for a member.
    written_down: int = 0

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
        """How many object: one stands against agreement, unless the majority decides."""
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
    """The numbers of one round, with the answers behind them and the seats still missing.

    ``waiting`` are those written down that say otherwise than the member did, and that nobody has
    confirmed yet: they count nowhere.
    """

    answers: tuple[Response, ...] = ()
    missing: tuple[Seat, ...] = ()
    waiting: tuple[Response, ...] = ()

    @property
    def writers(self) -> list[dict[str, Any]]:
        """Who wrote down how many of the answers that count, by name."""
        names = Counter(
            each.recorded_by.display_name
            for each in self.answers
            if each.recorded_by is not None and not each.is_own
        )
        return [{"name": name, "number": number} for name, number in sorted(names.items())]

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
    """Count a round's answers now: of each seat, the one that counts. Two queries."""
    seats = list(round.electorate.all())
    people = ("recorded_by", "heard_by", "confirmation__by")
    given = _by_seat(_given([round]).select_related(*people))[round.pk]
    answers, waiting = [], []
    for seat in seats:
        for each in given.get(seat.pk, []):
            each.seat = seat
        counting = counting_answer(given.get(seat.pk, []))
        if counting is None:
            continue
        answers.append(counting)
        counting.waiting = waiting_answer(given[seat.pk])  # type: ignore[attr-defined]
        waiting += [counting.waiting] if counting.waiting else []  # type: ignore[attr-defined]
    missing = tuple(seat for seat in seats if not given.get(seat.pk))
    return RoundAnswers(
        counts=count_answers(each.answer for each in answers),
        seats=len(seats),
        quorum=round.quorum,
        decision_method=round.decision_method,
        given_up=sum(seat.has_ended for seat in missing),
        written_down=sum(not each.is_own for each in answers),
        answers=tuple(answers),
        missing=missing,
        waiting=tuple(waiting),
    )


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
    given = _by_seat(_given(by_pk).defer("reason"))
    answers = {
        pk: [each for each in map(counting_answer, given[pk].values()) if each] for pk in by_pk
    }
    return {
        pk: AnswerCounts(
            counts=count_answers(each.answer for each in answers[pk]),
            seats=seats.get(pk, (0, 0))[0],
            given_up=seats.get(pk, (0, 0))[1],
            written_down=sum(not each.is_own for each in answers[pk]),
            quorum=round.quorum,
            decision_method=round.decision_method,
        )
        for pk, round in by_pk.items()
    }
