"""Small numbers: the one place where an edition keeps counts back, as it is frozen.

It covers what people said and how many were heard. Each count is published along one line only,
whose sum is published too: by question, by event, by theme and question, by action and question.
Never by two at once (by event and question, by action and event): there most cells are of one or
two people, and each could be worked out along the other line. The headline figures stay; those who
sit on the group or came to a workshop were there in public.
"""

from collections.abc import Mapping, Sequence

from engagements.disclosure.small_numbers import PublicCount, disclose_parts, disclose_whole

ByQuestion = dict[str, PublicCount]


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


def thread_counts(
    by_event: Sequence[int],
    by_question: Mapping[str, int],
    quotable: Sequence[int],
    smallest: int,
) -> tuple[PublicCount, ByQuestion, PublicCount]:
    """Return what an action's thread may say: comments, those by question, and how many more may
    be quoted.

    ``by_event`` counts the comments of each event it names: how many there is never said.
    ``quotable`` are the comments not quoted whose speakers would let us, and the others.
    """
    comments, unsaid = sum(by_event), PublicCount(None)
    if smallest > 1 and len(by_event) >= smallest - 1 and comments <= len(by_event) + 1:
        # About one comment from each event: the sum would tell what every one of them brought.
        return unsaid, dict.fromkeys(by_question, unsaid), unsaid
    # Those quoted are there to be counted, so the two add up to a number that is known.
    return *whole_and_parts(by_question, smallest), disclose_parts(quotable, smallest)[0]
