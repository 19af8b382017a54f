"""Small numbers: the one place where an edition keeps counts back, as it is frozen.

Answers in a round were promised private: "3 agree" of three seats says what each of them said. So a
small group's are never told, only what it decided, and by which way of deciding.

It covers what people said and how many were heard. Each count is published along one line only,
whose sum is published too: by question, by event, by theme and question, by action and question.
Never by two at once (by event and question, by action and event): there most cells are of one or
two people, and each could be worked out along the other line. What is told stays as the last
edition told it until it has changed by enough (``engagements.disclosure.over_time``). Those who sit
on the group or came to a workshop were there in public.
"""

from collections.abc import Collection, Mapping

from engagements.disclosure.over_time import UNSAID, Line, settle_line
from engagements.disclosure.small_numbers import PublicCount, disclose_parts, disclose_whole

ByQuestion = dict[str, PublicCount]
# Of how many who were asked at least it is told how many gave each answer.
FEWEST_SEATS = 10


def disclose_answers(answers: Mapping[str, int], seats: int) -> dict[str, PublicCount]:
    """Return how many gave each answer in a round; of a few who were asked, none of it."""
    few = seats < FEWEST_SEATS
    return {kind: PublicCount(None if few else number) for kind, number in answers.items()}


def parts_by_question(by_question: Mapping[str, int], smallest: int) -> ByQuestion:
    """Return the counts of each question, whose sum is published."""
    counts = disclose_parts(list(by_question.values()), smallest)
    return dict(zip(by_question, counts, strict=True))


def whole_and_parts(
    by_question: Mapping[str, int], smallest: int
) -> tuple[PublicCount, ByQuestion]:
    """Return a count and those of each question it is made of; where it is kept back, so are they.

    Give every question that anybody answered anywhere, so that a part left out doesn't say that it
    is nothing.
    """
    whole, parts = disclose_whole(list(by_question.values()), smallest)
    return whole, dict(zip(by_question, parts, strict=True))


def thread_line(
    by_event: Collection[int],
    by_question: Mapping[str, int],
    before: Line | None,
    smallest: int,
    *,
    asked: Line,
) -> Line:
    """Return what an action's thread may say of its comments, by question.

    ``by_event`` counts the comments of each event it names: how many there is never said.
    ``before`` is what the last edition said, ``asked`` what is said of all comments by question.
    """
    line = settle_line(by_question, before, smallest, part_of=asked if asked.counted else None)
    if smallest > 1 and len(by_event) >= smallest - 1 and line.total <= len(by_event) + 1:
        # About one comment from each event: the sum would tell what every one of them brought.
        return Line(line.counted, dict.fromkeys(line.told, UNSAID), UNSAID)
    return line
