"""What a trail says last of a row, as it is read from the first entry on."""

from dataclasses import dataclass, replace

from coproduction.projects.models import AuditEntry
from coproduction.projects.trail.came import BROUGHT_IN


@dataclass(frozen=True)
class Attestation:
    """The last that the trail says of a row: in which entry, and the digest with its salt."""

    number: int
    digest: str
    salt: str
    # The entry in which it entered the trail.
    first: int
    # Whether that entry took in what was there before, and can't say how it came to be.
    is_from_before: bool
    # What it was called when that was said, where it is called otherwise since.
    called: str = ""

    @property
    def form(self) -> int:
        """Which columns the digest is of; 0 where it is none."""
        form = str(self.digest).partition(":")[0]
        return int(form) if form.isdecimal() else 0


def is_from_before(entry: AuditEntry) -> bool:
    """Whether an entry took in what was there before there was a trail of it."""
    return isinstance(entry.now, dict) and "from_before" in entry.now


def taken_under_new_names(
    entry: AuditEntry, attested: dict[str, Attestation]
) -> dict[str, Attestation]:
    """Take out what rows are attested by that go by another name from an entry on; return it so.

    Rows that have no uuid go by a number, which is another one where they came in.
    """
    renamed = entry.now.get("renamed", {}) if entry.verb == BROUGHT_IN else {}
    taken = {new: (old, attested.pop(old)) for old, new in renamed.items() if old in attested}
    return {new: replace(said, called=said.called or old) for new, (old, said) in taken.items()}
