"""A withdrawal or a concern after publication: masked at once, corrected, and rendered afresh."""

import threading

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from coproduction.jobs.models import Job
from coproduction.jobs.running import run
from coproduction.projects.models import AuditEntry, AuditHead, Project
from engagements.models import Comment
from engagements.services.withholding import lift_withdrawal, raise_concern, withdraw_comment
from plan.models import Correction, Edition, Rendering
from plan.queries.masking import mask_of
from plan.queries.renderings import rendering_key
from plan.services.correction import record_corrections
from plan.services.rendering import put_in_place
from plan.tasks import follow_up
from tests.plan.story import Story

pytestmark = pytest.mark.django_db

WORDS = "broken since Easter"


def page(client: Client, path: str = "/bryn/plan/") -> str:
    """Read a page as the public does."""
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_a_quote_is_shown_until_its_speaker_takes_it_back(story: Story, client: Client):
    story.publish()
    assert WORDS in page(client)
    withdraw_comment(comment=story.swings, by=None)
    assert WORDS not in page(client)
    assert WORDS not in page(client, "/cy/bryn/plan/")
    assert WORDS not in page(client, "/bryn/plan/plan.json")
    assert WORDS not in page(client, "/bryn/plan/actions/1/")
    assert WORDS not in page(client, "/bryn/plan/print/")
    assert "The children need a club." in page(client)


def test_a_withdrawal_is_put_on_record_by_a_job_though_nobody_reads_the_plan(story: Story):
    edition = story.publish()
    files = story.finish_files(edition)
    Job.objects.filter(task=settings.FOLLOW_UP_TASK).delete()
    withdraw_comment(comment=story.swings, by=None)
    run(follow_up, job=Job.objects.get(task=settings.FOLLOW_UP_TASK).uuid)
    assert Correction.objects.get(edition=edition).words_uuid == story.quote.uuid
    made = Rendering.objects.filter(edition=edition, retired_at=None)
    assert len(made) == len(files) == 2
    assert not set(made) & set(files)
    # What the follow-up did is not followed up in turn.
    assert not Job.objects.waiting().filter(task=settings.FOLLOW_UP_TASK).exists()


def test_a_concern_masks_as_a_withdrawal_does(story: Story, client: Client):
    story.publish()
    raise_concern(comment=story.swings, by=story.analyst)
    assert WORDS not in page(client)
    story.follow_up()
    assert WORDS not in page(client)
    assert Correction.objects.count() == 1


def test_taking_consent_back_masks_too(story: Story, client: Client):
    edition = story.publish()
    Comment.objects.filter(pk=story.swings.pk).update(quote_consent=False)
    record_corrections(project=story.project)
    assert WORDS not in page(client)
    assert Correction.objects.get(edition=edition).words_uuid == story.quote.uuid


def test_the_correction_is_dated_and_in_both_languages(story: Story, client: Client):
    story.publish()
    withdraw_comment(comment=story.swings, by=None)
    story.follow_up()
    shown = page(client)
    assert "We have taken out a quote." in shown
    assert f"{timezone.localdate():%Y}" in shown
    correction = Correction.objects.get()
    assert set(correction.text.entries) == {"en", "cy"}
    assert correction.words_uuid == story.quote.uuid


def test_the_file_that_shows_it_is_retired_and_new_ones_are_asked_for(
    story: Story, client: Client, files, django_capture_on_commit_callbacks
):
    edition = story.publish()
    old = story.finish_files(edition)
    assert client.get("/bryn/plan/plan.pdf").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_comment(comment=story.swings, by=None)
        story.follow_up()
    for rendering in old:
        rendering.refresh_from_db()
        assert rendering.retired_at is not None
        assert not rendering.file.storage.exists(rendering.file.name)
    waiting = Rendering.objects.filter(edition=edition, retired_at=None)
    assert sorted(waiting.values_list("language", flat=True)) == ["cy", "en"]
    assert client.get("/bryn/plan/plan.pdf").status_code == 503
    story.finish_files(edition)
    assert client.get("/bryn/plan/plan.pdf").status_code == 200


def test_the_pdf_is_not_served_even_if_nobody_reads_the_page_first(
    story: Story, client: Client, files
):
    story.finish_files(story.publish())
    withdraw_comment(comment=story.swings, by=None)
    assert client.get("/bryn/plan/plan.pdf").status_code == 503


def test_a_file_of_an_earlier_edition_is_retired_too(story: Story, files):
    first = story.publish()
    story.finish_files(first)
    second = story.publish(title={"en": "Second", "cy": "Ail"})
    story.finish_files(second)
    withdraw_comment(comment=story.swings, by=None)
    record_corrections(project=story.project)
    live = Rendering.objects.filter(retired_at=None)
    assert {rendering.edition.number for rendering in live} == {2}
    assert not live.filter(ready_at__isnull=False).exists()


def test_doing_it_twice_does_it_once(story: Story, client: Client):
    story.publish()
    withdraw_comment(comment=story.swings, by=None)
    assert record_corrections(project=story.project) is True
    entries = AuditEntry.objects.filter(project=story.project).count()
    assert record_corrections(project=story.project) is False
    page(client)
    assert Correction.objects.count() == 1
    assert AuditEntry.objects.filter(project=story.project).count() == entries


def test_a_quote_taken_out_stays_out_of_this_edition(story: Story, client: Client):
    """The correction says it was taken out: that has to stay true."""
    story.publish()
    withdraw_comment(comment=story.swings, by=None)
    story.follow_up()
    lift_withdrawal(comment=story.swings, by=None)
    assert WORDS not in page(client)
    story.publish(title={"en": "Second", "cy": "Ail"})
    assert WORDS in page(client)


def test_a_file_being_made_when_a_quote_goes_is_not_put_in_place(story: Story, files):
    edition = story.publish()
    rendering = Rendering.objects.filter(edition=edition, language="en").get()
    key = rendering_key(edition, mask_of(edition))
    withdraw_comment(comment=story.swings, by=None)
    record_corrections(project=story.project)
    placed = put_in_place(
        rendering=rendering,
        content=b"shows it",
        pages=1,
        key=key,
        confirm=lambda: None,
    )
    assert placed is False
    rendering.refresh_from_db()
    assert rendering.ready_at is None
    assert rendering.retired_at is None
    assert Rendering.objects.filter(edition=edition, language="en").count() == 1


def test_a_file_that_could_not_be_made_is_asked_for_again(story: Story):
    edition = story.publish()
    rendering = Rendering.objects.filter(edition=edition, language="cy").get()
    Job.objects.filter(uuid=rendering.job).update(
        state=Job.State.FAILED, sentence="No.", finished_at=timezone.now()
    )
    withdraw_comment(comment=story.swings, by=None)
    record_corrections(project=story.project)
    newest = Rendering.objects.filter(edition=edition, language="cy", retired_at=None).get()
    assert newest.pk != rendering.pk


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_correction(story: Story) -> None:
    story.publish()
    withdraw_comment(comment=story.swings, by=None)
    together = threading.Barrier(3)
    done: list[bool] = []

    def work() -> None:
        together.wait()
        done.append(record_corrections(project=Project.objects.get(pk=story.project.pk)))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(done) == [False, False, True]
    assert WORDS not in page(Client())
    assert Correction.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_page_is_shown_and_masked_while_somebody_else_is_writing(story: Story) -> None:
    story.publish()
    withdraw_comment(comment=story.swings, by=None)
    holding, over = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            AuditHead.objects.select_for_update().get(project=story.project)
            Project.objects.filter(pk=story.project.pk).update(small_number=11)
            holding.set()
            over.wait(30)
        connection.close()

    writer = threading.Thread(target=hold)
    writer.start()
    assert holding.wait(10)
    try:
        assert WORDS not in page(Client())
        assert Client().get("/bryn/plan/plan.pdf").status_code == 503
    finally:
        over.set()
        writer.join(30)
    assert not Correction.objects.exists()


def test_a_project_without_an_edition_has_nothing_to_correct(project):
    assert record_corrections(project=project) is False
    assert not Edition.objects.exists()
