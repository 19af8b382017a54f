"""How a comment was kept is put right: recorded without words, and never undone by chance."""

import pytest

from coproduction.projects.models import AuditEntry
from engagements.models import Comment, is_quotable
from engagements.services.comment import correct_comment
from engagements.services.import_batch import undo_import
from engagements.services.question import ensure_questions
from engagements.services.submission import AnotherProject, CommentDraft, add_submission


@pytest.fixture
def comment(say) -> Comment:
    """A comment that was wrongly kept as one that may be quoted."""
    return say("Swings", quote_consent=True, descriptor="A parent", translation={"cy": "Siglenni"})


def correct(comment: Comment, by, **changes) -> bool:
    """Correct a comment, all but what is given staying as it is."""
    submission = comment.submission
    as_it_is = {
        "question": comment.question,
        "descriptor": submission.descriptor,
        "quote_consent": comment.quote_consent,
        "language": submission.language,
    }
    return correct_comment(comment=comment, by=by, **as_it_is | changes)


def test_consent_is_taken_back_and_that_is_remembered(comment, coordinator) -> None:
    assert correct(comment, coordinator, quote_consent=False)
    assert not Comment.objects.publishable().exists()
    assert correct(comment, coordinator, quote_consent=True)
    assert Comment.objects.publishable().get().consent_taken_back == 1


@pytest.fixture
def sitting(engagement, questions, coordinator) -> list[Comment]:
    """Three comments of one sitting, kept as ones that may be quoted."""
    drafts = [CommentDraft(questions["need"], text) for text in ("The park", "My son", "The bus")]
    submission = add_submission(
        engagement=engagement, comments=drafts, quote_consent=True, by=coordinator
    )
    return list(submission.comments.order_by("position"))


def quotable() -> list[str]:
    """Return the words that may be quoted."""
    return [comment.text for comment in Comment.objects.publishable()]


def test_consent_is_taken_from_one_comment_and_not_from_its_sitting(sitting, coordinator) -> None:
    correct(sitting[1], coordinator, quote_consent=False)
    assert quotable() == ["The park", "The bus"]


def test_consent_is_given_to_one_comment_and_not_to_its_sitting(sitting, coordinator) -> None:
    for comment in sitting:
        correct(comment, coordinator, quote_consent=False)
    correct(sitting[0], coordinator, quote_consent=True)
    assert quotable() == ["The park"]


def test_consent_is_taken_from_all_of_a_sitting_when_that_is_said(sitting, coordinator) -> None:
    assert correct(sitting[0], coordinator, quote_consent=False, consent_of_all=True)
    assert quotable() == []
    assert {each.consent_taken_back for each in Comment.objects.all()} == {1}
    entry = AuditEntry.objects.get(verb="engagements.comment_corrected")
    assert entry.now == {
        "quote_consent": False,
        "consent_of_others": 2,
        "fields": ["quote_consent"],
    }


def test_consent_taken_back_once_is_not_given_along_with_others(sitting, coordinator) -> None:
    correct(sitting[1], coordinator, quote_consent=False)
    assert not correct(sitting[0], coordinator, consent_of_all=True)
    assert quotable() == ["The park", "The bus"]


def test_the_question_is_put_right_and_the_first_one_kept(comment, questions, coordinator) -> None:
    correct(comment, coordinator, question=questions["need"])
    correct(comment, coordinator, question=questions["change"])
    comment.refresh_from_db()
    assert (comment.question, comment.first_question) == (questions["change"], questions["asset"])


def test_another_language_leaves_no_translation_into_itself(comment, coordinator) -> None:
    correct(comment, coordinator, language="cy")
    comment.refresh_from_db()
    assert (comment.language, comment.submission.language) == ("cy", "cy")
    assert not comment.translation


def test_another_description_is_kept_as_a_redaction_is(comment, coordinator) -> None:
    correct(comment, coordinator, descriptor=" A shopkeeper ")
    comment.refresh_from_db()
    assert comment.submission.descriptor == "A shopkeeper"
    assert comment.redactions.get().original_descriptor == "A parent"


def test_it_is_recorded_once_and_without_words(comment, questions, coordinator) -> None:
    correct(
        comment,
        coordinator,
        quote_consent=False,
        question=questions["need"],
        descriptor="Dai the milk",
    )
    entry = AuditEntry.objects.get(verb="engagements.comment_corrected")
    assert entry.was == {"quote_consent": True, "question": "asset"}
    assert entry.now["quote_consent"] is False
    assert "Dai" not in repr((entry.was, entry.now))


def test_nothing_changed_records_nothing(comment, coordinator) -> None:
    assert not correct(comment, coordinator)
    assert not AuditEntry.objects.filter(verb="engagements.comment_corrected").exists()


def test_another_projects_question_is_refused(
    comment, coordinator, other_project, other_coordinator
) -> None:
    theirs = ensure_questions(project=other_project, by=other_coordinator)["need"]
    with pytest.raises(AnotherProject):
        correct(comment, coordinator, question=theirs)


def test_consent_taken_back_holds_when_the_same_file_comes_in_again(bring_in, coordinator) -> None:
    file = "text,quote\nA park,yes\nA pond,yes\n"
    batch = bring_in(file, quote="quote")
    correct(Comment.objects.get(text="A park"), coordinator, quote_consent=False)
    undo_import(batch=batch, by=coordinator)
    bring_in(file, quote="quote")
    assert [each.text for each in Comment.objects.visible().filter(is_quotable())] == ["A pond"]


def test_how_many_agreed_is_put_right_and_stays_where_nobody_asked(comment, coordinator) -> None:
    assert correct(comment, coordinator, weight=5)
    assert not correct(Comment.objects.get(), coordinator)
    kept = Comment.objects.get()
    assert kept.weight == 5
    entry = AuditEntry.objects.order_by("number").last()
    assert entry is not None
    assert (entry.was["weight"], entry.now["weight"]) == (0, 5)
