"""The way back from a trail that is salted: whole, or not begun."""

import pytest
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

pytestmark = pytest.mark.seldom

BEFORE = "0007_codes_of_nobody"
RECKONED = {
    ("engagements", "0019_comments_are_counted"),
    ("engagements", "0020_counting_takes_less"),
    ("projects", "0011_public_pages_have_a_state"),
    ("themes", "0006_themes_are_counted"),
    ("themes", "0007_counting_takes_less"),
    ("engagements", "0026_many_are_counted_at_once"),
    ("themes", "0008_many_are_counted_at_once"),
}
# What came later, and holds nothing in this database.
LATER = {
    ("engagements", "0021_files_go_when_their_time_is_over"),
    ("engagements", "0022_words_may_be_erased"),
    ("engagements", "0023_layout"),
    ("engagements", "0024_many_comments_may_be_changed"),
    ("engagements", "0025_entries_are_known_by_their_run"),
    ("projects", "0012_periods_of_their_own"),
    ("projects", "0013_what_will_go_is_announced"),
    ("projects", "0014_people_sign_in_in_two_steps"),
    ("projects", "0015_complaints_about_data"),
    ("projects", "0016_projects_come_from_elsewhere"),
    ("projects", "0017_begun_from_another"),
}
ATTESTED = ("plan", "0008_what_was_decided_is_attested")


def test_there_is_no_step_back_from_entries_that_their_salts_check(empty_database: None) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    steps = set(MigrationRecorder(connection).applied_migrations())
    now = executor.loader.project_state(executor.loader.graph.leaf_nodes()).apps
    entries = now.get_model("projects", "AuditEntry").objects
    entries.create(number=1, verb="projects.signed_in", at=timezone.now(), form=2)
    with pytest.raises(CommandError, match=r"1 entries of the trail were made since"):
        MigrationExecutor(connection).migrate([("projects", BEFORE)])
    # What is only reckoned from the records may be taken away before: going on makes it anew.
    undone = steps - set(MigrationRecorder(connection).applied_migrations())
    assert undone <= RECKONED | LATER
    assert entries.count() == 1
    again = MigrationExecutor(connection)
    again.migrate(again.loader.graph.leaf_nodes())
    assert set(MigrationRecorder(connection).applied_migrations()) == steps
    with pytest.raises(CommandError, match=r"1 entries of the trail were made since"):
        MigrationExecutor(connection).migrate([(ATTESTED[0], "0007_editions_print_a_head")])
    entries.all().delete()


def test_what_the_upgrade_itself_entered_is_taken_back(empty_database: None) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    now = executor.loader.project_state(executor.loader.graph.leaf_nodes()).apps
    project = now.get_model("projects", "Project").objects.create(slug="bryn", place="Bryn")
    heads = now.get_model("projects", "AuditHead").objects
    heads.create(project=project, number=3, digest="c" * 64, key="k", signature="s")
    entries = now.get_model("projects", "AuditEntry").objects
    said = {"project": project, "at": timezone.now()}
    entries.create(number=2, verb="projects.project_created", digest="b" * 64, form=1, **said)
    attested = {"form": 2, "previous": "b" * 64, "digest": "c" * 64}
    entries.create(number=3, verb="projects.records_attested", **attested, **said)
    executor = MigrationExecutor(connection)
    executor.migrate([("projects", BEFORE)])
    before = executor.loader.project_state([("projects", BEFORE)]).apps
    head = before.get_model("projects", "AuditHead").objects.get()
    assert (head.number, head.digest) == (2, "b" * 64)
    assert before.get_model("projects", "AuditEntry").objects.count() == 1
