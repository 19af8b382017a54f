"""Every check there is, in the order in which what is wrong with one explains the next."""

from collections.abc import Callable, Mapping

from django.db import Error as DatabaseError
from django.utils.translation import gettext as _

from overview.queries.installation import front, mail, places, tables, work
from overview.queries.installation.check import Check, Standing, wrong

_OF_DATABASE: tuple[Callable[[], Check], ...] = (
    tables.migrations,
    tables.clock_of_database,
    work.workers,
    work.queue,
    work.signs_of_life,
    mail.letters,
    tables.search_index,
)
_OF_ITSELF: tuple[Callable[[], Check], ...] = (
    mail.mail_server,
    work.broker,
    places.files,
    places.room,
    places.static_files,
    places.backup,
    places.secrets,
    front.address,
    front.trying_out,
)
_ORDER = tuple(Standing)


def checks(headers: Mapping[str, str] | None = None) -> list[Check]:
    """Look at everything; return what is wrong first, then what to look at, then what is right.

    ``headers`` are those of a request, as the last proxy sent it, where there is one.
    """
    answers = tables.database_answers()
    asked = [*(_OF_DATABASE if answers else ()), *_OF_ITSELF]
    found = [tables.database(), *map(_looked_at, asked), front.proxies(headers)]
    return sorted(found, key=lambda each: _ORDER.index(each.standing))


def _looked_at(check: Callable[[], Check]) -> Check:
    """Make one check; a database that has not the tables for it, or goes away, ends no other."""
    try:
        return check()
    except DatabaseError:
        return wrong(
            _("Database"),
            _("The database could not be asked: %(what)s.") % {"what": check.__name__},
            _("See first what is said of the database and its tables."),
        )
