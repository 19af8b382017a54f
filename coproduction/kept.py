"""What is kept, said in one form: each app's ``kept.py`` lists its own; here are the words for it.

Whatever tells of it, takes it along or takes it away goes by these lists: the page about privacy,
the record for the team, what is due to go, a project's archive, and erasing.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise


class Whose(StrEnum):
    """Whom it is about, or who said it."""

    HEARD = "heard"  # A person who was heard, or who came.
    MEMBER = "member"  # Somebody who works here, or who sits in the group.
    PARTNER = "partner"  # Somebody at an organisation that takes part.
    PROJECT = "project"  # Nobody: the project's own.
    INSTALLATION = "installation"  # Nobody: what the programme needs to run.


class Leaves(StrEnum):
    """Whether it goes along when a whole project goes to another place."""

    WHOLE = "whole"
    STRIPPED = "stripped"  # The row goes, with its ``private`` fields emptied.
    STAYS = "stays"


class Erasure(StrEnum):
    """What becomes of it when a person's words, or what tells who they are, go for good."""

    EMPTIED = "emptied"  # The row stays, with its ``private`` fields emptied.
    DELETED = "deleted"  # The row goes.
    NOTHING = "nothing"  # It holds nobody's words, and nothing that tells who somebody is.


@dataclass(frozen=True, kw_only=True)
class Kept:
    """The rows of one model: what they are, whose, why and how long.

    Each field that can hold words, or that points to a person, stands in one of the three lists;
    what can't hold a word (numbers, days, choices from a list) stands in none.
    """

    model: str
    what: str | Promise
    whose: Whose
    why: str | Promise
    # A period that each project sets, by its name; None: as long as the project, or the
    # installation, is there.
    period: str | None = None
    # For how many days, where that is the same for the whole installation; 0: see ``period``.
    days: int = 0
    leaves: Leaves
    erasure: Erasure
    # Words that somebody said or wrote of themselves or others, addresses, and names of people.
    private: tuple[str, ...] = ()
    # What points to a person's row: the name stands there, and goes there.
    who: tuple[str, ...] = ()
    # Text that is no person's: the project's own words, codes, digests, what is published.
    open: tuple[str, ...] = ()
    # The way from a row to its project, "pk" for the project itself; "" where it is of none.
    through: str = ""


@dataclass(frozen=True, kw_only=True)
class KeptFile:
    """The same of what no row holds: files, and tables that stand for no model.

    ``where`` is the folder of the storage ("imports/"), a place in DATA_DIR ("DATA_DIR/mail"), a
    cache ("CACHES/pages"), or a table ("table:..."). ``field`` is the column that names a file:
    "engagements.ImportBatch.file".
    """

    where: str
    field: str = ""
    what: str | Promise
    whose: Whose
    why: str | Promise
    period: str | None = None
    days: int = 0
    leaves: Leaves
    erasure: Erasure
