"""Changes to how a comment was kept: consent, question, who spoke, and so on; never its words."""

from collections.abc import Mapping
from typing import Any

from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import User
from coproduction.projects.seen import ReadAgain, Seen
from engagements.imports.postcodes import without_full_postcode
from engagements.models import (
    BulkChange,
    BulkChangedComment,
    Comment,
    Question,
    Redaction,
    Submission,
)
from engagements.services.look import look_at
from engagements.services.submission import AnotherProject
from engagements.services.withholding import change_descriptor, make_redaction, with_others


def correct_comment(
    *,
    comment: Comment,
    question: Question,
    descriptor: str,
    quote_consent: bool,
    language: str,
    by: User,
    consent_of_all: bool = False,
    taken_back: int | None = None,
    weight: int | None = None,
    age_band: str | None = None,
    area: str | None = None,
    seen: Seen | None = None,
) -> bool:
    """Put right how a comment was kept; return whether anything changed.

    Description, age, area and language are its sitting's; consent is the comment's own, unless
    ``consent_of_all`` says the same of all that was said then. Consent found to be missing is
    remembered; ``taken_back`` is how often the page knew that to have happened. A new description
    makes quotes of the old one stale. What is None stays as it is. Raises AnotherProject,
    ChangedMeanwhile and ReadAgain.
    """
    if question.project_id != comment.project_id:
        raise AnotherProject
    with recorded(project=comment.project, by=by) as ledger:
        submission = ledger.refresh(comment).submission
        sent = {"question": question, "quote_consent": quote_consent, "language": language}
        sent |= {"weight": weight, "age_band": age_band, "area": area, "descriptor": descriptor}
        kept = _as_kept(comment)
        merged = ledger.merged(comment, seen=seen, now=kept, **_as_sent(sent, kept))
        _check_was_read(comment, merged, taken_back)
        was, now = _change_own(comment, merged)
        if consent_of_all and (others := _change_consent_of_others(comment)):
            now["consent_of_others"] = others
        if told := _change_what_was_told(submission, merged):
            # Which of them, and never what they say: the trail is kept for good.
            now["told"] = told
        if merged["language"] != submission.language:
            was["language"], now["language"] = submission.language, merged["language"]
            _change_language(submission, merged["language"])
        if merged["descriptor"] != submission.descriptor:
            now["redaction"] = _describe_anew(comment, merged["descriptor"], ledger, by)
        if now:
            ledger.record("engagements.comment_corrected", subject=comment, was=was, now=now)
    return bool(now)


def _change_own(comment: Comment, merged: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    """Change what is the comment's own, not its sitting's; return what was and what is."""
    was, now = dict[str, Any](), dict[str, Any]()
    if (given := _consent_given(comment, merged["quote_consent"])) is not None:
        was["quote_consent"], now["quote_consent"] = given
    if merged["question"] != comment.question:
        was["question"], now["question"] = comment.question.kind, merged["question"].kind
        _change_question(comment, merged["question"])
    if merged["weight"] != comment.weight:
        was["weight"], now["weight"] = comment.weight, merged["weight"]
        _change_weight(comment, merged["weight"])
    return was, now


def _consent_given(comment: Comment, given: bool) -> tuple[bool, bool] | None:
    """Keep whether a comment may be quoted; return what was and what is, None for no change."""
    if given != comment.quote_consent:
        was = comment.quote_consent
        _change_consent(comment, given)
        return was, given
    if not given and _was_taken_with_many(comment):
        # Somebody says so of this one: undoing the change to many leaves it.
        comment.consent_taken_back += 1
        comment.save(update_fields=["consent_taken_back"])
        return False, False
    return None


def _was_taken_with_many(comment: Comment) -> bool:
    """Say whether a change to many took consent away, which undoing it would give back."""
    rows = BulkChangedComment.objects.filter(
        comment=comment,
        outcome=BulkChangedComment.Outcome.CHANGED,
        bulk__kind=BulkChange.Kind.CONSENT,
        bulk__consent=False,
        taken_back=comment.consent_taken_back,
    )
    return bool(rows.exists())


def _as_kept(comment: Comment) -> dict[str, Any]:
    """Return how a comment is kept, by the names of the form."""
    return {
        "quote_consent": comment.quote_consent,
        "question": comment.question,
        "descriptor": comment.submission.descriptor,
        "language": comment.submission.language,
        "weight": comment.weight,
        "age_band": comment.submission.age_band,
        "area": comment.submission.area,
    }


def _as_sent(sent: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was sent as it is to be kept; what was not asked is as it is."""
    found = {name: kept[name] if value is None else value for name, value in sent.items()}
    for name in ("descriptor", "age_band", "area"):
        found[name] = found[name].strip()
    return found | {"area": without_full_postcode(found["area"])}


def _change_what_was_told(submission: Submission, merged: Mapping[str, Any]) -> list[str]:
    """Keep the age and the area that somebody told; return the names of those that changed."""
    names = [each for each in ("age_band", "area") if merged[each] != getattr(submission, each)]
    for name in names:
        setattr(submission, name, merged[name])
    if names:
        submission.save(update_fields=names)
    return names


def _describe_anew(comment: Comment, descriptor: str, ledger: Ledger, by: User) -> int:
    """Change how the speaker is described; return the key of the redaction that keeps the old."""
    redactions = change_descriptor(comment, descriptor, make_redaction(comment, by), by)
    Redaction.objects.bulk_create(redactions)
    look_at(with_others(comment), ledger=ledger)
    return redactions[0].pk


def _check_was_read(comment: Comment, merged: Mapping[str, Any], taken_back: int | None) -> None:
    """Give no consent from a page of before it was last taken away. Raises ReadAgain."""
    is_given = merged["quote_consent"] and not comment.quote_consent
    if is_given and taken_back not in {None, comment.consent_taken_back}:
        not_given = {"quote_consent": False, "consent_of_all": False}
        known = {"taken_back": comment.consent_taken_back}
        raise ReadAgain(now=_as_kept(comment), yours={**merged, **not_given, **known})


def _change_consent(comment: Comment, given: bool) -> None:
    """Keep whether a comment may be quoted; the others of its sitting stay as they are."""
    comment.quote_consent = given
    if not given:
        comment.consent_taken_back += 1
    comment.save(update_fields=["quote_consent", "consent_taken_back"])


def _change_consent_of_others(comment: Comment) -> int:
    """Say the same of all else that was said in a comment's sitting; return of how many.

    One whose consent was once taken back is not given it along with others.
    """
    given = comment.quote_consent
    others = comment.submission.comments.exclude(pk=comment.pk)
    changed = [
        each
        for each in others
        if each.quote_consent != given and not (given and each.consent_taken_back)
    ]
    for other in changed:
        _change_consent(other, given)
    return len(changed)


def _change_question(comment: Comment, question: Question) -> None:
    """Put a comment under another question, and keep the one it came in under."""
    comment.first_question_id = comment.first_question_id or comment.question_id
    comment.question = question
    comment.save(update_fields=["question", "first_question"])


def _change_weight(comment: Comment, weight: int) -> None:
    """Keep how many agreed, as it was marked."""
    comment.weight = weight
    comment.save(update_fields=["weight"])


def _change_language(submission: Submission, language: str) -> None:
    """Say that a sitting was in another language; no translation stands into its own."""
    submission.language, submission.language_is_guess = language, False
    submission.clean_fields(exclude=["project", "engagement", "survey", "batch", "by"])
    submission.save(update_fields=["language", "language_is_guess"])
    for comment in submission.comments.all():
        comment.language = language
        comment.translation.entries.pop(language, None)
        comment.save(update_fields=["language", "translation"])
