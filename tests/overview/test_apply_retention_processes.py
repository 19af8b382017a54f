"""Killed while it takes away what is over: nothing is half gone, and the next run ends it."""

import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import Any

import pytest

from tests.installation import ROOT, Installation
from tests.processes import until

pytestmark = [pytest.mark.processes, pytest.mark.once]
ALL = "1 originals, 1 imports, 2 attendees, 1 concerns, 1 letters, 1 jobs"
MAKE = """
from django.utils import timezone
from coproduction.projects.models import RetentionNotice
from overview.services.retention import apply_retention
from tests.cast import make_member, make_project
from tests.overview.overdue import make_overdue
project = make_project("bryn", "Bryn")
make_overdue(project, make_member(project, "coordinator"))
apply_retention(project=project)
RetentionNotice.objects.update(due_on=timezone.localdate())
"""
THERE = """
import json
from coproduction.projects.models import AuditEntry, Letter, RetentionNotice
from engagements.models import Concern, ImportBatch, Redaction
from workshops.models import Attendee, Table
batch = ImportBatch.objects.get()
print(json.dumps({
    "waits": RetentionNotice.objects.waiting().count(),
    "words": Redaction.objects.exclude(original="").count(),
    "names": Attendee.objects.exclude(name="").count() + Table.objects.exclude(host="").count(),
    "decided": Concern.objects.exclude(decided_by="").count(),
    "letters": Letter.objects.filter(kind="test").exclude(text="").count(),
    "file": batch.file.storage.exists(batch.file.name),
    "entries": AuditEntry.objects.filter(verb="projects.retention_applied").count(),
}))
"""
BEFORE = {
    **{"waits": 1, "words": 1, "names": 2, "decided": 1, "letters": 1},
    **{"file": True, "entries": 0},
}
# Goes on for longer than anybody waits, once everything else of the change was done.
HOLD = f"""CREATE TRIGGER held AFTER UPDATE OF done_at ON projects_retentionnotice BEGIN
    SELECT COUNT(*) FROM {", ".join(f"sqlite_master AS t{n}" for n in range(6))}; END"""


def there(installation: Installation) -> dict[str, Any]:
    """Count what is still there."""
    return json.loads(installation.manage("shell", "--no-imports", "-c", THERE).stdout)


def is_written_to(database: sqlite3.Connection) -> bool:
    """Say whether somebody is in the middle of a change."""
    try:
        database.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return True
    database.execute("ROLLBACK")
    return False


def test_killed_in_the_middle_nothing_is_half_gone_and_the_next_run_ends_it(
    migrated: Installation,
) -> None:
    migrated.manage("shell", "--no-imports", "-c", MAKE)
    assert there(migrated) == BEFORE
    # Of what was made as of long ago the trail says so; it is to say nothing more.
    trail = migrated.refused("verify_audit", "bryn")
    assert "import batch" in trail
    path = migrated.folder / "coproduction.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as database:
        database.execute(HOLD)
        command = [sys.executable, "manage.py", "apply_retention"]
        with subprocess.Popen(command, cwd=ROOT, env=migrated.env) as taking:
            until(lambda: is_written_to(database), what="the change to be under way")
            taking.send_signal(signal.SIGKILL)
            assert taking.wait() == -signal.SIGKILL
        assert not is_written_to(database)
        database.execute("DROP TRIGGER held")
    assert there(migrated) == BEFORE
    told = migrated.manage("apply_retention").stdout
    assert told == f"bryn: announced nothing; took away {ALL}.\n"
    assert there(migrated) == dict.fromkeys(BEFORE, 0) | {"file": False, "entries": 1}
    assert migrated.manage("apply_retention").stdout == (
        "bryn: announced nothing; took away nothing.\n"
    )
    assert migrated.refused("verify_audit", "bryn") == trail
