"""Asking for work: part of the caller's transaction, heard of on its commit, once for each key."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from coproduction.jobs import claims
from coproduction.jobs.models import Job
from coproduction.jobs.services import UNTIL_DONE, enqueue, run_again
from coproduction.private_words import WordsRefused
from tests.jobs.conftest import OwnQueue

pytestmark = pytest.mark.django_db(transaction=True)


def ask(unique: str | None = None, **arguments: Any) -> Job:
    """Ask for a job."""
    return enqueue(task="tests.slow", scope="here", arguments=arguments, unique=unique)


def test_a_job_is_heard_of_when_its_transaction_commits(queue: OwnQueue) -> None:
    with transaction.atomic():
        job = ask(steps=3)
        assert queue.take() == []
    assert queue.take() == ["jobs.look"]
    kept = Job.objects.get()
    assert (kept.task, kept.scope, kept.arguments) == ("tests.slow", "here", {"steps": 3})
    assert (kept.uuid, kept.state, kept.attempts) == (job.uuid, "queued", 0)
    assert not kept.is_held_up


def test_nothing_is_left_of_a_job_whose_transaction_is_undone(queue: OwnQueue) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ask()
        _ = 1 / 0
    assert queue.take() == []
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "value", ["Mrs Evans said so", "a@b.example", {"a": ["two words"]}, {"two words": 1}]
)
def test_words_are_refused(value: Any, queue: OwnQueue) -> None:
    with pytest.raises(WordsRefused):
        ask(value=value)
    assert not Job.objects.exists()


def test_ids_numbers_and_choices_are_kept_as_plain_json(queue: OwnQueue) -> None:
    job = ask(a=[1, 2.5, None, True], b={"kind": "pdf"}, c=("x",), at=timezone.now())
    job.refresh_from_db()
    assert job.arguments["a"] == [1, 2.5, None, True]
    assert (job.arguments["b"], job.arguments["c"]) == ({"kind": "pdf"}, ["x"])


def test_a_job_nobody_has_begun_stands_for_another_of_its_key(queue: OwnQueue) -> None:
    first = ask("edition:1")
    assert ask("edition:1") == first
    assert ask("edition:2") != first
    assert len(queue.take()) == 2


def test_a_job_already_begun_does_not_stand_for_another(queue: OwnQueue) -> None:
    first = ask("edition:1")
    assert claims.claim(job=first.uuid) is not None
    second = ask("edition:1")
    assert second != first
    assert ask("edition:1") == second
    assert len(queue.take()) == 2


def test_a_job_that_waits_to_be_tried_again_stands_for_another_and_is_tried_now(
    queue: OwnQueue,
) -> None:
    first = ask("edition:1")
    assert claims.try_again(job=claims.claim(job=first.uuid))
    assert ask("edition:1") == first
    assert Job.objects.due().filter(pk=first.pk).exists()


def test_a_job_for_later_waits_until_it_is_asked_for_earlier(queue: OwnQueue) -> None:
    asked: dict[str, Any] = {"task": "a.task", "scope": "", "arguments": {}, "unique": "letters"}
    job = enqueue(**asked, wait=600)
    assert enqueue(**asked, wait=900) == job
    assert not Job.objects.due().exists()
    assert queue.take() == []
    assert enqueue(**asked, wait=300) == job
    job.refresh_from_db()
    assert 0 < (job.wake_at - timezone.now()).total_seconds() <= 300
    assert enqueue(**asked) == job
    assert Job.objects.due().get() == job
    assert queue.take() == ["jobs.look"]


def test_what_must_be_done_is_never_given_up(queue: OwnQueue) -> None:
    job = enqueue(task="a.task", scope="", arguments={}, tries=UNTIL_DONE)
    Job.objects.filter(pk=job.pk).update(attempts=20_000)
    claimed = claims.claim(job=job.uuid)
    assert claims.try_again(job=claimed)
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED


def test_a_job_that_failed_does_not_stand_for_another(queue: OwnQueue) -> None:
    first = ask("edition:1")
    assert claims.fail(job=claims.claim(job=first.uuid), why="It did not work.")
    assert ask("edition:1") != first


def test_many_asking_for_the_same_at_once_get_the_same_job(queue: OwnQueue) -> None:
    got: list[Any] = []
    together = threading.Barrier(6)

    def ask_too() -> None:
        try:
            together.wait(20)
            with transaction.atomic():
                got.append(ask("edition:1").uuid)
        finally:
            connection.close()

    askers = [threading.Thread(target=ask_too) for _ in range(6)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert len(got) == 6
    assert len(set(got)) == Job.objects.count() == 1
    assert len(queue.take()) == 1


def test_a_job_that_stands_for_another_cannot_begin_before_that_ones_change_is_there(
    queue: OwnQueue,
) -> None:
    """Otherwise it would be done without the change it was asked to take in."""
    job = ask("edition:1")
    begun: list[Job | None] = []
    tried = threading.Event()

    def begin() -> None:
        try:
            tried.set()
            begun.append(claims.claim(job=job.uuid))
        finally:
            connection.close()

    worker = threading.Thread(target=begin)
    with transaction.atomic():
        assert ask("edition:1") == job
        worker.start()
        assert tried.wait(20)
        worker.join(0.3)
        assert begun == []
    worker.join()
    assert begun == [job]


def test_a_failed_job_is_run_again_from_the_start(queue: OwnQueue) -> None:
    job = claims.claim(job=ask().uuid)
    assert claims.beat(claim=job.claim, progress=(2, 3, "Walking"))
    assert claims.fail(job=job, why="It did not work.")
    queue.take()
    again = run_again(job=job)
    assert again == job
    assert (again.state, again.attempts, again.sentence) == ("queued", 0, "")
    assert (again.steps_done, again.steps_total, again.finished_at) == (0, 0, None)
    assert queue.take() == ["jobs.look"]


def test_only_a_failed_job_is_run_again(queue: OwnQueue) -> None:
    job = ask()
    queue.take()
    assert run_again(job=job).state == "queued"
    job = claims.claim(job=job.uuid)
    assert run_again(job=job).state == "running"
    assert claims.finish(job=job)
    assert run_again(job=job).state == "done"
    assert queue.take() == []


def test_running_again_what_is_already_waiting_gives_the_waiting_one(queue: OwnQueue) -> None:
    job = claims.claim(job=ask("edition:1").uuid)
    assert claims.fail(job=job, why="It did not work.")
    waiting = ask("edition:1")
    assert run_again(job=job) == waiting
    job.refresh_from_db()
    assert job.is_failed
