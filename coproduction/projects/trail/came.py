"""Keys of a chain that came here from another installation: its old ends bear them.

In ``came`` of TRAIL_KEYS such a chain has a file: first the number of the last entry that came,
then the keys, the first first. They count for that chain alone, and for no later entry of it.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from coproduction.projects.models import AuditHead, TrailHead
from coproduction.projects.trail.signing import KeysUnreadable, PublicKey

# What the trail says when a project came in with all its records, from another installation.
BROUGHT_IN = "projects.project_brought_in"


@dataclass(frozen=True)
class CameWith:
    """The keys that a chain came with, and the last entry whose end they may have signed."""

    until: int = 0
    keys: tuple[PublicKey, ...] = ()

    def place_of(self, head: AuditHead | TrailHead, own: Sequence[str]) -> int | None:
        """Return which of all keys, in the order they came into force, a head bears; None: none.

        ``own`` are those of this installation, which sign whatever came after.
        """
        came = [each.key for each in self.keys]
        if head.number <= self.until:
            return came.index(head.key) if head.key in came else None
        return len(came) + own.index(head.key) if head.key in own else None


def came_with(chain: str) -> CameWith:
    """Return what a chain came with; nothing for one begun here. Raises KeysUnreadable."""
    try:
        number, *lines = _file_of(chain).read_text().splitlines()
        keys = (line.split() for line in lines)
        return CameWith(int(number), tuple(PublicKey(key, begun) for key, begun in keys))
    except FileNotFoundError:
        return CameWith()
    except (OSError, ValueError) as trouble:
        raise KeysUnreadable(f"the keys that the chain came with can't be read: {trouble}") from (
            trouble
        )


def keep_came_with(chain: str, came: CameWith) -> None:
    """Keep what a chain came with. Raises OSError."""
    path = _file_of(chain)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lines = [str(came.until), *(f"{each.key} {each.begun or '-'}" for each in came.keys)]
    aside = path.with_suffix(f".{os.getpid()}")
    aside.write_text("\n".join(lines) + "\n")
    aside.replace(path)


def forget_came_with(chain: str) -> None:
    """Forget what a chain came with, which did not come in after all."""
    _file_of(chain).unlink(missing_ok=True)


def _file_of(chain: str) -> Path:
    """Return where the keys of a chain are."""
    return Path(settings.TRAIL_KEYS, "came", chain)
