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

from django.utils.translation import gettext as _

from coproduction.ui.numbers import format_number

# A count as it is kept in an edition: itself; "<10" where it is fewer than ten; None where not even
# that is said, since it would give a smaller one away.
Frozen = int | str | None


class PublicCount:
    """A count as the public reads it: a number, how small it is, or that it is not shown.

    ``value`` is the number, None where it is kept back; ``below`` then says what it is fewer than,
    and is 0 where its size is kept back too. It is false only where there is nothing at all.
    """

    def __init__(self, value: int | None, below: int = 0) -> None:
        self.value, self.below = value, below

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PublicCount) and self.frozen == other.frozen

    def __hash__(self) -> int:
        return hash(self.frozen)

    def __repr__(self) -> str:
        return f"PublicCount({self.frozen!r})"

    @classmethod
    def read(cls, frozen: Frozen) -> "PublicCount":
        """Read a count as an edition keeps it."""
        if isinstance(frozen, str):
            return cls(None, int(frozen.removeprefix("<")))
        return cls(frozen)

    @property
    def frozen(self) -> Frozen:
        """The count as an edition keeps it."""
        return f"<{self.below}" if self.below else self.value

    def __bool__(self) -> bool:
        """Whether anything was counted."""
        return self.value != 0

    def __str__(self) -> str:
        """Write the number, or that it is small, or that it is not shown."""
        if self.value is not None:
            return format_number(self.value)
        if self.below:
            return _("fewer than %(number)d") % {"number": self.below}
        return _("not shown")

    @property
    def is_number(self) -> bool:
        """Whether it says a number."""
        return self.value is not None

    @property
    def says_size(self) -> bool:
        """Whether it says a number, or at least how small it is."""
        return self.is_number or bool(self.below)

    @property
    def drawn(self) -> int:
        """What a chart draws of it: nothing where no number is said."""
        return self.value or 0

    @property
    def grammar(self) -> int:
        """The number that decides between singular and plural in the words after it."""
        return self.below or 2 if self.value is None else self.value


def disclose_count(count: int, smallest: int) -> PublicCount:
    """Return one count as the public reads it. Nothing at all may be said; a few may not."""
    return PublicCount(None, smallest) if 0 < count < smallest else PublicCount(count)


def disclose_parts(counts: Sequence[int], smallest: int) -> list[PublicCount]:
    """Return counts that add up to a number that the public may work out, or reads.

    Give every part of it, the zeros too: one left out would say that it is nothing.
    """
    if not any(0 < count < smallest for count in counts):
        return [PublicCount(count) for count in counts]

    def reveals(hidden: Sequence[int]) -> bool:
        # At their most they have no choice either: two below ten that make 18 are 9 and 9.
        at_most = all(count == smallest - 1 for count in hidden)
        return sum(hidden) < smallest or at_most

    least = {count for count in counts if count < smallest}
    return _kept_back(counts, smallest, least, reveals)


def disclose_whole(parts: Sequence[int], smallest: int) -> tuple[PublicCount, list[PublicCount]]:
    """Return a number and the parts that add up to it; where it is kept back, so are they."""
    return disclose_count(sum(parts), smallest), disclose_parts(parts, smallest)


def disclose_overlapping(counts: Sequence[int], total: int, smallest: int) -> list[PublicCount]:
    """Return counts of what may be several at once, beside how many there are in all.

    Comments of a theme's codes are such: they add up to the theme's own or more, so those kept
    back are at least what the others leave of it.
    """

    def reveals(hidden: Sequence[int]) -> bool:
        left = total - sum(counts) + sum(hidden)
        # One less than their most, so that reading this rule doesn't tell that they are there.
        return total >= smallest and left >= len(hidden) * (smallest - 1) - 1

    least = {count for count in counts if 0 < count < smallest}
    if not least:
        return [PublicCount(count) for count in counts]
    return _kept_back(counts, smallest, least, reveals)


def _kept_back(
    counts: Sequence[int],
    smallest: int,
    least: set[int],
    reveals: Callable[[Sequence[int]], bool],
) -> list[PublicCount]:
    """Keep back the counts in ``least``, and the next smallest while they can be worked out."""
    values = set(least)
    larger = sorted({count for count in counts if count >= smallest})
    hidden = [count for count in counts if count in values]
    while larger and reveals(hidden):
        values.add(larger.pop(0))
        hidden = [count for count in counts if count in values]
    # A total that is small itself gives nothing away by the size of its parts.
    size_tells = values != least or (sum(counts) >= smallest and reveals(hidden))
    return [
        PublicCount(None, 0 if size_tells else smallest) if count in values else PublicCount(count)
        for count in counts
    ]
