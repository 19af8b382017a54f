"""A typo is put right: what it was is kept, quotes are looked at again, and it is no redaction."""

from uuid import UUID

import pytest

from coproduction.projects.models import AuditEntry
from coproduction.projects.seen import ChangedMeanwhile, Seen
from engagements.models import Comment, Redaction
from engagements.services.erasure import erase_comment
from engagements.services.submission import (
    CommentDraft,
    NothingSaid,
    add_submission,
    undo_submissions,
)
from engagements.services.typo import NothingPutRight, put_typo_right
from engagements.services.withholding import (
    WordsErased,
    redact_comment,
    restore_redaction,
    withdraw_comment,
)

pytestmark = pytest.mark.django_db


def test_the_words_change_and_what_they_were_is_kept(say, coordinator) -> None:
    said = say("The prak", translation={"cy": "Y parc"})
    kept = put_typo_right(comment=said, text="The park", by=coordinator)
    said.refresh_from_db()
    assert (said.text, said.folded) == ("The park", "the park")
    assert (kept.original, kept.is_typo) == ("The prak", True)
    assert said.translation.text("cy") == "Y parc"
    entry = AuditEntry.objects.get(verb="engagements.typo_put_right")
    assert entry.now == {"redaction": kept.pk, "fields": ["text"]}
    assert not AuditEntry.objects.filter(verb="engagements.comment_redacted").exists()


def test_it_can_be_put_back_as_what_it_was(say, coordinator) -> None:
    said = say("The prak")
    put_typo_right(comment=said, text="The park", by=coordinator)
    restore_redaction(comment=said, by=coordinator)
    said.refresh_from_db()
    assert said.text == "The prak"
    assert AuditEntry.objects.filter(verb="engagements.typo_put_back").count() == 1


def test_the_same_words_or_none_are_refused(say, coordinator) -> None:
    said = say("The park")
    with pytest.raises(NothingPutRight):
        put_typo_right(comment=said, text=" The park ", by=coordinator)
    with pytest.raises(NothingSaid):
        put_typo_right(comment=said, text=" ", by=coordinator)
    assert not Redaction.objects.exists()


def test_of_two_who_put_it_right_the_second_sees_both(say, coordinator, facilitator) -> None:
    said = say("The prak")
    seen = Seen.of({"text": said.text})
    put_typo_right(comment=said, text="The park", by=facilitator, seen=seen)
    with pytest.raises(ChangedMeanwhile) as refused:
        put_typo_right(comment=said, text="The prank", by=coordinator, seen=seen)
    assert [(each.theirs, each.yours) for each in refused.value.clashes] == [
        ("The park", "The prank")
    ]


def test_names_taken_out_meanwhile_do_not_come_back_by_it(say, coordinator, facilitator) -> None:
    said = say("Dai says the prak is good")
    seen = Seen.of({"text": said.text})
    redact_comment(comment=said, text="Somebody says the prak is good", by=coordinator)
    with pytest.raises(ChangedMeanwhile) as refused:
        put_typo_right(comment=said, text="Dai says the park is good", by=facilitator, seen=seen)
    assert refused.value.yours["text"] == "Somebody says the park is good"


def test_erased_words_are_not_put_right_and_what_they_were_goes(say, coordinator) -> None:
    said = say("The prak")
    put_typo_right(comment=said, text="The park", by=coordinator)
    erase_comment(comment=said, by=coordinator)
    assert not Redaction.objects.exists()
    with pytest.raises(WordsErased):
        put_typo_right(comment=said, text="The park", by=coordinator)


def test_what_was_put_right_and_withdrawn_stays_so_when_it_comes_in_again(
    engagement, questions, coordinator
) -> None:
    def type_it() -> Comment:
        submission = add_submission(
            engagement=engagement,
            comments=[CommentDraft(questions["need"], "The prak")],
            client_id=UUID(int=7),
            by=coordinator,
        )
        return submission.comments.get()

    first = type_it()
    put_typo_right(comment=first, text="The park", by=coordinator)
    withdraw_comment(comment=first, by=coordinator)
    undo_submissions(submissions=[first.submission], by=coordinator)
    again = type_it()
    assert again != first
    assert (again.text, again.withheld) == ("The park", "withdrawn")
