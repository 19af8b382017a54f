"""Keeping what people said, once, as they said it; and taking an entry back."""

from uuid import uuid4

import pytest

from coproduction.projects.models import AuditEntry
from engagements.models import LONGEST_COMMENT, Comment, Engagement, Submission, Withheld
from engagements.models.receipts import new_receipts, normalise_receipt
from engagements.queries.counts import listening_totals, with_comment_counts
from engagements.services.engagement import cancel_engagement
from engagements.services.question import ensure_questions
from engagements.services.submission import (
    AnotherProject,
    CommentDraft,
    EngagementCancelled,
    NothingSaid,
    SubmissionDraft,
    add_submission,
    add_submissions,
    paste_lines,
    undo_submissions,
)
from engagements.services.submission_draft import TooLong, UnreadableCharacter
from engagements.services.withholding import raise_concern, withdraw_comment


def test_a_comment_may_have_a_consent_of_its_own_and_a_sitting_says_age_and_area(
    engagement, questions, coordinator
) -> None:
    sitting = add_submission(
        engagement=engagement,
        comments=[
            CommentDraft(questions["asset"], "The park"),
            CommentDraft(questions["need"], "About my son", quote_consent=False),
        ],
        age_band=" 25 to 64",
        area="Top end, CF5 4LR",
        quote_consent=True,
        by=coordinator,
    )
    assert [each.is_quotable for each in sitting.comments.order_by("position")] == [True, False]
    assert (sitting.age_band, sitting.area) == ("25 to 64", "Top end, CF5 4")


def test_one_sitting_may_hold_several_comments(engagement, questions, coordinator) -> None:
    submission = add_submission(
        engagement=engagement,
        comments=[
            CommentDraft(questions["asset"], "The park"),
            CommentDraft(questions["need"], "A bus\r\non Sundays "),
        ],
        descriptor="An older resident",
        quote_consent=True,
        by=coordinator,
    )
    texts = list(submission.comments.order_by("position").values_list("text", flat=True))
    assert texts == ["The park", "A bus\non Sundays"]
    assert Comment.objects.publishable().count() == 2


def test_words_are_kept_as_they_are_written(say) -> None:
    for text in ("=SUM(A1)", "-1 for the bins", "@everyone", "ŵ ŷ 🎉", "<b>no</b>"):
        assert say(text).text == text


def test_a_translation_stands_beside_the_words(say) -> None:
    comment = say("Mae'r parc yn wych", language="cy", translation={"en": "The park is great"})
    assert comment.text == "Mae'r parc yn wych"
    assert comment.translation.text("en") == "The park is great"
    assert comment.translation.text("cy") == ""


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", NothingSaid),
        (" \n\t", NothingSaid),
        ("a\x00b", UnreadableCharacter),
        ("a" * (LONGEST_COMMENT + 1), TooLong),
    ],
    ids=["empty", "blank", "NUL", "too long"],
)
def test_what_cannot_be_kept_is_refused_whole(
    engagement, questions, coordinator, text, refusal
) -> None:
    with pytest.raises(refusal):
        add_submission(
            engagement=engagement,
            comments=[
                CommentDraft(questions["asset"], "Good"),
                CommentDraft(questions["need"], text),
            ],
            by=coordinator,
        )
    assert not Submission.objects.exists()


def test_an_entry_sent_twice_goes_in_once(engagement, questions, coordinator) -> None:
    client_id = uuid4()
    first, second = (
        add_submission(
            engagement=engagement,
            comments=[CommentDraft(questions["asset"], text)],
            client_id=client_id,
            by=coordinator,
        )
        for text in ("The park", "The park again")
    )
    assert first == second
    assert Comment.objects.count() == 1
    assert AuditEntry.objects.filter(verb="engagements.submissions_added").count() == 1


def test_two_people_saying_the_same_words_are_two_comments(say, project) -> None:
    say("Fix the swings")
    say("Fix the swings")
    assert listening_totals(project).comments == 2


def test_nobody_speaks_at_an_engagement_called_off(engagement, questions, coordinator) -> None:
    cancel_engagement(engagement=engagement, by=coordinator)
    with pytest.raises(EngagementCancelled):
        add_submission(
            engagement=engagement, comments=[CommentDraft(questions["asset"], "x")], by=coordinator
        )


def test_another_projects_question_is_refused(
    engagement, coordinator, other_project, other_coordinator
) -> None:
    theirs = ensure_questions(project=other_project, by=other_coordinator)
    with pytest.raises(AnotherProject):
        add_submission(
            engagement=engagement, comments=[CommentDraft(theirs["asset"], "x")], by=coordinator
        )


def test_pasted_lines_are_a_comment_each_with_one_entry(engagement, questions, coordinator) -> None:
    lines = ["One", "", "- Two", "Three"]
    made = paste_lines(
        engagement=engagement, question=questions["need"], lines=lines, by=coordinator
    )
    assert [each.comments.get().text for each in made] == ["One", "- Two", "Three"]
    assert len({each.receipt for each in made}) == 3
    assert AuditEntry.objects.filter(verb="engagements.submissions_added").count() == 1


def test_one_bad_line_keeps_all_lines_out(engagement, questions, coordinator) -> None:
    with pytest.raises(UnreadableCharacter):
        paste_lines(
            engagement=engagement,
            question=questions["need"],
            lines=["One", "Two\x00"],
            by=coordinator,
        )
    assert not Comment.objects.exists()


def test_undoing_a_paste_hides_its_comments_and_keeps_them(
    engagement, questions, coordinator, project
) -> None:
    made = paste_lines(
        engagement=engagement, question=questions["need"], lines=["One", "Two"], by=coordinator
    )
    assert undo_submissions(submissions=made, by=coordinator) == 2
    assert undo_submissions(submissions=made, by=coordinator) == 0
    assert listening_totals(project).comments == 0
    assert with_comment_counts(Engagement.objects.all()).get().comment_count == 0
    assert Comment.objects.filter(withheld=Withheld.UNDONE).count() == 2
    assert AuditEntry.objects.filter(verb="engagements.submissions_undone").count() == 1


def test_undoing_leaves_a_worry_a_worry(say, coordinator) -> None:
    worrying, withdrawn = say("one"), say("two")
    raise_concern(comment=worrying, by=coordinator)
    withdraw_comment(comment=withdrawn, by=coordinator)
    undo_submissions(submissions=[worrying.submission, withdrawn.submission], by=coordinator)
    worrying.refresh_from_db()
    withdrawn.refresh_from_db()
    assert (worrying.withheld, withdrawn.withheld) == (Withheld.CONCERN, Withheld.WITHDRAWN)


def test_many_sittings_cost_few_queries(engagement, questions, coordinator, count_queries) -> None:
    entries = [
        SubmissionDraft(comments=[CommentDraft(questions["asset"], f"Thing {n}")])
        for n in range(40)
    ]
    with count_queries() as seen:
        add_submissions(engagement=engagement, entries=entries, channel="typed", by=coordinator)
    assert len(seen) <= 12


def test_receipts_are_found_however_they_are_typed(say, project, other_project) -> None:
    submission = say("The park").submission
    typed = submission.receipt.replace("-", " ").lower().replace("0", "o").replace("1", "l")
    assert Submission.objects.of(project).with_receipt(f" {typed} ").get() == submission
    assert not Submission.objects.of(other_project).with_receipt(submission.receipt)
    for wrong in ("", "x", "0000-0000-0000", "é" * 12, "1" * 500):
        assert not Submission.objects.of(project).with_receipt(wrong)


def test_receipts_do_not_repeat_and_read_back_as_themselves() -> None:
    made = new_receipts(20_000)
    assert len(set(made)) == 20_000
    assert all(normalise_receipt(receipt) == receipt for receipt in made)
    assert {len(receipt) for receipt in made} == {14}
