"""Withdrawals, worries and redactions: hidden at once, never lost, told without words."""

import pytest

from coproduction.languages.searching import find_words
from coproduction.projects.models import AuditEntry, Letter
from engagements.models import Comment, Concern, Redaction, Submission, Withheld
from engagements.queries.counts import listening_totals
from engagements.services.submission import (
    CommentDraft,
    NothingSaid,
    add_submission,
    undo_submissions,
)
from engagements.services.withholding import (
    AlreadyDecided,
    NoDecision,
    NotChanged,
    NothingRedacted,
    lift_withdrawal,
    raise_concern,
    redact_comment,
    resend_letter_to_lead,
    resolve_concern,
    restore_redaction,
    withdraw_comment,
)

RESTORED, KEPT = Concern.Outcome.RESTORED, Concern.Outcome.KEPT_HIDDEN


@pytest.fixture
def comment(say) -> Comment:
    """A comment that may be quoted."""
    return say("My name is Dai and I live at number 4", quote_consent=True)


@pytest.fixture
def lead(project):
    """Name a safeguarding lead."""
    project.safeguarding_lead = "lead@bryn.example"
    project.save()


def is_shown(comment: Comment) -> bool:
    """Whether a comment is in what pages show."""
    return Comment.objects.publishable().filter(pk=comment.pk).exists()


def test_a_withdrawn_comment_is_shown_nowhere_until_the_wish_is_lifted(
    comment, coordinator, project
) -> None:
    withdraw_comment(comment=comment, by=coordinator)
    withdraw_comment(comment=comment, by=None)
    assert not is_shown(comment)
    assert listening_totals(project).comments == 0
    assert comment.withdrawals.count() == 1
    lift_withdrawal(comment=comment, by=coordinator)
    lift_withdrawal(comment=comment, by=coordinator)
    assert is_shown(comment)
    verbs = AuditEntry.objects.filter(subject_kind="engagements.comment")
    assert [entry.verb for entry in verbs] == [
        "engagements.comment_withdrawn",
        "engagements.withdrawal_lifted",
    ]


def test_a_worry_hides_a_comment_at_once_and_writes_a_letter_later(
    comment, analyst, lead, project
) -> None:
    concern = raise_concern(comment=comment, by=analyst)
    assert not is_shown(comment)
    assert raise_concern(comment=comment, by=analyst) == concern
    letter = Letter.objects.get(kind="concern")
    assert (letter.uuid, letter.to, letter.project) == (
        concern.letter,
        "lead@bryn.example",
        project,
    )


def test_the_letter_holds_no_word_of_it(comment, coordinator, lead, project, deliver) -> None:
    project.contact_email = "hello@bryn.example"
    project.save()
    raise_concern(comment=comment, by=coordinator)
    (letter,) = deliver()
    assert letter.to == ["lead@bryn.example"]
    assert "coordinator@bryn.example" in letter.body
    assert "\n----\n" in letter.body
    # What the lead answers is nothing for the mailbox that the public writes to.
    assert letter.reply_to == []
    said = letter.subject + letter.body
    for word in ("Dai", "number 4", str(comment.submission.uuid), comment.submission.receipt):
        assert word not in said


def test_without_a_lead_nothing_is_sent_and_the_comment_is_hidden_all_the_same(
    comment, coordinator
) -> None:
    concern = raise_concern(comment=comment, by=coordinator)
    assert not is_shown(comment)
    assert concern.letter is None
    assert not Letter.objects.exists()


def test_a_worry_ends_by_showing_or_by_hiding(comment, coordinator) -> None:
    concern = raise_concern(comment=comment, by=coordinator)
    with pytest.raises(NoDecision):
        resolve_concern(concern=concern, outcome="", by=coordinator)
    resolve_concern(concern=concern, outcome=KEPT, by=coordinator)
    assert not is_shown(comment)
    resolve_concern(concern=concern, outcome=RESTORED, by=coordinator)
    assert is_shown(comment)
    with pytest.raises(AlreadyDecided):
        resolve_concern(concern=concern, outcome=KEPT, by=coordinator)
    assert is_shown(comment)


def test_a_new_worry_about_a_comment_shown_again_hides_it_again(comment, coordinator) -> None:
    first = raise_concern(comment=comment, by=coordinator)
    resolve_concern(concern=first, outcome=RESTORED, by=coordinator)
    second = raise_concern(comment=comment, by=coordinator)
    assert second != first
    assert not is_shown(comment)


def test_a_settled_worry_does_not_bring_back_what_was_withdrawn(comment, coordinator) -> None:
    withdraw_comment(comment=comment, by=None)
    concern = raise_concern(comment=comment, by=coordinator)
    comment.refresh_from_db()
    assert comment.withheld == Withheld.CONCERN
    resolve_concern(concern=concern, outcome=RESTORED, by=coordinator)
    comment.refresh_from_db()
    assert comment.withheld == Withheld.WITHDRAWN


def test_a_lifted_withdrawal_does_not_bring_back_what_was_undone(comment, coordinator) -> None:
    withdraw_comment(comment=comment, by=None)
    undo_submissions(submissions=[comment.submission], by=coordinator)
    lift_withdrawal(comment=comment, by=None)
    comment.refresh_from_db()
    assert comment.withheld == Withheld.UNDONE


def test_a_redaction_keeps_the_words_apart_and_can_be_put_back(comment, coordinator) -> None:
    redact_comment(comment=comment, text="My name is [name]", by=coordinator)
    redact_comment(comment=comment, text="[a resident]", by=coordinator)
    restore_redaction(comment=comment, by=coordinator)
    comment.refresh_from_db()
    assert comment.text == "My name is [name]"
    restore_redaction(comment=comment, by=coordinator)
    comment.refresh_from_db()
    assert comment.text == "My name is Dai and I live at number 4"
    assert not Redaction.objects.exists()
    with pytest.raises(NothingRedacted):
        restore_redaction(comment=comment, by=coordinator)


def test_a_redaction_takes_the_translation_with_it(say, coordinator) -> None:
    comment = say("Dai ydw i", language="cy", translation={"en": "I am Dai"})
    redact_comment(comment=comment, text="[enw] ydw i", by=coordinator)
    comment.refresh_from_db()
    assert not comment.translation
    restore_redaction(comment=comment, by=coordinator)
    redact_comment(
        comment=comment, text="[enw] ydw i", translation={"en": "I am [name]"}, by=coordinator
    )
    comment.refresh_from_db()
    assert comment.translation.text("en") == "I am [name]"


def test_a_redaction_leaves_words_and_changes_them(comment, coordinator) -> None:
    with pytest.raises(NotChanged):
        redact_comment(comment=comment, text=comment.text, by=coordinator)
    with pytest.raises(NothingSaid):
        redact_comment(comment=comment, text="  ", by=coordinator)
    assert not Redaction.objects.exists()


def test_the_trail_holds_no_words(comment, coordinator) -> None:
    redact_comment(comment=comment, text="Redacted", by=coordinator)
    concern = raise_concern(comment=comment, by=coordinator)
    resolve_concern(concern=concern, outcome=KEPT, by=coordinator)
    entries = AuditEntry.objects.filter(subject_kind="engagements.comment")
    assert entries.count() == 3
    for entry in entries:
        assert "Dai" not in str(entry.was) + str(entry.now)


def test_how_the_speaker_is_described_is_taken_out_and_can_be_put_back(
    say, coordinator, project
) -> None:
    comment = say("I love it", quote_consent=True, descriptor="Ann Jones of 3 High St")
    redact_comment(comment=comment, text="I love it", descriptor=" A resident ", by=coordinator)
    comment.submission.refresh_from_db()
    assert comment.submission.descriptor == "A resident"
    assert comment.redactions.get().original_descriptor == "Ann Jones of 3 High St"
    with pytest.raises(NotChanged):
        redact_comment(comment=comment, text="I love it", descriptor="A resident", by=coordinator)
    redact_comment(comment=comment, text="I [like] it", by=coordinator)
    restore_redaction(comment=comment, by=coordinator)
    assert Submission.objects.get().descriptor == "A resident"
    restore_redaction(comment=comment, by=coordinator)
    assert Submission.objects.get().descriptor == "Ann Jones of 3 High St"


def test_what_the_same_person_also_said_must_be_looked_at_again(
    engagement, questions, coordinator
) -> None:
    """A quote of it may carry the old description."""
    sitting = add_submission(
        engagement=engagement,
        comments=[
            CommentDraft(questions["need"], "A bus"),
            CommentDraft(questions["asset"], "The park"),
        ],
        descriptor="Ann Jones",
        by=coordinator,
    )
    first, second = sitting.comments.order_by("position")
    redact_comment(comment=first, text="A bus", descriptor="A resident", by=coordinator)
    assert second.redactions.get().original_descriptor == "Ann Jones"
    second.refresh_from_db()
    assert second.text == "The park"


def test_a_redacted_comment_is_not_found_by_what_was_taken_out(comment, coordinator) -> None:
    redact_comment(comment=comment, text="My name is [name]", by=coordinator)
    assert not find_words(Comment.objects.all(), "Dai").exists()
    restore_redaction(comment=comment, by=coordinator)
    assert find_words(Comment.objects.all(), "dai").exists()


def test_a_letter_that_did_not_go_is_written_again_and_no_other(comment, coordinator, lead) -> None:
    concern = raise_concern(comment=comment, by=coordinator)
    assert not resend_letter_to_lead(concern=concern, by=coordinator)
    for state in ("refused", "uncertain"):
        Letter.objects.update(state=state)
        assert resend_letter_to_lead(concern=concern, by=coordinator)
        assert not resend_letter_to_lead(concern=concern, by=coordinator)
        assert Letter.objects.get().uuid == concern.letter
        assert Letter.objects.get().state == "waiting"


def test_a_letter_that_did_not_go_is_written_anew_to_another_lead(
    comment, coordinator, lead, project
) -> None:
    concern = raise_concern(comment=comment, by=coordinator)
    Letter.objects.update(state="refused")
    project.safeguarding_lead = "other@bryn.example"
    project.save()
    concern = Concern.objects.get()
    assert resend_letter_to_lead(concern=concern, by=coordinator)
    assert [letter.state for letter in Letter.objects.order_by("pk")] == ["dropped", "waiting"]
    assert Letter.objects.get(uuid=concern.letter).to == "other@bryn.example"


def test_nothing_is_written_of_a_worry_that_is_over(comment, coordinator, lead, deliver) -> None:
    concern = raise_concern(comment=comment, by=coordinator)
    resolve_concern(concern=concern, outcome=KEPT, by=coordinator)
    assert deliver() == []
    assert Letter.objects.get().why == "withdrawn"


def test_a_lead_named_later_can_be_told(comment, coordinator, project) -> None:
    concern = raise_concern(comment=comment, by=coordinator)
    assert not resend_letter_to_lead(concern=concern, by=coordinator)
    project.safeguarding_lead = "lead@bryn.example"
    project.save()
    assert resend_letter_to_lead(concern=Concern.objects.get(), by=coordinator)


def test_the_letters_subject_is_one_line_whatever_the_place_is_called(
    comment, coordinator, lead, project, deliver
) -> None:
    project.place = "Bryn\nBcc: a@b.example"
    project.save()
    raise_concern(comment=comment, by=coordinator)
    (letter,) = deliver()
    assert letter.subject == "Somebody is worried about a comment in Bryn Bcc: a@b.example"
    assert letter.recipients() == ["lead@bryn.example"]
