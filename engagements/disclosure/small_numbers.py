"""Small numbers: which counts the public may read without learning who a person is.

After the "10-5 rule" of the Office for National Statistics, from its papers on disclosure control
of published tables: a count below ten is kept back (primary suppression), and with it any other
from which it could be got by subtraction (secondary suppression). We don't round to five as well,
since every number here opens the records behind it.

Whoever reads a table knows its total, what is shown, and these rules. A number is safe while all
that leaves many values for it: of fewer than ten, at least five. So:

- What is kept back of a known total adds up to at least the smallest number that may be shown.
  Until it does, the next smallest is kept back too, and all that equal it: which of two equal ones
  was chosen would tell.
- Where one is kept back, zeros are too. Else three small ones that make three would be 1, 1 and 1.
- Where a large one is kept back beside small ones, all have the same words. Saying which is which
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
    and is 0 where its size is kept back too. ``is_least`` says that there are so many at least, for
    what is told in steps. It is false only where there is nothing at all.
    """

    def __init__(self, value: int | None, below: int = 0, *, is_least: bool = False) -> None:
        self.value, self.below, self.is_least = value, below, is_least

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, PublicCount)
            and self.frozen == other.frozen
            and self.is_least == other.is_least
        )

    def __hash__(self) -> int:
        return hash((self.frozen, self.is_least))

    def __repr__(self) -> str:
        return f"PublicCount({self.frozen!r}{', is_least=True' if self.is_least else ''})"

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
            return format_number(self.value) + ("+" if self.is_least else "")
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


def disclose_parts(
    counts: Sequence[int], smallest: int, of: Sequence[int] | None = None
) -> list[PublicCount]:
    """Return counts that add up to a number that the public may work out, or reads.

    Give every part of it, the zeros too: one left out would say that it is nothing. ``of`` says for
    each of how many more that the public knows it is a part, where it is.
    """
    nearly_all = {
        count
        for count, more in zip(counts, of or (), strict=False)
        if count >= smallest and _is_nearly_all(count, more, smallest)
    }
    if not nearly_all and not any(0 < count < smallest for count in counts):
        return [PublicCount(count) for count in counts]

    def reveals(hidden: Sequence[int]) -> bool:
        if sum(hidden) < smallest or len(hidden) < 2:
            return True
        if any(count >= smallest for count in hidden):
            return False
        # At their most they have little choice either: two below ten that make 17 are 8 and 9.
        return _most_of_one(sum(hidden), len(hidden), smallest) < (smallest + 1) // 2

    least = {count for count in counts if count < smallest} | nearly_all
    return _kept_back(counts, smallest, least, reveals)


def _is_nearly_all(count: int, of: int, smallest: int) -> bool:
    """Say whether all but a few are in a part; or more, where the whole is told as it was."""
    return count != of and of - count < smallest


def _most_of_one(total: int, parts: int, smallest: int) -> int:
    """Count the values that one of so many small numbers may have that make a total."""
    largest = smallest - 1
    return min(largest, total) - max(0, total - largest * (parts - 1)) + 1


def disclose_whole(
    parts: Sequence[int], smallest: int, of: Sequence[int] | None = None
) -> tuple[PublicCount, list[PublicCount]]:
    """Return a number and the parts that add up to it; where it is kept back, so are they.

    ``of`` says for each of how many more it is a part: so is the number of their sum.
    """
    whole = sum(parts)
    if of is not None and whole >= smallest and _is_nearly_all(whole, sum(of), smallest):
        return PublicCount(None), [PublicCount(None)] * len(parts)
    return disclose_count(whole, smallest), disclose_parts(parts, smallest, of)


def disclose_overlapping(counts: Sequence[int], total: int, smallest: int) -> list[PublicCount]:
    """Return counts of what may be several at once, beside how many there are in all.

    Comments of a theme's codes are such: they add up to the theme's own or more, so those kept
    back are at least what the others leave of it.
    """

    def reveals(hidden: Sequence[int]) -> bool:
        left = total - sum(counts) + sum(hidden)
        # One less than their most, so that reading this rule doesn't tell that they are there.
        most = len(hidden) * (smallest - 1) - (smallest + 1) // 2
        return total >= smallest and left >= most

    if any(smallest <= count and 0 < total - count < smallest for count in counts):
        # One carries nearly all: what is told of the others would go far to say of whom it doesn't.
        return [PublicCount(None if count else 0) for count in counts]
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
    size_tells = max(hidden) >= smallest or (sum(counts) >= smallest and reveals(hidden))
    return [
        PublicCount(None, 0 if size_tells else smallest) if count in values else PublicCount(count)
        for count in counts
    ]
