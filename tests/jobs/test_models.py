"""What is always true of a job's row, and what it says of itself."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from coproduction.jobs.models import Job, WorkerSeen

pytestmark = pytest.mark.django_db
NOW = timezone.now()
RUNNING = {"state": "running", "claim": uuid4(), "started_at": NOW, "heartbeat_at": NOW}


def make(**fields: Any) -> Job:
    """Keep a job as it comes."""
    return Job.objects.create(task="tests.slow", scope="here", **fields)


BROKEN: dict[str, list[dict[str, Any]]] = {
    "job_state_known": [{"state": "lost"}],
    "job_claimed_while_running": [
        {"state": "running"},
        {"claim": uuid4()},
        RUNNING | {"heartbeat_at": None},
        RUNNING | {"started_at": None},
    ],
    "job_finished_when_over": [{"state": "done"}, {"finished_at": NOW}],
    "job_failed_says_why": [
        {"state": "failed", "finished_at": NOW},
        {"sentence": "It did not work."},
    ],
    "job_attempts_within_limit": [{"attempts": 4}, {"max_attempts": 0}],
    "job_progress_within_total": [{"steps_done": 2, "steps_total": 1}],
}


def test_a_row_that_breaks_a_rule_is_refused() -> None:
    broken = 0
    for rule, rows in BROKEN.items():
        for fields in rows:
            with pytest.raises(IntegrityError) as refused, transaction.atomic():
                make(**fields)
            assert rule in str(refused.value) or rule == "job_state_known"
            broken += 1
    assert broken == 12


def test_a_key_waits_once_and_runs_once() -> None:
    make(unique_key="edition:1")
    with pytest.raises(IntegrityError), transaction.atomic():
        make(unique_key="edition:1")
    make(unique_key="edition:1", attempts=1)  # Begun before: it does not stand for a new one.
    make(unique_key="edition:1", **RUNNING)
    with pytest.raises(IntegrityError), transaction.atomic():
        make(unique_key="edition:1", **RUNNING | {"claim": uuid4()})
    make(unique_key="edition:2")
    for _ in range(2):
        make(unique_key="")
    assert Job.objects.count() == 6


def test_a_claim_belongs_to_one_job() -> None:
    make(**RUNNING)
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**RUNNING)


@pytest.mark.parametrize(
    ("done", "total", "percent"), [(0, 0, 0), (0, 3, 0), (1, 3, 33), (3, 3, 99)]
)
def test_progress_is_a_hundred_only_when_all_is_done(done: int, total: int, percent: int) -> None:
    job = Job(steps_done=done, steps_total=total, state=Job.State.RUNNING)
    assert job.percent == percent
    job.state = Job.State.DONE
    assert (job.percent, job.fraction) == (100, 1.0)


def test_a_job_says_where_it_stands() -> None:
    stands = {
        state: (job.is_queued, job.is_running, job.is_over, job.is_done, job.is_failed)
        for state in Job.State
        if (job := Job(state=state))
    }
    assert stands == {
        "queued": (True, False, False, False, False),
        "running": (False, True, False, False, False),
        "done": (False, False, True, True, False),
        "failed": (False, False, True, False, True),
    }
    assert Job().is_held_up
    assert not Job(queued_at=NOW).is_held_up
    assert [Job(attempts=attempts).is_retry for attempts in (0, 1)] == [False, True]
    assert [Job(**RUNNING, attempts=attempts).is_retry for attempts in (1, 2)] == [False, True]


def test_what_it_says_is_in_the_readers_language_where_that_is_known() -> None:
    job = Job(sentence="Waiting", label="Walking")
    with translation.override("cy"):
        assert (job.why, job.step) == (translation.gettext("Waiting"), "Walking")
    assert (Job().why, Job().step) == ("", "")


def test_jobs_are_found_by_what_is_to_happen_to_them(settings: Any) -> None:
    settings.JOBS_STALE_SECONDS = 10
    long_ago, soon = NOW - timedelta(seconds=11), NOW + timedelta(seconds=5)
    due = make(wake_at=NOW)
    later = make(wake_at=soon)
    fresh = make(**RUNNING)
    stale = make(**RUNNING | {"claim": uuid4(), "heartbeat_at": long_ago})
    tried = make(**RUNNING | {"claim": uuid4(), "heartbeat_at": long_ago}, attempts=3)
    over = make(state="done", finished_at=NOW)
    jobs = Job.objects
    assert set(jobs.waiting()) == {due, later}
    assert set(jobs.due(NOW)) == {due}
    assert set(jobs.stale(NOW)) == {stale, tried}
    assert set(jobs.claimable(NOW)) == {due, later, stale}
    assert set(jobs.held_by(RUNNING["claim"])) == {fresh}
    assert set(jobs.of("here")) == {due, later, fresh, stale, tried, over}
    assert not jobs.of("elsewhere").exists()


def test_a_worker_not_heard_of_lately_is_not_counted(settings: Any) -> None:
    settings.JOBS_STALE_SECONDS = 10
    WorkerSeen.objects.create(name="a", seen_at=NOW - timedelta(seconds=11))
    assert not WorkerSeen.lately(NOW).exists()
    WorkerSeen.objects.create(name="b", seen_at=NOW)
    assert WorkerSeen.lately(NOW).count() == 1
