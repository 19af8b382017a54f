"""What an edition froze, read from its row."""

from plan.edition.snapshot import Snapshot
from plan.edition.upgrades import read_snapshot
from plan.models import Edition

# Where a row remembers what was read from it: pages ask several times.
_REMEMBERED = "_snapshot_read"


def snapshot_of_edition(edition: Edition) -> Snapshot:
    """Read what an edition froze, of whatever shape. Raises Malformed, which says what is wrong."""
    raw, read = edition.__dict__.get(_REMEMBERED, (None, None))
    if read is None or raw is not edition.snapshot:
        read = read_snapshot(edition.snapshot)
        edition.__dict__[_REMEMBERED] = (edition.snapshot, read)
    return read
