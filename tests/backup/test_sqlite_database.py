"""The copy of one moment of SQLite: nobody finds it, and nothing of what was deleted is in it."""

import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

from coproduction.backup.archive import ArchiveWriter
from coproduction.backup.sqlite_database import sqlite_snapshot
from coproduction.projects.models import Organisation

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


def test_it_has_no_name_while_it_is_there_and_no_words_that_were_deleted(project) -> None:
    said = "Something that somebody took back"
    Organisation.objects.create(project=project, name=said).delete()
    before = {path.name for path in Path(settings.DATA_DIR).iterdir()}
    with sqlite_snapshot() as moment:
        # What SQLite keeps beside the original may come and go.
        found = {path.name for path in Path(settings.DATA_DIR).iterdir()} - before
        assert [name for name in found if not name.endswith(("-wal", "-shm"))] == []
        raw = io.BytesIO()
        told = moment.write(ArchiveWriter(raw))
    assert told["tables"]["projects_project"] == 1
    assert told["tables"]["projects_organisation"] == 0
    assert said.encode() not in raw.getvalue()
    with closing(sqlite3.connect(":memory:")) as copy:
        copy.deserialize(raw.getvalue()[512:])
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert copy.execute("SELECT slug FROM projects_project").fetchall() == [("bryn",)]
