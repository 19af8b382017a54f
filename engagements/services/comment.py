"""Changes to how a comment was kept: consent, question, who spoke, language; never its words."""

from typing import Any

from coproduction.projects.audit import recorded
from coproduction.projects.models import User
from engagements.models import Comment, Question, Redaction, Submission
from engagements.services.submission import AnotherProject
from engagements.services.withholding import change_descriptor, make_redaction


def correct_comment(
    *,
    comment: Comment,
    question: Question,
    descriptor: str,
    quote_consent: bool,
    language: str,
    by: User,
) -> bool:
    """Put right how a comment was kept; return whether anything changed.

    Consent, description and language are its sitting's, and so change for all that was said in it.
    Consent found to be missing is remembered, also when it is given later: words published
    without it are not the same ones any more. A new description makes quotes of the old one stale,
    as a redaction does. Raises AnotherProject, and ValidationError.
    """
    if question.project_id != comment.project_id:
        raise AnotherProject
    with recorded(project=comment.project, by=by) as ledger:
        ledger.refresh(comment)
        submission = comment.submission
        was: dict[str, Any] = {}
        now: dict[str, Any] = {}
        if quote_consent != submission.quote_consent:
            was["quote_consent"], now["quote_consent"] = submission.quote_consent, quote_consent
            _change_consent(submission, quote_consent)
        if question != comment.question:
            was["question"], now["question"] = comment.question.kind, question.kind
            _change_question(comment, question)
        if language != submission.language:
            was["language"], now["language"] = submission.language, language
            _change_language(submission, language)
        if descriptor.strip() != submission.descriptor:
            redactions = change_descriptor(
                comment, descriptor.strip(), make_redaction(comment, by), by
            )
            Redaction.objects.bulk_create(redactions)
            now["redaction"] = redactions[0].pk
        if now:
            ledger.record("engagements.comment_corrected", subject=comment, was=was, now=now)
    return bool(now)


def _change_consent(submission: Submission, given: bool) -> None:
    """Keep whether somebody may be quoted."""
    submission.quote_consent = given
    if not given:
        submission.consent_taken_back += 1
    submission.save(update_fields=["quote_consent", "consent_taken_back"])


def _change_question(comment: Comment, question: Question) -> None:
    """Put a comment under another question, and keep the one it came in under."""
    comment.first_question_id = comment.first_question_id or comment.question_id
    comment.question = question
    comment.save(update_fields=["question", "first_question"])


def _change_language(submission: Submission, language: str) -> None:
    """Say that a sitting was in another language; no translation stands into its own."""
    submission.language = language
    submission.clean_fields(exclude=["project", "engagement", "survey", "batch", "by"])
    submission.save(update_fields=["language"])
    for comment in submission.comments.all():
        comment.language = language
        comment.translation.entries.pop(language, None)
        comment.save(update_fields=["language", "translation"])
