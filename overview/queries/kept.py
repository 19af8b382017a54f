"""What is kept, as people read it: a line for each kind of thing, in whatever tables it stands."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import Promise

from coproduction.kept import Erasure, Kept, KeptFile, Leaves, Whose
from overview.kept import EVERYTHING

_ORDER = list(Whose)
_FIRST_OF_ALIKE = (Leaves.STRIPPED, Leaves.WHOLE, Leaves.STAYS)


@dataclass(frozen=True)
class KeptKind:
    """One kind of thing that is kept, with all the rows and files that hold some of it."""

    what: str | Promise
    whose: Whose
    why: str | Promise
    period: str | None
    days: int
    # Whether it is a project's; else it is there for all projects of the installation.
    of_project: bool
    leaves: Leaves
    is_personal: bool
    # Whether it is somebody's who works here, whatever project they work in.
    ends_with_account: bool


def kinds_kept() -> list[KeptKind]:
    """Return every kind of thing that is kept, by whose it is, each once. No query."""
    by_what: dict[str, list[Kept | KeptFile]] = {}
    for kept in EVERYTHING:
        by_what.setdefault(str(kept.what), []).append(kept)
    return sorted((_kind(alike) for alike in by_what.values()), key=lambda k: _ORDER.index(k.whose))


def kinds_of_people() -> list[tuple[Whose, list[KeptKind]]]:
    """Return the kinds that hold people's words or names, by whose they are. No query."""
    personal = [kind for kind in kinds_kept() if kind.is_personal]
    return [(whose, list(kinds)) for whose, kinds in groupby(personal, lambda kind: kind.whose)]


def _kind(alike: list[Kept | KeptFile]) -> KeptKind:
    """Sum up what is called the same: it goes, and tells of people, as far as any of it does."""
    first = min(alike, key=lambda kept: _ORDER.index(kept.whose))
    leaves = {kept.leaves for kept in alike}
    return KeptKind(
        what=first.what,
        whose=first.whose,
        why=first.why,
        period=next((kept.period for kept in alike if kept.period), None),
        days=max(kept.days for kept in alike),
        of_project=any(getattr(kept, "through", "") or _is_stored(kept) for kept in alike),
        leaves=next(each for each in _FIRST_OF_ALIKE if each in leaves),
        is_personal=any(kept.erasure != Erasure.NOTHING for kept in alike),
        ends_with_account=any(_is_of_account(kept) for kept in alike),
    )


def _is_stored(kept: Kept | KeptFile) -> bool:
    """Say whether it is a file that a row of a project names."""
    return isinstance(kept, KeptFile) and bool(kept.field)


def _is_of_account(kept: Kept | KeptFile) -> bool:
    """Say whether it tells of somebody who works here, and belongs to no project."""
    is_row = isinstance(kept, Kept) and not kept.through and bool(kept.private)
    return is_row and kept.whose == Whose.MEMBER
