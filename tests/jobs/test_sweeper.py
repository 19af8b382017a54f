"""The sweeper: forgotten work comes back, once, however many sweep."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from coproduction.jobs import claims
from coproduction.jobs.models import Job, WorkerSeen
from coproduction.jobs.services import enqueue
from coproduction.jobs.sweeper import Sweeper, Swept, note_worker, sweep
from tests.jobs.conftest import OwnQueue
from tests.processes import until

pytestmark = pytest.mark.django_db(transaction=True)
LONG_AGO = timedelta(hours=1)


def ask() -> Job:
    """Ask for a job."""
    return enqueue(task="tests.slow", scope="here", arguments={})


def forget(*jobs: Job) -> None:
    """Let jobs have been asked for, or worked on, long ago."""
    past = timezone.now() - LONG_AGO
    ours = Job.objects.filter(pk__in=[job.pk for job in jobs])
    ours.update(wake_at=past)
    ours.filter(state="running").update(heartbeat_at=past)


def test_nothing_is_done_where_all_goes_well(queue: OwnQueue) -> None:
    ask()
    assert claims.claim(job=ask().uuid)
    queue.take()
    assert sweep() == Swept()
    assert queue.take() == []


def test_a_wake_up_that_was_lost_is_sent_again(queue: OwnQueue) -> None:
    job = ask()
    queue.take()
    forget(job)
    assert sweep() == Swept(woken=1)
    assert queue.take() == [("tests.slow", str(job.uuid))]
    assert sweep() == Swept()


def test_a_job_whose_worker_went_silent_is_queued_and_woken(queue: OwnQueue) -> None:
    job = claims.claim(job=ask().uuid)
    queue.take()
    forget(job)
    assert sweep() == Swept(released=1, woken=1)
    assert queue.take() == [("tests.slow", str(job.uuid))]
    job.refresh_from_db()
    assert (job.state, job.attempts, job.claim) == ("queued", 1, None)


def test_a_job_that_was_stopped_too_often_is_given_up_and_says_why(queue: OwnQueue) -> None:
    job = ask()
    for _ in range(3):
        assert claims.claim(job=job.uuid)
        forget(job)
        assert sweep().released == 1
    job.refresh_from_db()
    assert (job.state, job.why, job.attempts) == ("failed", claims.KEPT_STOPPING, 3)


def test_many_sweepers_do_the_work_of_one(queue: OwnQueue) -> None:
    waiting = [ask() for _ in range(12)]
    running = [claims.claim(job=ask().uuid) for _ in range(12)]
    queue.take()
    forget(*waiting, *running)
    done: list[Swept] = []
    together = threading.Barrier(4)

    def sweep_too() -> None:
        try:
            together.wait(20)
            done.append(sweep())
        finally:
            connection.close()

    sweepers = [threading.Thread(target=sweep_too) for _ in range(4)]
    for sweeper in sweepers:
        sweeper.start()
    for sweeper in sweepers:
        sweeper.join()
    assert len(done) == 4
    assert sum(swept.released for swept in done) == 12
    assert sum(swept.woken for swept in done) == 24
    sent = queue.take()
    assert len(sent) == len(set(sent)) == 24


def test_a_worker_gives_signs_of_life_and_takes_them_back(queue: OwnQueue) -> None:
    WorkerSeen.objects.create(name="long gone", seen_at=timezone.now() - 2 * LONG_AGO)
    sweeper = Sweeper("me")
    sweeper.start()
    try:
        until(lambda: list(WorkerSeen.objects.values_list("name", flat=True)) == ["me"])
    finally:
        sweeper.stop()
    assert not WorkerSeen.objects.exists()


def test_a_sign_of_life_is_one_row_that_moves() -> None:
    note_worker("me")
    first = WorkerSeen.objects.get().seen_at
    note_worker("me")
    assert WorkerSeen.objects.get().seen_at > first
