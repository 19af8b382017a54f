"""The command that takes away what is over, and what it would do."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from coproduction.projects.models import Project, RetentionNotice, User
from tests.overview.overdue import make_overdue

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ALL = "1 originals, 1 imports, 2 attendees, 1 concerns, 1 letters, 1 jobs"


def told(*options: str) -> str:
    """Return what the command says."""
    out = StringIO()
    call_command("apply_retention", *options, stdout=out)
    return out.getvalue()


def test_it_says_what_it_would_do_and_then_does_it(
    project: Project, coordinator: User, files: Path
) -> None:
    make_overdue(project, coordinator)
    assert told("--dry-run") == f"bryn: would announce {ALL}; would take away nothing.\n"
    assert not RetentionNotice.objects.exists()
    assert told() == f"bryn: announced {ALL}; took away nothing.\n"
    assert told() == "bryn: announced nothing; took away nothing.\n"
    RetentionNotice.objects.update(due_on=project.created_at.date())
    assert told("--dry-run") == f"bryn: would announce nothing; would take away {ALL}.\n"
    assert told() == f"bryn: announced nothing; took away {ALL}.\n"


def test_an_invented_place_keeps_its_story(project: Project, coordinator: User, files) -> None:
    make_overdue(project, coordinator)
    Project.objects.update(is_invented=True)
    assert told() == ""
    assert not RetentionNotice.objects.exists()
