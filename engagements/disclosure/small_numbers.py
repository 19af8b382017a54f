"""Small numbers: which counts the public may read without learning who a person is.

After the "10-5 rule" of the Office for National Statistics, from its papers on disclosure control
of published tables: a count below ten is kept back (primary suppression), and with it any other
from which it could be got by subtraction (secondary suppression). We don't round to five as well,
since every number here opens the records behind it.

Whoever reads a table knows its total, what is shown, and these rules. A number is safe while all
that leaves at least two values for it. So:

- What is kept back of a known total adds up to at least the smallest number that may be shown.
  Until it does, the next smallest is kept back too, and all that equal it: which of two equal ones
  was chosen would tell.
- Where one is kept back, zeros are too. Else three small ones that make three would be 1, 1 and 1.
- Where a large one is kept back beside small ones, all wear the same words. Saying which is which
  would tell that 11 is 1 and 10.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class PublicCount:
    """A count as the public reads it; ``value`` is None where it is kept back."""

    value: int | None
    smallest: int
    # Kept back with others, of which one is large enough: its words say nothing of its size.
    beside: bool = False

    def __str__(self) -> str:
        """Write the number, or say why there is none."""
        if self.value is not None:
            return f"{self.value:,}"
        if self.beside:
            return _("not shown")
        return _("fewer than %(number)d") % {"number": self.smallest}

    @property
    def grammar(self) -> int:
        """The number that decides how the word after it is said."""
        return self.smallest if self.value is None else self.value


def disclose_count(count: int, smallest: int) -> PublicCount:
    """Return one count as the public reads it. Nothing at all may be said; a few may not."""
    return PublicCount(None if 0 < count < smallest else count, smallest)


def disclose_parts(counts: Sequence[int], smallest: int) -> list[PublicCount]:
    """Return counts that add up to a number that the public may work out, or read by ``shown``.

    Give every part of it, the zeros too: one left out would say that it is nothing.
    """
    if not any(0 < count < smallest for count in counts):
        return [PublicCount(count, smallest) for count in counts]

    def told(hidden: Sequence[int]) -> bool:
        # At their most they have no choice either: two below ten that make 18 are 9 and 9.
        at_most = all(count == smallest - 1 for count in hidden)
        return sum(hidden) < smallest or at_most

    least = {count for count in counts if count < smallest}
    return _kept_back(counts, smallest, least, told)


def disclose_overlapping(counts: Sequence[int], total: int, smallest: int) -> list[PublicCount]:
    """Return counts of what may be several at once, beside how many there are in all.

    Comments of a theme's codes are such: they add up to the theme's own or more, so those kept
    back are at least what the others leave of it.
    """

    def told(hidden: Sequence[int]) -> bool:
        left = total - sum(counts) + sum(hidden)
        # One less than their most, so that reading this rule doesn't tell that they are there.
        return total >= smallest and left >= len(hidden) * (smallest - 1) - 1

    least = {count for count in counts if 0 < count < smallest}
    if not least:
        return [PublicCount(count, smallest) for count in counts]
    return _kept_back(counts, smallest, least, told)


def _kept_back(
    counts: Sequence[int],
    smallest: int,
    least: set[int],
    told: Callable[[Sequence[int]], bool],
) -> list[PublicCount]:
    """Keep back the counts in ``least``, then the next smallest for as long as they are told."""
    values = set(least)
    larger = sorted({count for count in counts if count >= smallest})
    hidden = [count for count in counts if count in values]
    while larger and told(hidden):
        values.add(larger.pop(0))
        hidden = [count for count in counts if count in values]
    # Nothing is told of a total that is small itself.
    unsaid = values != least or (sum(counts) >= smallest and told(hidden))
    return [
        PublicCount(None, smallest, beside=unsaid)
        if count in values
        else PublicCount(count, smallest)
        for count in counts
    ]
