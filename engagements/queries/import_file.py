"""What a kept file holds: its headings, its first rows, and the rows of it that were refused."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO, cast

from django.utils.translation import gettext_lazy as _

from coproduction.projects.refusals import NotNow, Refusal
from engagements.imports.columns import Columns, fingerprint_of_headings
from engagements.imports.csv_reader import Row, read_table
from engagements.imports.refused_rows import is_refused_rows_file, own_headings, repair_table
from engagements.models import ImportBatch

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


def read_headings(batch: ImportBatch) -> list[str]:
    """Return the headings of a batch's file. Raises FileGone."""
    with open_file(batch) as file:
        return read_table(file, batch.encoding).headings


def read_first_rows(batch: ImportBatch, count: int = 5) -> list[Row]:
    """Return the first rows of a batch's file, for a preview. Raises FileGone."""
    with open_file(batch) as file:
        return list(islice(read_table(file, batch.encoding).rows, count))


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
    refused = batch.refused_rows.order_by("row").iterator()
    return repair_table(
        read_headings(batch), ((each.row, each.why, each.content) for each in refused)
    )
