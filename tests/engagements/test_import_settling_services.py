"""Deleting the file of an import that is right: it goes for good, and what came in stays."""

import pytest
from django.core.files.storage import default_storage

from coproduction.projects.models import AuditEntry
from coproduction.projects.trail.verification import verify
from engagements.models import Comment
from engagements.services.import_batch import undo_import
from engagements.services.import_settling import NotAllIn, settle_import

pytestmark = pytest.mark.django_db(transaction=True)
FILE = "text,about\nThe park,asset\nThe bus,nonsense\n"


def test_the_file_and_its_refused_rows_go_and_what_came_in_stays(
    bring_in, coordinator, project
) -> None:
    batch = bring_in(FILE, question=None, fields={"question": "about"})
    assert (batch.imported, batch.refused) == (1, 1)
    assert default_storage.exists(batch.file.name)
    assert settle_import(batch=batch, by=coordinator)
    assert not default_storage.exists(batch.file.name)
    assert batch.refused_rows.get().content == ""
    assert Comment.objects.visible().get().text == "The park"
    assert verify(project).faults == ()
    entry = AuditEntry.objects.get(verb="engagements.import_settled")
    assert entry.was == {"refused": 1}


def test_twice_is_once(bring_in, coordinator) -> None:
    batch = bring_in(FILE, fields={"question": "about"})
    assert settle_import(batch=batch, by=coordinator)
    assert not settle_import(batch=batch, by=coordinator)
    assert AuditEntry.objects.filter(verb="engagements.import_settled").count() == 1


def test_the_same_file_is_known_again_and_the_import_can_be_undone(bring_in, coordinator) -> None:
    batch = bring_in(FILE, fields={"question": "about"})
    settle_import(batch=batch, by=coordinator)
    again = bring_in(FILE, fields={"question": "about"})
    assert (again.imported, again.skipped) == (0, 1)
    assert undo_import(batch=batch, by=coordinator) == 1
    assert not Comment.objects.visible().exists()


def test_one_whose_rows_are_not_in_keeps_its_file(take_in, coordinator, questions) -> None:
    batch = take_in(FILE)
    with pytest.raises(NotAllIn):
        settle_import(batch=batch, by=coordinator)
    assert default_storage.exists(batch.file.name)
    undo_import(batch=batch, by=coordinator)
    assert settle_import(batch=batch, by=coordinator)
    assert not default_storage.exists(batch.file.name)
