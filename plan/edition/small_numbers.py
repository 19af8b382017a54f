"""Small numbers: the one place where an edition keeps counts back, just before it is frozen."""

from collections.abc import Sequence
from typing import Any

from engagements.disclosure.small_numbers import Frozen, disclose_parts, disclose_whole

Row = dict[str, Any]


def keep_small_counts_back(snapshot: Row, *, smallest: int) -> Row:
    """Return an exact snapshot as it may be published: no count tells of fewer than ``smallest``.

    It covers what people said and how many were heard. Each count is published along one line
    only, whose sum is published too: by question, by occasion, by theme and question, by action
    and question. Never by two at once (by occasion and question, by action and occasion): there
    most cells are of one or two people, and each could be worked out along the other line. The
    headline figures stay; those who sit on the group or came to a workshop were there in public.
    """
    figures, rows = snapshot["figures"], snapshot["engagements"]
    comments = _parts([sum(row["comments"].values()) for row in rows], smallest)
    people = _parts([row["people"] for row in rows], smallest)
    # Every question that anybody answered, so that a part left out doesn't say that it is nothing.
    asked = list(figures["by_question"])
    return snapshot | {
        "engagements": [
            row | {"people": heard, "comments": said}
            for row, heard, said in zip(rows, people, comments, strict=True)
        ],
        "themes": [
            theme | _whole_and_parts(theme, asked, smallest) for theme in snapshot["themes"]
        ],
        "actions": [_with_thread(row, asked, smallest) for row in snapshot["actions"]],
        "not_taken_forward": [
            _with_thread(row, asked, smallest) for row in snapshot["not_taken_forward"]
        ],
        "figures": figures
        | {
            "by_question": dict(
                zip(asked, _parts(list(figures["by_question"].values()), smallest), strict=True)
            )
        },
    }


def _with_thread(row: Row, asked: Sequence[str], smallest: int) -> Row:
    """Keep back what an action's thread would tell: where things were said, not how many there."""
    thread = row["thread"]
    places = [occasion for occasion, _number in thread["engagements"]]
    counts = _whole_and_parts(thread, asked, smallest)
    # Those quoted are there to be counted, so these two add up to a number that is known.
    counts["quotable"] = _parts(thread["quotable"], smallest)[0]
    if smallest > 1 and len(places) >= smallest - 1 and thread["comments"] <= len(places) + 1:
        # About one comment from each place: the sum would tell what every one of them brought.
        counts = {"comments": None, "by_question": dict.fromkeys(asked), "quotable": None}
    return row | {"thread": thread | counts | {"engagements": places}}


def _whole_and_parts(row: Row, asked: Sequence[str], smallest: int) -> Row:
    """Return a count and the counts it is made of; where it is kept back, so are they."""
    total, parts = disclose_whole([row["by_question"].get(kind, 0) for kind in asked], smallest)
    by_question = {kind: part.frozen for kind, part in zip(asked, parts, strict=True)}
    return {"comments": total.frozen, "by_question": by_question}


def _parts(counts: Sequence[int], smallest: int) -> list[Frozen]:
    """Return counts whose sum is published."""
    return [each.frozen for each in disclose_parts(counts, smallest)]
