"""A trail that is checked while others write to it is found whole."""

from collections.abc import Callable
from threading import Event, Thread

import pytest
from django.db import connection

from coproduction.projects.audit import recorded
from coproduction.projects.models import AuditEntry, Project, User
from coproduction.projects.trail.verification import verify

TIMES = 10


@pytest.mark.django_db(transaction=True)
def test_no_fault_is_found_in_what_is_written_meanwhile(
    project: Project, coordinator: User, say: Callable[[str], None]
) -> None:
    stop, wrong = Event(), []

    def write() -> None:
        try:
            while not stop.is_set():
                with recorded(project=project, by=coordinator) as ledger:
                    ledger.record("test.changed", subject=project)
        except Exception as trouble:
            wrong.append(trouble)
        finally:
            connection.close()

    before = AuditEntry.objects.filter(project=project).count()
    writer = Thread(target=write)
    writer.start()
    found = [verify(project) for _time in range(TIMES)]
    while not wrong and AuditEntry.objects.filter(project=project).count() == before:
        pass
    stop.set()
    writer.join()
    after = AuditEntry.objects.filter(project=project).count()
    say(f"checked {len(found)} times while {after - before} entries were written")
    assert wrong == []
    assert [each.faults for each in found] == [()] * TIMES
    assert verify(project).faults == ()
