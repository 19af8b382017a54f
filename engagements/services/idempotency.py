"""The name of an entry, by which it is kept once however often it is sent."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4, uuid5


def submission_keys(
    page: UUID | None, *, answers: Iterable[Any], texts: Iterable[str]
) -> list[UUID]:
    """Name each text by the page it was sent from, what it says and what goes with it.

    The same words sent again from the same page have the same names. Other words, typed after the
    browser's Back button or by the next person at the same tablet, have others, so that they are
    not taken for the first and lost; so has another consent, or another description.
    """
    page = page or uuid4()
    beside = list(answers)
    seen: Counter[str] = Counter()
    names = []
    for text in texts:
        names.append(uuid5(page, repr([*beside, text, seen[text]])))
        seen[text] += 1
    return names
