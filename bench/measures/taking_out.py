"""Comments taken out as a file, against the barest writer of the same rows.

The bare one reads the same cells with one statement that it has in hand, knows no codes and looks
at nothing: it is csv's own writer for both kinds, since the app has no library of workbooks.
"""

import csv
from pathlib import Path

from django.conf import settings
from django.db import connection

from bench.measures.people import sample_project
from bench.timing import whole
from themes.queries.coded_selection import CodedSelection
from themes.queries.comment_table import FILES, CommentTable, comments_to_take_out, keys_in_order

_AT_A_TIME = 1_000
_SQL = """
    SELECT e.title, e.date, e.place, e.method, e.area, q.kind, c.text, c.translation, s.descriptor,
           c.quote_consent, c.language, s.uuid
    FROM engagements_comment c
    JOIN engagements_engagement e ON e.id = c.engagement_id
    JOIN engagements_question q ON q.id = c.question_id
    JOIN engagements_submission s ON s.id = c.submission_id
    WHERE c.project_id = %s AND c.withheld = ''
    ORDER BY c.id
"""


def settle() -> None:
    """Have this process as it is before it does anything: connected, and a table begun."""
    for kind in FILES:
        next(FILES[kind](_table()))


def turn(kind: str) -> dict[str, float]:
    """Write every comment of the project into a file, then bare.

    Gives milliseconds of each, and of the first bytes of ours. Raises RuntimeError where the two do
    not have as many rows.
    """
    place = Path(settings.DATA_DIR)
    counts: dict[str, int] = {}

    def ours() -> None:
        table = _table()
        counts["ours"] = len(table)
        with (place / f"ours.{kind}").open("wb") as file:
            file.writelines(FILES[kind](table))

    def bare() -> None:
        with (place / "bare.csv").open("w", newline="", encoding="utf-8") as file:
            counts["bare"] = _write_bare(csv.writer(file))

    taken = {"first": whole(lambda: next(FILES[kind](_table())))}
    taken |= {"ours": whole(ours), "bare": whole(bare)}
    if counts["ours"] != counts["bare"]:
        raise RuntimeError(f"{counts['ours']} rows, and {counts['bare']} bare.")
    return taken


def _table() -> CommentTable:
    """Return the table of all that the list of comments shows."""
    project = sample_project()
    return CommentTable(project, keys_in_order(comments_to_take_out(project, CodedSelection())))


def _write_bare(writer: object) -> int:
    """Write the rows of one statement; return how many."""
    rows = 0
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [sample_project().pk])
        while piece := cursor.fetchmany(_AT_A_TIME):
            writer.writerows(piece)  # type: ignore[attr-defined]
            rows += len(piece)
    return rows
