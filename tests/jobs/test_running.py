"""Running a job: its heartbeat, its progress, and each way it can end."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from coproduction.celery import app
from coproduction.jobs import claims
from coproduction.jobs.models import Job
from coproduction.jobs.running import JobRefused, Progress, run
from coproduction.jobs.services import enqueue
from tests.jobs import slow_task
from tests.jobs.conftest import OwnQueue
from tests.processes import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def job(queue: OwnQueue) -> Job:
    """A job that waits, with one argument."""
    return enqueue(task="tests.slow", scope="here", arguments={"steps": 3})


def taken_over(job: Job) -> bool:
    """Let a job's worker seem to have been silent for an hour, and another take the job up."""
    Job.objects.update(heartbeat_at=timezone.now() - timedelta(hours=1))
    return claims.claim(job=job.uuid) is not None


def seen_from_elsewhere(look: Callable[[], Any]) -> Any:
    """Return what another connection sees."""
    found: list[Any] = []

    def looking() -> None:
        try:
            found.append(look())
        finally:
            connection.close()

    thread = threading.Thread(target=looking)
    thread.start()
    thread.join()
    return found[0]


def test_a_task_has_its_name_and_takes_only_the_jobs_uuid(job: Job) -> None:
    assert slow_task.slow(Progress(job), steps=2, pause=0)["steps"] == 2  # Still a function.
    app.tasks["tests.slow"](str(job.uuid))
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result["steps"]) == ("done", 1, 3)


def test_a_wake_up_for_a_job_that_is_not_to_be_begun_does_nothing(job: Job) -> None:
    ran: list[int] = []

    def work(_progress: Progress, *, steps: int) -> None:
        ran.append(steps)

    assert run(work, job=job.uuid)
    assert not run(work, job=job.uuid)
    assert ran == [3]


def test_the_heart_beats_while_the_work_goes_on(job: Job, settings: Any) -> None:
    settings.JOBS_HEARTBEAT_SECONDS = 0.2
    beats: set[Any] = set()

    def work(_progress: Progress, *, steps: int) -> None:
        until(lambda: beats.add(Job.objects.get().heartbeat_at) or len(beats) == 4)

    run(work, job=job.uuid)
    assert len(beats) == 4
    assert "heartbeat" not in {thread.name for thread in threading.enumerate()}


def test_progress_is_seen_from_elsewhere_and_written_at_most_five_times_a_second(job: Job) -> None:
    seen: list[int] = []
    reports = 0

    def work(progress: Progress, *, steps: int) -> None:
        nonlocal reports
        end = time.monotonic() + 1.2
        while time.monotonic() < end:
            reports += 1
            progress.report(reports, 10_000_000, "Walking")
            if reports % 50 == 0:
                seen.append(Job.objects.get().steps_done)

    run(work, job=job.uuid)
    written = set(seen) - {0}
    assert reports > 100
    assert 2 <= len(written) <= 6


def test_progress_moves_even_inside_a_transaction(queue: OwnQueue) -> None:
    """On PostgreSQL; SQLite has one writer, so there the bar waits for the commit."""
    job = enqueue(task="tests.slow", scope="here", arguments={})

    def work(progress: Progress) -> None:
        with transaction.atomic():
            progress.report(1, 2, "Walking")
            if connection.vendor == "postgresql":
                until(lambda: seen_from_elsewhere(lambda: Job.objects.get().steps_done) == 1)
        until(lambda: Job.objects.get().steps_done == 1)

    run(work, job=job.uuid)
    job.refresh_from_db()
    assert job.state == "done"


def test_how_far_it_came_is_kept_when_it_fails(job: Job) -> None:
    def work(progress: Progress, *, steps: int) -> None:
        progress.report(2, steps, "Walking")
        raise JobRefused("Choose another file.")

    run(work, job=job.uuid)
    job.refresh_from_db()
    assert (job.state, job.sentence) == ("failed", "Choose another file.")
    assert (job.steps_done, job.steps_total, job.attempts) == (2, 3, 1)


def test_a_refusal_is_kept_in_the_language_of_the_source(job: Job) -> None:
    def work(_progress: Progress, *, steps: int) -> None:
        raise JobRefused(gettext_lazy("Waiting"))

    with translation.override("cy"):
        run(work, job=job.uuid)
    job.refresh_from_db()
    assert job.sentence == "Waiting"


# A sentence with a number in it that is in the catalogue.
NUMBERED = "Action %(number)d is under no theme of the plan."


def test_a_refusal_about_something_numbered_is_shown_in_each_readers_language(job: Job) -> None:
    class TooMany(JobRefused):
        """A refusal whose sentence has a number in it."""

        sentence, numbers = gettext_lazy(NUMBERED), {"number": 40}

    def work(_progress: Progress, *, steps: int) -> None:
        raise TooMany

    run(work, job=job.uuid)
    job.refresh_from_db()
    assert job.why == "Action 40 is under no theme of the plan."
    with translation.override("cy"):
        assert job.why == "Dydy cam 40 ddim o dan unrhyw thema yn y cynllun."


def test_refusals_of_other_apps_count_as_refusals(job: Job) -> None:
    class NotToday(Exception):
        """A refusal of another app."""

    def work(_progress: Progress, *, steps: int) -> None:
        raise NotToday("Publish the plan first.")

    run(work, job=job.uuid, refusals=(NotToday,))
    job.refresh_from_db()
    assert (job.state, job.sentence) == ("failed", "Publish the plan first.")


def test_an_unforeseen_failure_is_logged_without_private_words_and_tried_three_times(
    queue: OwnQueue, caplog: pytest.LogCaptureFixture
) -> None:
    job = enqueue(task="tests.broken", scope="here", arguments={})
    states = []
    for _ in range(3):
        app.tasks["tests.broken"](str(job.uuid))
        job.refresh_from_db()
        states.append((job.state, job.attempts))
    assert states == [("queued", 1), ("queued", 2), ("failed", 3)]
    assert job.sentence == claims.GAVE_UP
    told = [record.getMessage() for record in caplog.records if ", attempt " in record.getMessage()]
    assert len(told) == 3
    assert all("ValueError" in line and "slow_task.py" in line for line in told)
    assert "Evans" not in caplog.text


def test_work_that_lost_its_claim_is_stopped_and_what_it_meant_to_keep_is_undone(
    job: Job,
) -> None:
    def work(progress: Progress, *, steps: int) -> None:
        progress.report(1, steps)
        assert taken_over(job)
        with transaction.atomic():
            enqueue(task="tests.slow", scope="here", arguments={"steps": 1})
            progress.confirm()

    run(work, job=job.uuid)
    assert Job.objects.count() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("running", 2)


def test_a_report_after_the_claim_was_lost_stops_the_work(job: Job, settings: Any) -> None:
    settings.JOBS_HEARTBEAT_SECONDS = 0.1
    reports = 0

    def work(progress: Progress, *, steps: int) -> None:
        nonlocal reports
        assert taken_over(job)
        while reports < 400:
            reports += 1
            progress.report(1, steps)
            time.sleep(0.05)

    run(work, job=job.uuid)
    assert 0 < reports < 400
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("running", 2)


def test_what_was_confirmed_is_kept(job: Job, queue: OwnQueue) -> None:
    def work(progress: Progress, *, steps: int) -> None:
        with transaction.atomic():
            progress.confirm()
            enqueue(task="tests.slow", scope="there", arguments={"steps": 1})

    run(work, job=job.uuid)
    job.refresh_from_db()
    assert job.state == "done"
    assert Job.objects.of("there").count() == 1
