"""The sweeper: forgotten work comes back, once, however many sweep."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from kombu.asynchronous.timer import Timer

from coproduction.jobs import claims, sweeper
from coproduction.jobs.models import Job, WorkerSeen
from coproduction.jobs.services import enqueue
from coproduction.jobs.sweeper import Sweeper, note_worker, sweep
from coproduction.jobs.tasks import look
from tests.jobs.conftest import OwnQueue

pytestmark = pytest.mark.django_db(transaction=True)
LONG_AGO = timedelta(hours=1)


def ask() -> Job:
    """Ask for a job."""
    return enqueue(task="tests.slow", scope="here", arguments={"steps": 1, "pause": 0})


def taken_up(job: Job) -> Job:
    """Take a job up."""
    taken = claims.claim(job=job.uuid)
    assert taken is not None
    return taken


def go_silent(*jobs: Job) -> None:
    """Let the workers of these jobs have been silent for an hour."""
    ours = Job.objects.filter(pk__in=[job.pk for job in jobs])
    ours.update(heartbeat_at=timezone.now() - LONG_AGO)


def test_nothing_is_done_where_all_goes_well(queue: OwnQueue) -> None:
    taken_up(ask())
    assert claims.try_again(job=taken_up(ask()))
    assert claims.finish(job=taken_up(ask()))
    queue.take()
    before = list(Job.objects.values())
    sweep()
    assert queue.take() == []
    assert list(Job.objects.values()) == before


def test_a_message_that_was_lost_is_sent_again(queue: OwnQueue) -> None:
    job = ask()
    Job.objects.update(queued_at=None)
    queue.take()
    sweep()
    assert queue.take() == ["jobs.look"]
    job.refresh_from_db()
    assert not job.is_held_up


def test_a_busy_worker_is_not_sent_messages_over_and_over(queue: OwnQueue) -> None:
    ask()
    queue.take()
    sweep(busy=True)
    assert queue.take() == []


def test_a_job_whose_worker_went_silent_is_begun_again(queue: OwnQueue) -> None:
    job = taken_up(ask())
    go_silent(job)
    queue.take()
    sweep()
    assert queue.take() == ["jobs.look"]
    look()
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result["steps"]) == ("done", 2, 1)


def test_a_job_that_was_stopped_too_often_is_given_up_and_says_why(queue: OwnQueue) -> None:
    job = ask()
    states = []
    for _ in range(3):
        go_silent(taken_up(job))
        sweep()
        job.refresh_from_db()
        states.append(job.state)
    assert states == ["running", "running", "failed"]
    assert (job.why, job.attempts, job.claim) == (sweeper.KEPT_STOPPING, 3, None)


def test_one_look_runs_one_job_and_asks_for_the_next(queue: OwnQueue) -> None:
    jobs = [ask() for _ in range(3)]
    queue.take()
    done = []
    for _ in range(4):
        look()
        done.append((Job.objects.filter(state="done").count(), queue.take()))
    assert done == [(1, ["jobs.look"]), (2, ["jobs.look"]), (3, []), (3, [])]
    assert len(jobs) == 3


def test_a_job_that_nobody_here_knows_how_to_do_is_left_to_others(queue: OwnQueue) -> None:
    unknown = enqueue(task="tests.unknown", scope="here", arguments={})
    known = ask()
    look()
    for job in (unknown, known):
        job.refresh_from_db()
    assert (unknown.state, unknown.attempts, known.state) == ("queued", 0, "done")


def test_many_looking_at_once_begin_each_job_once(queue: OwnQueue) -> None:
    waiting = [ask() for _ in range(8)]
    left = [taken_up(ask()) for _ in range(8)]
    go_silent(*left)
    together = threading.Barrier(4)

    def keep_looking() -> None:
        try:
            together.wait(20)
            for _ in range(16):
                sweep()
                look()
        finally:
            connection.close()

    workers = [threading.Thread(target=keep_looking) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    ended = sorted(Job.objects.values_list("state", "attempts"))
    assert ended == [("done", 1)] * len(waiting) + [("done", 2)] * len(left)


def test_what_was_done_long_ago_is_cleared_and_what_failed_is_kept(
    queue: OwnQueue, settings: Any
) -> None:
    settings.JOBS_KEPT_DAYS = 30
    done, lately, failed, waiting = (ask() for _ in range(4))
    assert claims.finish(job=taken_up(done))
    assert claims.finish(job=taken_up(lately))
    assert claims.fail(job=taken_up(failed), why="It did not work.")
    Job.objects.exclude(pk=waiting.pk).update(finished_at=timezone.now() - timedelta(days=31))
    Job.objects.filter(pk=lately.pk).update(finished_at=timezone.now() - timedelta(days=29))
    sweep()
    assert set(Job.objects.all()) == {lately, failed, waiting}


class Worker:
    """As much of a worker as a sweeper asks for: its timer, whose entries run when they are due."""

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self.timer = Timer()

    def run_what_is_due(self) -> int:
        """Run the entries that are due; return how many."""
        ran = 0
        for _, entry in iter(self.timer):
            if entry is None:
                return ran
            entry()
            ran += 1
        return ran


def test_a_worker_gives_signs_of_life_and_takes_them_back(queue: OwnQueue) -> None:
    WorkerSeen.objects.create(name="long gone", seen_at=timezone.now() - 2 * LONG_AGO)
    worker, ours = Worker(), Sweeper(None)
    ours.start(worker)
    assert worker.run_what_is_due() == 1
    (seen,) = WorkerSeen.objects.all()
    assert seen.name != "long gone"
    ours.stop(worker)
    assert not WorkerSeen.objects.exists()


def test_a_sign_of_life_is_one_row_that_moves() -> None:
    note_worker("me")
    WorkerSeen.objects.update(seen_at=timezone.now() - timedelta(minutes=1))
    before = WorkerSeen.objects.get().seen_at
    note_worker("me")
    assert WorkerSeen.objects.get().seen_at > before
