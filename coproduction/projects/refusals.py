"""The base of every refusal: a plain sentence a person can act on."""

from django.db import InterfaceError, OperationalError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What a database that is away or held raises; see ``is_away``.
DATABASE_ERRORS = (OperationalError, InterfaceError)


class Refusal(Exception):
    """A change that may not happen. ``sentence`` says what to do, and may be shown as it is."""

    sentence: str | Promise = ""

    def __init__(self, sentence: str | Promise | None = None) -> None:
        """Take the sentence to show, or the class's own."""
        super().__init__()
        if sentence is not None:
            self.sentence = sentence

    def __str__(self) -> str:
        """Return the sentence in the reader's language."""
        return str(self.sentence)


class NotNow(Refusal):
    """What a change needs is away: the same may be sent again, and what was typed is kept."""

    sentence = _(
        "We can't keep this just now. Everything you wrote is still here. "
        "Wait a few minutes, then send it again."
    )


def is_away(problem: BaseException | None) -> bool:
    """Say whether this says that the database is away, full, or held for long by somebody else.

    SQLite calls our own mistakes, such as a table that is not there, by the same name.
    """
    if not isinstance(problem, DATABASE_ERRORS):
        return False
    return getattr(problem.__cause__, "sqlite_errorname", "") != "SQLITE_ERROR"
