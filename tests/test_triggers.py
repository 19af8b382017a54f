"""Tables kept by triggers: the database has those that are described, and what is off is named."""

from uuid import uuid4

import pytest
from django.db import connection

from coproduction.triggers import first_difference, triggers_of
from engagements.counters import COMMENT_COUNTS
from engagements.models import CommentCount
from tests.recount import EVERY
from tests.themes.comments import make_comments
from themes.counters import WAITING_COMMENTS
from themes.models import WaitingComment

pytestmark = pytest.mark.django_db

ON_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
ON_POSTGRESQL = """
    SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE NOT tgisinternal
"""


def test_the_triggers_of_the_database_are_those_described() -> None:
    """What a description says now is what some migration put there: changed, it needs another."""
    with connection.cursor() as cursor:
        cursor.execute(ON_SQLITE if connection.vendor == "sqlite" else ON_POSTGRESQL)
        there = dict(cursor.fetchall())
    described = [trigger for kept in EVERY for trigger in triggers_of(kept)]
    assert len(described) > 30
    for trigger in described:
        (*_function, made) = trigger.on("sqlite")
        if connection.vendor == "sqlite":
            assert there[trigger.name] == made
        else:
            (function, _made) = trigger.on("postgresql")
            assert there[trigger.name].strip() in function


def test_a_sum_that_is_off_is_named_with_what_it_should_be(project) -> None:
    comment = make_comments(project, "A park", "A bench")[0]
    counts = CommentCount.objects.of(project)
    counts.update(visible=7)
    try:
        assert str(first_difference(connection, COMMENT_COUNTS)) == (
            f"engagements_commentcount (project_id {project.pk}, engagement_id "
            f"{comment.engagement_id}, question_id {comment.question_id}): visible 7, counted 2, "
            "said 2, counted 2"
        )
    finally:
        counts.update(visible=2)
    assert first_difference(connection, COMMENT_COUNTS) is None


def test_a_row_that_is_missing_or_too_many_is_named(project) -> None:
    first, second = make_comments(project, "A park", "A bench")
    listed = WaitingComment.objects.filter(comment=second)
    listed.delete()
    found = first_difference(connection, WAITING_COMMENTS)
    assert (found.kept, found.counted) == ({"listed": 0}, {"listed": 1})
    assert found.key["comment_id"] == second.pk
    WaitingComment.objects.create(comment=second, project=project, question=second.question)
    assert first_difference(connection, WAITING_COMMENTS) is None
    WaitingComment.objects.filter(comment=first).update(question=second.pk + 1)
    assert first_difference(connection, WAITING_COMMENTS).key["comment_id"] == first.pk
    WaitingComment.objects.filter(comment=first).update(question=first.question)


def test_a_sitting_put_in_after_its_comment_is_counted_with_it(project) -> None:
    """Keys are checked when a change ends, so either may come first."""
    comment = make_comments(project, "A park")[0]
    sitting = comment.submission
    sitting.pk, sitting.uuid, sitting.receipt = sitting.pk + 1, uuid4(), "another"
    comment.pk, comment.submission_id = None, sitting.pk
    comment.save(force_insert=True)
    assert CommentCount.objects.get().visible == 1
    sitting.save(force_insert=True)
    counted = CommentCount.objects.get()
    assert (counted.visible, counted.said) == (2, 2)


def test_a_count_that_comes_to_nothing_leaves_no_row(project) -> None:
    comment = make_comments(project, "A park")[0]
    assert CommentCount.objects.count() == WaitingComment.objects.count() == 1
    comment.delete()
    assert CommentCount.objects.count() == WaitingComment.objects.count() == 0


def test_what_a_statement_changed_is_given_to_postgresql_as_its_keys() -> None:
    """A plan is kept as it was made first: "IN" may go through all that changed for each row."""
    triggers = [trigger for kept in EVERY for trigger in triggers_of(kept)]
    said = [trigger.on("postgresql")[0] for trigger in triggers]
    assert sum("= ANY (ARRAY(SELECT" in each for each in said) >= 4
    assert [each for each in said if " IN (SELECT" in each] == []
    # Nor is an index of states gone through, which looks short while nothing is known of a table.
    assert "comment.withheld || '' = ''" in WAITING_COMMENTS.where
