"""What is always true of a job's row, and what it says of itself."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from coproduction.jobs.claims import claim, finish
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


def test_a_job_says_where_it_stands() -> None:
    stands = {
        state: (job.is_queued, job.is_over, job.is_failed)
        for state in Job.State
        if (job := Job(state=state))
    }
    assert stands == {
        "queued": (True, False, False),
        "running": (False, False, False),
        "done": (False, True, False),
        "failed": (False, True, True),
    }
    assert Job(queued_at=None).is_held_up
    assert not Job(queued_at=NOW).is_held_up


def test_what_it_says_is_in_the_readers_language_where_that_is_known() -> None:
    job = Job(sentence="Waiting", label="Walking")
    with translation.override("cy"):
        assert (job.why, job.step) == (translation.gettext("Waiting"), "Walking")
    assert (Job().why, Job().step) == ("", "")


def test_jobs_are_found_by_what_is_to_happen_to_them(settings: Any) -> None:
    settings.JOBS_STALE_SECONDS = 3_600
    now = timezone.now()
    long_ago, later = now - timedelta(hours=2), now + timedelta(hours=2)
    waiting = make()
    tried_lately = make(wake_at=later, attempts=1)
    fresh = make(**RUNNING | {"heartbeat_at": now})
    stale = make(**RUNNING | {"claim": uuid4(), "heartbeat_at": long_ago})
    tried = make(**RUNNING | {"claim": uuid4(), "heartbeat_at": long_ago}, attempts=3)
    over = make(state="done", finished_at=now)
    jobs = Job.objects
    assert set(jobs.waiting()) == {waiting, tried_lately}
    assert set(jobs.silent()) == {stale, tried}
    assert set(jobs.claimable()) == {waiting, tried_lately, stale}
    assert set(jobs.due()) == {waiting, stale}
    assert set(jobs.held_by(RUNNING["claim"])) == {fresh}
    assert set(jobs.of("here")) == {waiting, tried_lately, fresh, stale, tried, over}
    assert not jobs.of("elsewhere").exists()


def test_a_worker_not_heard_of_lately_is_not_counted(settings: Any) -> None:
    settings.JOBS_STALE_SECONDS = 3_600
    WorkerSeen.objects.create(name="a", seen_at=timezone.now() - timedelta(hours=2))
    assert not WorkerSeen.lately().exists()
    WorkerSeen.objects.create(name="b", seen_at=timezone.now())
    assert WorkerSeen.lately().count() == 1


def test_every_time_is_the_databases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this process takes for the time: hosts that share a database may differ."""
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(days=7))
    job = make()
    job.refresh_from_db()
    begun = claim(job=job.uuid)
    assert begun
    assert finish(job=begun)
    times = [job.created_at, job.queued_at, job.wake_at]
    times += [begun.started_at, begun.heartbeat_at, begun.finished_at]
    assert len(times) == 6
    assert all(abs(time - NOW) < timedelta(days=1) for time in times)
