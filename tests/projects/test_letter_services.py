"""Writing letters in the transaction of what they tell of."""

from typing import Any

import pytest
from django.db import transaction

from coproduction.jobs.models import Job
from coproduction.projects.models import Letter, Project
from coproduction.projects.services.letter import SEND_LETTERS, Draft, drop_letter, write_letters

pytestmark = pytest.mark.django_db


def write(project: Project, *names: str, **options: Any) -> list[Letter]:
    """Write one letter to each of these people."""
    drafts = [Draft(f"{name}@bryn.example", "Asked", "Please", "en") for name in names]
    return write_letters(project=project, kind="a_kind", drafts=drafts, **options)


def test_a_change_that_is_undone_tells_nobody(project: Project) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write(project, "mair")
        _ = 1 / 0
    assert not Letter.objects.exists()
    assert not Job.objects.filter(task=SEND_LETTERS).exists()


def test_one_job_sends_all_that_is_written(project: Project) -> None:
    write(project, "mair", "dai")
    write(project, "nia")
    assert Letter.objects.waiting().count() == 3
    assert Job.objects.filter(task=SEND_LETTERS).count() == 1


def test_nobody_to_write_to_asks_nothing_of_anybody(project: Project) -> None:
    assert write(project) == []
    assert not Job.objects.filter(task=SEND_LETTERS).exists()


def test_many_letters_cost_as_many_queries_as_one(project: Project, count_queries: Any) -> None:
    write(project, "mair")
    with count_queries() as of_one:
        write(project, "mair")
    with count_queries() as of_three:
        write(project, "mair", "dai", "nia")
    assert len(of_one) == len(of_three) > 1


@pytest.mark.parametrize(
    ("state", "dropped"),
    [("waiting", True), ("refused", True), ("uncertain", True), ("dropped", False)],
)
def test_what_was_not_sent_can_be_dropped(project: Project, state: str, dropped: bool) -> None:
    (letter,) = write(project, "mair")
    if state == "dropped":
        drop_letter(uuid=letter.uuid)
    else:
        Letter.objects.update(state=state)
    assert drop_letter(uuid=letter.uuid) is dropped
    assert Letter.objects.get().text == ""
