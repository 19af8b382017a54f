"""The work of each day: it asks for the next day's itself."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from coproduction.jobs.models import Job
from coproduction.jobs.running import run
from coproduction.jobs.services import begin_daily
from coproduction.jobs.sweeper import see_to_daily
from coproduction.projects.models import Project, RetentionNotice, User
from overview.tasks import daily
from tests.overview.overdue import make_overdue


@pytest.mark.django_db(transaction=True)
def test_each_day_it_is_done_and_the_next_day_asked_for(
    project: Project, coordinator: User, files: Path
) -> None:
    make_overdue(project, coordinator)
    see_to_daily()
    see_to_daily()
    first = Job.objects.get(task="overview.daily")
    assert run(daily, job=first.uuid)
    first.refresh_from_db()
    assert (first.state, first.result) == ("done", {"announced": 7, "taken": 0, "answers": 0})
    (following,) = Job.objects.filter(task="overview.daily", state="queued")
    assert following.wake_at > timezone.now() + timedelta(hours=23)
    # A worker that begins meanwhile leaves it where it is.
    see_to_daily()
    following.refresh_from_db()
    assert following.wake_at > timezone.now() + timedelta(hours=23)
    RetentionNotice.objects.update(due_on=timezone.localdate())
    begin_daily()
    assert run(daily, job=following.uuid)
    following.refresh_from_db()
    assert following.result == {"announced": 0, "taken": 7, "answers": 0}
