"""What a kept file holds: its headings, its first rows, and the rows of it that were refused."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO, cast

from django.utils.translation import gettext_lazy as _

from coproduction.projects.refusals import NotNow, Refusal
from engagements.imports.columns import Columns, fingerprint_of_headings
from engagements.imports.headings import LOOKED_AT
from engagements.imports.layout import Layout
from engagements.imports.letters import has_lost_letters, words_to_show
from engagements.imports.preview import MOST_PREVIEWED, printable
from engagements.imports.refused_rows import is_refused_rows_file, own_headings, repair_table
from engagements.imports.table import Row, read_table
from engagements.imports.workbook_parts import SheetPart, sheets_of
from engagements.models import ImportBatch

_TELLING_WORDS = 4
_LOST_NAMED = 10
# How many earlier imports are asked what the columns meant.
_LOOK_BACK = 20


class FileGone(Refusal):
    """The file is no longer where it was kept."""

    sentence = _("The file can't be found any more. Bring it in again.")


class FilesAway(NotNow):
    """The place where files are kept can't be reached."""

    sentence = _(
        "We can't get at our files just now. Nothing is lost. Wait a few minutes, then try again."
    )


def open_file(batch: ImportBatch) -> BinaryIO:
    """Open a batch's file. Raises FileGone; FilesAway where none can be reached."""
    storage = batch.file.storage
    try:
        return cast(BinaryIO, storage.open(batch.file.name, "rb").file)
    except FileNotFoundError as error:
        # Of a folder that is not there, nothing can be said of what is in it.
        raise (FileGone if storage.exists("") else FilesAway) from error
    except OSError as error:
        raise FilesAway from error


@dataclass(frozen=True)
class LostLetters:
    """Rows in which letters were lost before the file was saved: the first, and how many."""

    rows: tuple[int, ...]
    number: int

    @property
    def more(self) -> int:
        """How many there are besides those named."""
        return self.number - len(self.rows)


@dataclass(frozen=True)
class FirstLook:
    """What a file looks like as it is read now: headings, the first rows, sheets there are.

    ``words`` are some with letters that go wrong where the encoding is not the right one. Of a long
    file only the first 20,000 rows are looked at.
    """

    headings: list[str]
    rows: list[Row]
    lost: LostLetters
    words: list[str]
    sheets: list[SheetPart]


def first_look(batch: ImportBatch, count: int = 3) -> FirstLook:
    """Look at a batch's file as it is read now. Raises FileGone, FilesAway, FileRefused."""
    layout = Layout.from_json(batch.layout)
    with open_file(batch) as file:
        sheets = sheets_of(file) if layout.is_workbook else []
        table = read_table(file, layout, first=MOST_PREVIEWED + LOOKED_AT)
        shown: list[Row] = []
        lost: list[int] = []
        number, telling = 0, [*words_to_show(table.headings)]
        for row in islice(table.rows, MOST_PREVIEWED):
            if len(shown) < count:
                shown.append(_to_show(row))
            if len(telling) < _TELLING_WORDS:
                telling += words_to_show(row.cells, _TELLING_WORDS - len(telling))
            if any(has_lost_letters(cell) for cell in row.cells):
                number += 1
                lost += [row.number] if number <= _LOST_NAMED else []
    return FirstLook(table.headings, shown, LostLetters(tuple(lost), number), telling, sheets)


def _to_show(row: Row) -> Row:
    """Return a row as a page takes it, with what stands where a formula went wrong."""
    cells = [printable(cell) for cell in row.cells]
    for place, name in row.errors:
        cells[place] = name
    return row._replace(cells=cells)


def read_headings(batch: ImportBatch) -> list[str]:
    """Return the headings of a batch's file. Raises FileGone."""
    with open_file(batch) as file:
        return read_table(file, Layout.from_json(batch.layout), first=1).headings


def read_first_rows(batch: ImportBatch, count: int = 5) -> list[Row]:
    """Return the first rows of a batch's file, for a preview. Raises FileGone."""
    with open_file(batch) as file:
        table = read_table(file, Layout.from_json(batch.layout), first=count + LOOKED_AT)
        return list(islice(table.rows, count))


def earlier_mapping(batch: ImportBatch, headings: Sequence[str]) -> ImportBatch | None:
    """Return the last import whose file had a batch's headings; what was said of them holds again.

    Of a file of refused rows, the last at its engagement that the headings fit: its rows were
    refused there.
    """
    others = ImportBatch.objects.of(batch.project).exclude(mapping={}).exclude(pk=batch.pk)
    known = fingerprint_of_headings(headings)
    is_ours = is_refused_rows_file(headings)
    for other in others.order_by("-pk").select_related("question")[:_LOOK_BACK]:
        if other.mapping.get("headings") == known and not other.is_undone:
            return other
        fits = set(Columns.from_json(other.mapping).named) <= set(own_headings(headings))
        if is_ours and other.engagement_id == batch.engagement_id and fits:
            return other
    return None


def refused_rows_table(batch: ImportBatch) -> tuple[list[str], Iterator[list[Any]]]:
    """Return the headings and rows of a file to correct and bring in again. Raises FileGone."""
    if batch.file_removed_at is not None:
        # What the rows said went with it, even where the file itself is still to be deleted.
        raise FileGone
    refused = batch.refused_rows.waiting().order_by("row").iterator()
    return repair_table(
        read_headings(batch), ((each.row, each.why, each.content) for each in refused)
    )
