"""What a look finds: of which kind, and where in a text."""

from typing import NamedTuple

from engagements.models import Hint

Kind = Hint.Kind


class Spotted(NamedTuple):
    """One thing found in a text; two are in the order of where they begin."""

    start: int
    length: int
    kind: str

    @property
    def end(self) -> int:
        """Return the place of the first letter that is no longer its own."""
        return self.start + self.length

    def overlaps(self, other: "Spotted") -> bool:
        """Say whether a letter belongs to both."""
        return self.start < other.end and other.start < self.end
