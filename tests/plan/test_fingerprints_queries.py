"""An edition shows the words that were published, or none: whatever is done to them since."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from coproduction.languages.models import Translated
from engagements.models import Comment, Concern
from engagements.services.comment import correct_comment
from engagements.services.withholding import (
    lift_withdrawal,
    raise_concern,
    redact_comment,
    resolve_concern,
    withdraw_comment,
)
from plan.models import Correction, Edition, Rendering
from plan.queries.masking import mask_of
from plan.services.edition import NothingNew
from tests.plan.story import SWINGS, Story
from themes.models import Quote
from themes.services.quote import change_quote, clear_quote, take_back_quote
from workshops.models import Note
from workshops.services.note import change_note, restore_notes, undo_notes

pytestmark = pytest.mark.django_db

EXTRACT, NOTE = "broken since Easter", "Swings first!"
CHANGED = "MARKED"
Deed = Callable[[Story], object]


def read(client: Client, path: str) -> str:
    """Read a page as the public does."""
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def requoted(story: Story, **changes: object) -> Quote:
    """Change the quote, all but what is given staying as it is."""
    given = {"extract": EXTRACT, "descriptor": "A mother", "translation": {}} | changes
    return change_quote(quote=Quote.objects.get(pk=story.quote.pk), by=story.analyst, **given)


def renoted(story: Story, **changes: object) -> Note:
    """Change the note, all but what is given staying as it is."""
    given = {"kind": "idea", "text": NOTE, "language": "en", "may_be_read_by_all": True} | changes
    return change_note(note=story.workshop.notes.get(), by=story.facilitator, **given)


def withdrawn_and_back(story: Story) -> None:
    """Take the comment back, and give it again before anyone reads."""
    withdraw_comment(comment=story.swings, by=None)
    lift_withdrawal(comment=story.swings, by=None)


def worried_and_back(story: Story) -> None:
    """Worry about the comment, and settle it before anyone reads."""
    concern = raise_concern(comment=story.swings, by=story.analyst)
    outcome = Concern.Outcome.RESTORED
    resolve_concern(concern=concern, outcome=outcome, by=story.coordinator)


def redacted_and_chosen_again(story: Story) -> None:
    """Take something out of the comment, and write the same extract again."""
    left = SWINGS.replace("the little ones", "[some]")
    redact_comment(comment=story.swings, text=left, by=story.coordinator)
    requoted(story)


def uncleared_and_cleared(story: Story) -> None:
    """Take the quote back, and clear it again."""
    quote = Quote.objects.get(pk=story.quote.pk)
    clear_quote(quote=take_back_quote(quote=quote, by=story.analyst), by=story.analyst)


def consent_corrected(story: Story, given: bool) -> None:
    """Correct whether the speaker agreed to be quoted, and nothing else."""
    comment = Comment.objects.select_related("submission", "question").get(pk=story.swings.pk)
    correct_comment(
        comment=comment,
        question=comment.question,
        descriptor=comment.submission.descriptor,
        quote_consent=given,
        language=comment.language,
        by=story.coordinator,
    )


def consent_gone_and_back(story: Story) -> None:
    """Find that the speaker had not agreed, and then that they had, before anyone reads."""
    consent_corrected(story, False)
    consent_corrected(story, True)


@pytest.mark.parametrize(
    "deed",
    [
        lambda story: requoted(story, extract="The swings have been broken since Easter"),
        lambda story: requoted(story, descriptor=CHANGED),
        lambda story: requoted(story, translation={"cy": CHANGED}),
        withdrawn_and_back,
        worried_and_back,
        redacted_and_chosen_again,
        uncleared_and_cleared,
        lambda story: consent_corrected(story, False),
        consent_gone_and_back,
    ],
    ids=[
        *("extract", "descriptor", "translation", "withdrawn", "worry", "redacted", "uncleared"),
        *("consent", "consent and back"),
    ],
)
def test_a_quote_something_was_done_to_leaves_page_and_file_with_a_correction(
    story: Story, client: Client, files, deed: Deed
):
    """Also when the file is what is asked for first, and nobody read anything meanwhile."""
    edition = story.publish()
    old = story.finish_files(edition)
    deed(story)
    assert client.get("/bryn/plan/plan.pdf").status_code == 503
    for path in ("/bryn/plan/", "/cy/bryn/plan/", "/bryn/plan/plan.json", "/bryn/plan/print/"):
        page = read(client, path)
        assert EXTRACT not in page
        assert CHANGED not in page
    assert not Correction.objects.exists()
    story.follow_up()
    assert "We have taken out a quote." in read(client, "/bryn/plan/")
    assert Correction.objects.get().words_uuid == story.quote.uuid
    assert not Rendering.objects.filter(pk__in=[file.pk for file in old], retired_at=None).exists()
    story.finish_files(edition)
    assert client.get("/bryn/plan/plan.pdf").status_code == 200


@pytest.mark.parametrize(
    "deed",
    [
        lambda story: renoted(story, text=CHANGED),
        lambda story: renoted(story, kind="concern"),
        lambda story: renoted(story, language="cy"),
        lambda story: renoted(story, may_be_read_by_all=False),
        lambda story: renoted(renoted(story, text=CHANGED) and story),
    ],
    ids=["text", "kind", "language", "no longer for all", "changed and back"],
)
def test_a_note_something_was_done_to_leaves_the_page_with_a_correction(
    story: Story, client: Client, deed: Deed
):
    story.publish()
    assert NOTE in read(client, "/bryn/plan/actions/1/")
    deed(story)
    page = read(client, "/bryn/plan/actions/1/")
    assert NOTE not in page
    assert CHANGED not in page
    story.follow_up()
    assert "We have taken out a note from a workshop." in read(client, "/bryn/plan/")
    assert Correction.objects.get().words_uuid == story.workshop.notes.get().uuid


@pytest.mark.parametrize(
    "given",
    [{"extract": CHANGED}, {"descriptor": CHANGED}, {"translation": Translated.of("en", cy="x")}],
    ids=["extract", "descriptor", "translation"],
)
def test_words_of_a_quote_changed_by_any_way_at_all_are_noticed(
    story: Story, given: dict[str, object]
):
    edition = story.publish()
    Quote.objects.filter(pk=story.quote.pk).update(**given)
    assert mask_of(edition).quotes_to_correct == [str(story.quote.uuid)]


@pytest.mark.parametrize("given", [{"text": CHANGED}, {"kind": "asset"}, {"language": "cy"}])
def test_words_of_a_note_changed_by_any_way_at_all_are_noticed(
    story: Story, given: dict[str, object]
):
    edition = story.publish()
    story.workshop.notes.update(**given)
    assert mask_of(edition).notes_to_correct == [str(story.workshop.notes.get().uuid)]


def test_a_note_undone_and_put_back_is_the_teams_again(story: Story, client: Client):
    story.publish()
    note = story.workshop.notes.get()
    story.mend.evidence.filter(note=note).delete()
    undo_notes(workshop=story.workshop, notes=[note], by=story.facilitator)
    restore_notes(workshop=story.workshop, notes=[note], by=story.facilitator)
    assert not Note.objects.get().may_be_read_by_all
    story.follow_up()
    assert NOTE not in read(client, "/bryn/plan/actions/1/")
    assert Correction.objects.count() == 1


def test_an_undone_note_is_for_nobody(story: Story):
    with pytest.raises(IntegrityError), transaction.atomic():
        story.workshop.notes.update(undone_at=timezone.now())


def test_a_note_that_is_only_the_teams_is_published_nowhere(story: Story, client: Client):
    renoted(story, may_be_read_by_all=False)
    story.publish()
    assert NOTE not in read(client, "/bryn/plan/actions/1/")
    assert NOTE not in read(client, "/bryn/plan/plan.json")
    renoted(story)
    story.follow_up()
    assert NOTE not in read(client, "/bryn/plan/actions/1/")
    assert not Correction.objects.exists()
    story.publish()
    assert NOTE in read(client, "/bryn/plan/actions/1/")


def test_the_next_edition_shows_the_words_as_they_are_then(story: Story, client: Client):
    story.publish()
    requoted(story, descriptor="A parent")
    story.follow_up()
    assert "A parent" not in read(client, "/bryn/plan/")
    story.publish()
    page = read(client, "/bryn/plan/")
    assert EXTRACT in page
    assert "A parent" in page
    assert "We have taken out" not in page
    with pytest.raises(NothingNew):
        story.publish()


def test_saving_a_note_as_it_was_changes_nothing(story: Story, client: Client):
    story.publish()
    renoted(story)
    story.follow_up()
    assert NOTE in read(client, "/bryn/plan/actions/1/")
    assert not Correction.objects.exists()


def test_the_edition_keeps_fingerprints_and_no_words(story: Story):
    edition = Edition.objects.get(pk=story.publish().pk)
    words = edition.snapshot["words"]
    assert set(words["quotes"]) == {str(story.quote.uuid), str(story.welsh_quote.uuid)}
    assert set(words["notes"]) == {str(story.workshop.notes.get().uuid)}
    marks = [*words["quotes"].values(), *words["notes"].values()]
    assert len(set(marks)) == 3
    assert all(len(mark) == 64 for mark in marks)
    assert EXTRACT not in str(edition.snapshot)
    assert NOTE not in str(edition.snapshot)
    assert mask_of(edition).is_corrected


def test_a_project_renamed_has_its_file_made_afresh(story: Story, client: Client, files):
    edition = story.publish()
    story.finish_files(edition)
    story.project.place = "Bryn Uchaf"
    story.project.save()
    assert client.get("/bryn/plan/plan.pdf").status_code == 503
    story.follow_up()
    story.finish_files(edition)
    assert client.get("/bryn/plan/plan.pdf").status_code == 200
    assert not Correction.objects.exists()
