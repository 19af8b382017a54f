"""The arithmetic of the three ways of deciding: what answers come to, and the words for it."""

import pytest

from steering.models import Answer, DecisionMethod
from steering.queries.answer import AnswerCounts, count_answers

YES, BUT, NOT_YET, NO, ASIDE = "agree", "reservation", "not_yet", "object", "stand_aside"

# Answers of a group whose quorum is four, and whether each way of deciding calls them agreement.
TABLE = [
    # answers, consent, consensus, majority
    ([], False, False, False),
    ([YES] * 4, True, True, True),
    ([YES] * 3, False, False, False),
    ([YES] * 3 + [ASIDE], False, False, False),
    ([YES] * 4 + [ASIDE] * 8, True, True, True),
    ([ASIDE] * 12, False, False, False),
    ([BUT] * 4, True, True, True),
    ([YES, YES, BUT, BUT], True, True, True),
    ([YES] * 3 + [NOT_YET], True, False, True),
    ([YES, YES, NOT_YET, NOT_YET], False, False, False),
    ([YES, YES, BUT, NOT_YET, NOT_YET], True, False, True),
    ([YES] + [NOT_YET] * 11, False, False, False),
    ([YES] * 11 + [NO], False, False, True),
    ([YES] * 3 + [NO] * 2, False, False, True),
    ([YES] * 2 + [NO] * 2, False, False, False),
    ([YES, YES, YES, NOT_YET, NO], False, False, True),
    ([YES, YES, NOT_YET, NO, ASIDE], False, False, False),
    ([NOT_YET] * 4, False, False, False),
    ([NO] * 4, False, False, False),
]


def _numbers(answers: list[str], method: str) -> AnswerCounts:
    return AnswerCounts(counts=count_answers(answers), seats=12, quorum=4, decision_method=method)


@pytest.mark.parametrize(
    ("answers", "consent", "consensus", "majority"),
    TABLE,
    ids=lambda value: " ".join(value) or "none" if isinstance(value, list) else "",
)
def test_what_answers_come_to_by_each_way_of_deciding(
    answers, consent, consensus, majority
) -> None:
    owed = {"consent": consent, "consensus": consensus, "majority": majority}
    assert {way: _numbers(answers, way).supports_agreement for way in owed} == owed


@pytest.mark.parametrize(
    ("answers", "method", "words"),
    [
        ([YES] * 4, "consent", "These answers support agreeing it."),
        ([YES] * 2 + [ASIDE] * 5, "consent", "Not enough people have answered: 2 more are needed."),
        ([YES, NOT_YET, NOT_YET, NO], "consent", "Somebody objects"),
        ([YES] + [NOT_YET] * 11, "consent", "More people have to agree than say not yet"),
        ([YES] * 3 + [NOT_YET], "consensus", "Somebody says not yet"),
        ([YES] * 2 + [NO] * 2, "majority", "Not enough of those who answered agree."),
    ],
)
def test_what_answers_come_to_is_said_in_a_sentence(answers, method, words) -> None:
    assert _numbers(answers, method).meaning.startswith(words)


def test_every_way_of_deciding_has_its_rule_in_a_sentence() -> None:
    rules = {str(method.rule) for method in DecisionMethod}
    assert len(rules) == len(DecisionMethod)
    assert all(rule.startswith("It is agreed if") for rule in rules)
    assert set(count_answers([])) == set(Answer.values)
