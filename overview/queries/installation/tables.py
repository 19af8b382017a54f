"""Checks of the database: that it answers, its tables, its time, and how comments are found."""

import time

from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from coproduction.database import is_empty
from coproduction.languages.word_index import word_index_of
from coproduction.ui.numbers import format_number
from engagements.models import Comment
from overview.queries.installation.check import Check, look_at, right, wrong

# Between two machines that ask the same servers for the time it is a hundredth of this.
_NEAR, _FAR = 2.0, 30.0
# A shorter table is read through as fast.
_MANY = 1_000


def database_answers() -> bool:
    """Say whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def database() -> Check:
    """Say that the database answers, and how big it is; or that it does not."""
    name = _("Database")
    if not database_answers():
        return wrong(
            name,
            _("The database does not answer."),
            _("See that it runs, and that %(setting)s is right.") % {"setting": "DATABASE_URL"},
        )
    if (letters := _letters_it_takes()) != "UTF8":
        return wrong(
            name,
            _("The database does not take every letter of every language: it was made for %(set)s.")
            % {"set": letters},
            _("Make a new one with UTF8, and restore a backup into it: %(file)s says how.")
            % {"file": "docs/install.md"},
        )
    size = _("The database answers. Its size in MB: %(size)s.")
    return right(name, size % {"size": format_number(database_bytes() // 10**6)})


def _letters_it_takes() -> str:
    """Return the name of the set of letters that the database was made for."""
    if connection.vendor != "postgresql":
        return "UTF8"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        return str(cursor.fetchone()[0])


def database_bytes() -> int:
    """Return how much room the database takes."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute(
                "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
            )
        return int(cursor.fetchone()[0])


def migrations() -> Check:
    """Look whether the tables are those of this release."""
    name = _("Tables")
    if is_empty():
        return wrong(
            name,
            _("The database is empty."),
            _("Run this first: %(command)s") % {"command": "manage.py migrate"},
        )
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return wrong(
            name,
            _("The tables are of an earlier release than the app."),
            _("Make a backup, and run: %(command)s") % {"command": "manage.py migrate"},
        )
    known = executor.loader.disk_migrations.keys() | executor.loader.replacements.keys()
    ours = {app for app, _name in known}
    if {each for each in executor.loader.applied_migrations if each[0] in ours} - known:
        return wrong(
            name,
            _("The tables are of a later release than the app."),
            _("Install the release that they were made by."),
        )
    return right(name, _("The tables are of this release."))


def clock_of_database() -> Check:
    """Compare the time of this machine with the database's, where that is another's."""
    name = _("Clock")
    if connection.vendor != "postgresql":
        return right(name, _("The database goes by the clock of this machine."))
    with connection.cursor() as cursor:
        before = time.time()
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        theirs = float(cursor.fetchone()[0])
        # The answer was made between the two; a slow way to it is no wrong clock.
        off = max(before - theirs, theirs - time.time(), 0.0)
    fact = _("Seconds between this clock and the database's: %(seconds)s.") % {
        "seconds": round(off)
    }
    if off < _NEAR:
        return right(name, _("This clock and the database's agree."))
    do = _("Have both machines set their clocks by the network.")
    return (look_at if off < _FAR else wrong)(name, fact, do)


def search_index() -> Check:
    """Look whether comments are found by an index, and the database knows its tables' sizes."""
    name, index = _("Search"), word_index_of(Comment)
    if index is not None and not index.is_made(connection, Comment):
        return look_at(
            name,
            _("There is no index of the comments' words: finding them takes longer."),
            _("Make it: %(command)s") % {"command": "manage.py index_comments"},
        )
    if not _is_measured():
        return look_at(
            name,
            _("The database has never measured its tables: pages may be slow."),
            _("Run in the database: %(command)s") % {"command": "ANALYZE"},
        )
    return right(name, _("Comments are found by an index, and the tables were measured."))


def _is_measured() -> bool:
    """Say whether the database has measured the table of comments, unless that is short."""
    table = Comment._meta.db_table
    with connection.cursor() as cursor:
        if not Comment.objects.order_by()[_MANY : _MANY + 1].exists():
            return True
        if connection.vendor == "postgresql":
            # It measures by itself what has grown by fifty rows and a tenth.
            cursor.execute(
                "SELECT coalesce(last_analyze, last_autoanalyze) IS NOT NULL"
                " FROM pg_stat_user_tables WHERE relname = %s",
                [table],
            )
            found = cursor.fetchone()
            return found is None or bool(found[0])
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")
        if cursor.fetchone() is None:
            return False
        cursor.execute("SELECT 1 FROM sqlite_stat1 WHERE tbl = %s", [table])
        return cursor.fetchone() is not None
