"""Who may write to a job: the worker whose claim holds, and nobody else."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from coproduction.jobs import claims
from coproduction.jobs.models import Job
from coproduction.jobs.running import Progress
from coproduction.jobs.services import Tries, enqueue
from coproduction.jobs.tasks import look
from coproduction.private_words import WordsRefused
from tests.jobs.conftest import OwnQueue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def job(queue: OwnQueue) -> Job:
    """A job that waits."""
    return enqueue(task="tests.slow", scope="here", arguments={})


def go_silent(job: Job) -> None:
    """Let a job's worker have been silent for an hour."""
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(hours=1))


def test_a_waiting_job_is_taken_up_once(job: Job) -> None:
    taken = claims.claim(job=job.uuid)
    assert taken == job
    assert (taken.state, taken.attempts, taken.claim is None) == ("running", 1, False)
    assert claims.claim(job=job.uuid) is None


def test_one_of_many_workers_at_once_takes_it_up(job: Job) -> None:
    won: list[Job] = []
    together = threading.Barrier(8)

    def take() -> None:
        try:
            together.wait(20)
            if taken := claims.claim(job=job.uuid):
                won.append(taken)
        finally:
            connection.close()

    workers = [threading.Thread(target=take) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(won) == 1
    job.refresh_from_db()
    assert (job.attempts, job.claim) == (1, won[0].claim)


def test_a_job_whose_worker_went_silent_may_be_taken_up(job: Job) -> None:
    first = claims.claim(job=job.uuid)
    go_silent(job)
    second = claims.claim(job=job.uuid)
    assert second is not None
    assert second.attempts == 2
    assert second.claim != first.claim


def test_a_job_tried_too_often_is_not_taken_up(job: Job) -> None:
    for _ in range(3):
        assert claims.claim(job=job.uuid) is not None
        go_silent(job)
    assert claims.claim(job=job.uuid) is None


def test_a_job_that_is_over_or_gone_is_not_taken_up(job: Job) -> None:
    assert claims.finish(job=claims.claim(job=job.uuid))
    assert claims.claim(job=job.uuid) is None
    Job.objects.all().delete()
    assert claims.claim(job=job.uuid) is None


def test_a_worker_that_lost_its_claim_writes_nothing(job: Job) -> None:
    lost = claims.claim(job=job.uuid)
    go_silent(job)
    holder = claims.claim(job=job.uuid)
    before = Job.objects.values().get()
    refused = [
        claims.beat(claim=lost.claim),
        claims.beat(claim=lost.claim, progress=(1, 2, "Walking")),
        claims.finish(job=lost, result={"steps": 1}),
        claims.fail(job=lost, why="It did not work."),
        claims.try_again(job=lost),
    ]
    assert refused == [False] * 5
    with pytest.raises(claims.ClaimLost), transaction.atomic():
        Progress(lost).confirm()
    assert Job.objects.values().get() == before
    assert claims.finish(job=holder, result={"steps": 2})


def test_a_claim_that_was_confirmed_cannot_be_lost_before_the_commit(job: Job) -> None:
    taken = claims.claim(job=job.uuid)
    go_silent(job)
    took: list[Job | None] = []
    trying = threading.Event()

    def take_over() -> None:
        try:
            trying.set()
            took.append(claims.claim(job=job.uuid))
        finally:
            connection.close()

    other = threading.Thread(target=take_over)
    with transaction.atomic():
        Progress(taken).confirm()
        other.start()
        assert trying.wait(20)
        other.join(0.3)
        assert took == []
    other.join()
    assert took == [None]
    assert claims.finish(job=taken)


def test_a_claim_is_confirmed_inside_a_transaction_only(job: Job) -> None:
    taken = claims.claim(job=job.uuid)
    with pytest.raises(transaction.TransactionManagementError):
        Progress(taken).confirm()


def test_two_jobs_of_a_key_run_one_after_the_other(queue: OwnQueue) -> None:
    asked = {
        "task": "tests.slow",
        "scope": "here",
        "arguments": {"steps": 1},
        "unique": "edition:1",
    }
    first = claims.claim(job=enqueue(**asked).uuid)
    second = enqueue(**asked)
    assert claims.claim(job=second.uuid) is None
    look()
    second.refresh_from_db()
    assert second.is_queued
    assert claims.finish(job=first)
    look()
    second.refresh_from_db()
    assert second.state == Job.State.DONE


def test_progress_is_kept_within_its_total(job: Job) -> None:
    taken = claims.claim(job=job.uuid)
    assert claims.beat(claim=taken.claim, progress=(7, 5, "Walking"))
    job.refresh_from_db()
    assert (job.steps_done, job.steps_total, job.label) == (5, 5, "Walking")


def test_a_job_that_is_done_has_all_its_steps_and_its_result(job: Job) -> None:
    taken = claims.claim(job=job.uuid)
    assert claims.beat(claim=taken.claim, progress=(2, 5, "Walking"))
    assert claims.finish(job=taken, result={"edition": 7})
    assert (taken.state, taken.steps_done, taken.result) == ("done", 5, {"edition": 7})
    assert taken.finished_at is not None


def test_a_result_with_words_is_refused(job: Job) -> None:
    taken = claims.claim(job=job.uuid)
    with pytest.raises(WordsRefused):
        claims.finish(job=taken, result={"said": "two words"})


def test_a_failed_attempt_is_tried_again_until_it_was_tried_often_enough(
    job: Job, settings: Any
) -> None:
    settings.JOBS_SWEEP_SECONDS = 1
    waits = []
    for _ in range(2):
        taken = claims.claim(job=job.uuid)
        began = timezone.now()
        assert claims.try_again(job=taken)
        waits.append((taken.state, round((taken.wake_at - began).total_seconds())))
    assert waits == [("queued", 1), ("queued", 2)]
    taken = claims.claim(job=job.uuid)
    assert claims.try_again(job=taken)
    assert (taken.state, taken.attempts, taken.why) == ("failed", 3, claims.GAVE_UP)


def test_why_it_failed_is_kept_as_it_stands_in_the_source(job: Job) -> None:
    with translation.override("cy"):
        assert claims.fail(job=claims.claim(job=job.uuid), why=gettext_lazy("Waiting"))
    job.refresh_from_db()
    assert job.sentence == "Waiting"


def test_patient_work_is_tried_for_a_day_with_waits_that_stop_growing(
    queue: OwnQueue, settings: Any
) -> None:
    settings.JOBS_SWEEP_SECONDS = 2
    patient = Tries(most=60, longest_wait=30 * 60)
    job = enqueue(task="tests.slow", scope="here", arguments={}, tries=patient)
    waits = []
    while taken := claims.claim(job=job.uuid):
        began = timezone.now()
        claims.try_again(job=taken)
        if taken.is_queued:
            waits.append(round((taken.wake_at - began).total_seconds()))
    assert waits[:4] == [2, 4, 8, 16]
    assert max(waits) == waits[-1] == patient.longest_wait
    assert 24 * 3_600 < sum(waits) < 26 * 3_600
    assert (taken, len(waits)) == (None, patient.most - 1)
    job.refresh_from_db()
    assert job.is_failed
