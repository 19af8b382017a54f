"""No step back past migrations that hold what can't be made again, while there is any of it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.apps import apps
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from coproduction.projects.models import (
    AuditEntry,
    DataComplaint,
    Membership,
    Project,
    Retention,
    RetentionNotice,
    User,
)
from engagements.models import Comment, ErasedComment, ImportBatch
from tests.cast import make_member
from tests.themes.comments import make_comments

DAY = date(2026, 3, 1)
Make = Callable[[Project, User], object]


def erased(project: Project, _user: User) -> object:
    """Keep that a comment was erased."""
    (comment,) = make_comments(project, "A park.")
    return ErasedComment.objects.create(project=project, comment=comment, words="w" * 64)


def file_that_went(project: Project, user: User) -> object:
    """Keep that a file went when its time was over."""
    make_comments(project, "A park.")
    engagement = Comment.objects.get().engagement
    own = {"project": project, "engagement": engagement, "by": user}
    return ImportBatch.objects.create(**own, file_removed_at=timezone.now())


def entry(project: Project, user: User) -> object:
    """Keep an entry of the trail that calls its subject otherwise here."""
    known = AuditEntry.objects.filter(project=project).order_by("number").last()
    AuditEntry.objects.filter(pk=known.pk).update(subject_key="7")
    return known


# By the migration that made room for it: what is kept, and what its step back says.
KEPT: dict[tuple[str, str], list[tuple[Make, str]]] = {
    ("projects", "0012_periods_of_their_own"): [
        (lambda project, _: Retention.objects.create(project=project, imports=6), "1 projects' own")
    ],
    ("projects", "0013_what_will_go_is_announced"): [
        (
            lambda project, _: RetentionNotice.objects.create(
                project=project, as_of=DAY, due_on=DAY, months={"imports": 6}, counts={"imports": 1}
            ),
            "1 records of what went",
        )
    ],
    ("projects", "0014_people_sign_in_in_two_steps"): [
        (
            lambda _, user: User.objects.filter(pk=user.pk).update(deleted_at=timezone.now()),
            "1 accounts that were deleted",
        ),
        (
            lambda _, user: User.objects.filter(pk=user.pk).update(closed_by=user),
            "1 accounts that were deleted, or closed",
        ),
    ],
    ("projects", "0015_complaints_about_data"): [
        (
            lambda project, _: DataComplaint.objects.create(
                project=project, email="nia@x.example", text="You kept it.", language="en"
            ),
            "1 complaints about data",
        )
    ],
    ("projects", "0016_projects_come_from_elsewhere"): [
        (
            lambda _, user: User.objects.filter(pk=user.pk).update(came_along=True),
            "1 people from elsewhere",
        ),
        (
            lambda _, user: Membership.objects.filter(user=user).update(address_may_leave=True),
            "1 people's wishes",
        ),
        (entry, "1 names that entries"),
    ],
    ("engagements", "0021_files_go_when_their_time_is_over"): [
        (file_that_went, "1 days on which files went")
    ],
    ("engagements", "0022_words_may_be_erased"): [(erased, "1 records of words")],
}


def step_back(app: str, name: str) -> None:
    """Do what a migration's way back begins with: its last steps, before any table changes."""
    last = list(reversed(MigrationLoader(None).disk_migrations[app, name].operations))
    first = 0
    while isinstance(last[first], RunPython) and last[first].code is RunPython.noop:
        last[first].reverse_code(apps, None)
        first += 1
    assert first, "nothing looks first"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("app", "name", "make", "said"),
    [(*step, make, said) for step, some in KEPT.items() for make, said in some],
)
def test_there_is_no_step_back_from_what_cannot_be_made_again(
    project: Project, app: str, name: str, make: Make, said: str
) -> None:
    user = make_member(project, "coordinator")
    step_back(app, name)
    make(project, user)
    with pytest.raises(CommandError, match=rf"There is no step back: {said}"):
        step_back(app, name)


@pytest.mark.once
def test_a_step_back_that_is_refused_leaves_what_there_is(empty_database: None) -> None:
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    executor.migrate(leaves)
    steps = set(MigrationRecorder(connection).applied_migrations())
    step = ("projects", "0016_projects_come_from_elsewhere")
    on_top = set(executor.loader.graph.backwards_plan(step))
    now = MigrationExecutor(connection).loader.project_state(leaves).apps
    people = now.get_model("projects", "User").objects
    people.create(email="nia@x.example", came_along=True)
    for goes in (False, True):
        if goes:
            people.update(came_along=False)
            MigrationExecutor(connection).migrate([("projects", "0015_complaints_about_data")])
        else:
            with pytest.raises(CommandError, match="1 people from elsewhere would be lost"):
                MigrationExecutor(connection).migrate([("projects", "0015_complaints_about_data")])
        # What came after it may be undone by then: going on does that again.
        undone = steps - set(MigrationRecorder(connection).applied_migrations())
        assert undone <= on_top
        assert (step in undone) is goes
    assert people.values_list("email", flat=True).get() == "nia@x.example"
