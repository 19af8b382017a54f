"""A count as an edition says it: a number, or why there is none."""

from dataclasses import dataclass

from engagements.disclosure.small_numbers import PublicCount

# How a count is frozen: itself; "<10" where it is fewer than ten; None where it is kept back since
# it would give a smaller one away.
Frozen = int | str | None


@dataclass(frozen=True)
class Count:
    """A frozen count as a page writes it. It is false only when there is nothing at all."""

    value: int | None
    below: int = 0

    def __bool__(self) -> bool:
        """Whether anything was counted."""
        return self.value != 0

    def __str__(self) -> str:
        """Write the number, or that it is small, or that it is not shown."""
        return str(PublicCount(self.value, self.below, beside=not self.below))

    @property
    def is_shown(self) -> bool:
        """Whether it says a number."""
        return self.value is not None

    @property
    def is_told(self) -> bool:
        """Whether it says anything: a number, or at least how small it is."""
        return self.is_shown or bool(self.below)

    @property
    def drawn(self) -> int:
        """What a chart draws of it: nothing where no number is said."""
        return self.value or 0

    @property
    def grammar(self) -> int:
        """The number that decides between singular and plural."""
        return self.below or 2 if self.value is None else self.value


def frozen(shown: PublicCount) -> Frozen:
    """Return a count as it is frozen."""
    if shown.value is not None:
        return shown.value
    return None if shown.beside else f"<{shown.smallest}"


def read_count(frozen: Frozen) -> Count:
    """Read a frozen count."""
    if isinstance(frozen, str):
        return Count(None, int(frozen.removeprefix("<")))
    return Count(frozen)
