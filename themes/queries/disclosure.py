"""Small numbers: which counts the public may read without learning who a person is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Shown:
    """A count as the public reads it; ``value`` is None where it is kept back."""

    value: int | None
    smallest: int
    # Kept back though it is large enough: it would give a smaller one away by subtraction.
    beside: bool = False

    def __str__(self) -> str:
        """Write the number, or say why there is none."""
        if self.value is not None:
            return f"{self.value:,}"
        if self.beside:
            return _("not shown")
        return _("fewer than %(number)d") % {"number": self.smallest}


def shown(count: int, smallest: int) -> Shown:
    """Return one count as the public reads it. Nothing at all may be said; a few may not."""
    return Shown(None if 0 < count < smallest else count, smallest)


def shown_together(counts: Sequence[int], smallest: int) -> list[Shown]:
    """Return counts that add up to a number shown elsewhere.

    One kept back alone could be worked out from the others, so the next smallest is kept back with
    it.
    """
    found = [shown(count, smallest) for count in counts]
    hidden = [each for each in found if each.value is None]
    others = [count for count, each in zip(counts, found, strict=True) if each.value]
    if len(hidden) == 1 and others:
        found[counts.index(min(others))] = Shown(None, smallest, beside=True)
    return found
