"""A project taken out and taken in, against Django's own dumpdata and loaddata of the same rows.

Theirs are the tables that an archive has and those that they point to, one JSON object a line,
packed by gzip as tightly. They ask for no one moment, nor who may be named, nor whether the trail
holds.
"""

import gzip
import shutil
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from bench.measures.people import PROJECT
from bench.timing import whole
from coproduction.projects.models import Project
from overview.archive.tables import tables
from overview.queries.archive import write_archive
from overview.services.bringing_in import bring_in

_BARE, _OURS = "bare.jsonl", "ours.zip"
# As tightly as our zip is packed.
_LEVEL = 4


def settle() -> None:
    """Have this process as it is before it does anything: with tables, if they are not there."""
    call_command("migrate", verbosity=0)
    connection.close()


def take_out(folder: str) -> dict[str, float]:
    """Write the archive; its milliseconds, and its MB."""
    place = Path(folder)
    project = Project.objects.get(slug=PROJECT)
    taken = whole(lambda: write_archive(project, place / _OURS))
    return {"ours": taken, "MB": (place / _OURS).stat().st_size / 1_000_000}


def take_out_bare(folder: str) -> float:
    """Dump the same rows; milliseconds."""
    return whole(lambda: _dump(Path(folder)))


def take_in(folder: str) -> float:
    """Take the archive into this store, which has tables and nothing in them; milliseconds."""
    return whole(lambda: bring_in(path=Path(folder, _OURS)))


def take_in_bare(folder: str) -> float:
    """Load the bare dump into this store, which has tables and nothing in them; milliseconds."""
    return whole(lambda: _load(Path(folder)))


def _dump(place: Path) -> None:
    """Dump the tables an archive has, of every project there is, and pack them."""
    plain = place / _BARE
    call_command("dumpdata", *_labels(), format="jsonl", output=str(plain), verbosity=0)
    with plain.open("rb") as read, gzip.open(f"{plain}.gz", "wb", compresslevel=_LEVEL) as written:
        shutil.copyfileobj(read, written)
    plain.unlink()


def _labels() -> list[str]:
    """Name the kinds of row to dump: a dump can't be loaded without all that its rows point to."""
    found: dict[str, None] = {}
    left = [apps.get_model(table.label) for table in tables()]
    while left:
        model = left.pop()
        # Those of a list in a row go with the row.
        if model._meta.auto_created or model._meta.label in found:
            continue
        found[model._meta.label] = None
        left += [field.related_model for field in model._meta.fields if field.related_model]
    return list(found)


def _load(place: Path) -> None:
    """Load them, all or nothing."""
    with transaction.atomic():
        call_command("loaddata", str(place / f"{_BARE}.gz"), verbosity=0)
