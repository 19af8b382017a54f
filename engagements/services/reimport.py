"""Entries that come in again after they were undone: what was withheld or erased stays so."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from coproduction.projects.audit import Ledger
from engagements.models import (
    Comment,
    Concern,
    Redaction,
    Submission,
    Withdrawal,
    Withheld,
    fingerprint_of_words,
)
from engagements.services.emptying import empty_comment

# Decisions that leave a comment hidden; until one is made it is hidden too.
HIDES = (Concern.Outcome.OPEN, Concern.Outcome.KEPT_HIDDEN)
Identity = Callable[[Comment], Any]


@dataclass(frozen=True)
class _UndoneComment:
    """A comment as it stood when its entry was undone, and what it said when it came in."""

    comment: Comment
    concerns: Sequence[Concern]
    withdrawals: Sequence[Withdrawal]
    redactions: Sequence[Redaction]

    @property
    def withheld(self) -> str:
        """What withholds it but the undoing."""
        if self.concerns:
            return Withheld.CONCERN
        return Withheld.WITHDRAWN if self.withdrawals else Withheld.NOTHING

    @property
    def restricts(self) -> bool:
        """Whether anything is to be carried over."""
        taken_back = self.comment.consent_taken_back
        return bool(self.concerns or self.withdrawals or self.redactions or taken_back)

    @property
    def words(self) -> str:
        """The words as they came in, before any redaction; of those erased their fingerprint."""
        if self.comment.is_erased:
            return str(self.comment.erasure.words)
        return self.redactions[0].original if self.redactions else self.comment.text

    @property
    def descriptor(self) -> str | None:
        """How its speaker was described as it came in; None when that was left as it was."""
        originals = [each.original_descriptor for each in self.redactions]
        return next((each for each in originals if each is not None), None)


def carry_over_withholding(
    *,
    comments: Iterable[Comment],
    undone: "QuerySet[Submission]",
    identity: Identity,
    subject: Any,
    ledger: Ledger,
) -> None:
    """Let open concerns, withdrawals and redactions of undone entries hold for those kept now.

    ``comments`` were saved just now. One is an earlier one again when its ``identity`` is
    the same and so are the words it came in with: an entry undone because a column was mistaken
    for another comes in again under another question or in another place, and is still what its
    speaker withdrew or had erased. The latest of several earlier ones counts: what was lifted since
    is lifted.
    """
    before = _undone_comments(undone, identity)
    if not before:
        return
    held = 0
    for comment in comments:
        own = identity(comment)
        found = before.get((own, comment.text))
        if erased := before.get((own, fingerprint_of_words(comment.text))):
            _carry(erased, comment)
            _erase_again(erased, comment, ledger)
            held += 1
        elif found is not None and found.restricts:
            _carry(found, comment)
            held += 1
    if held:
        ledger.record("engagements.withholding_held", subject=subject, now={"comments": held})


def _undone_comments(
    undone: "QuerySet[Submission]", identity: Identity
) -> Mapping[tuple[Any, str], _UndoneComment]:
    """Return the comments of undone entries by their identity and the words they came in with."""
    rows = (
        Comment.objects.filter(submission__in=undone)
        .select_related("submission", "erasure", "joined_row")
        .prefetch_related(
            Prefetch("concerns", Concern.objects.filter(outcome__in=HIDES).order_by("pk")),
            Prefetch("withdrawals", Withdrawal.objects.filter(lifted_at__isnull=True)),
            Prefetch("redactions", Redaction.objects.order_by("pk")),
        )
        .order_by("pk")
    )
    found = {}
    for comment in rows:
        before = _UndoneComment(
            comment,
            list(comment.concerns.all()),
            list(comment.withdrawals.all()),
            list(comment.redactions.all()),
        )
        found[identity(comment), before.words] = before
    return found


def _carry(before: _UndoneComment, comment: Comment) -> None:
    """Let what held for an earlier comment hold for it as it came in again."""
    submission, earlier = comment.submission, before.comment.submission
    if before.descriptor is not None and before.descriptor == submission.descriptor:
        submission.descriptor = earlier.descriptor
        submission.save(update_fields=["descriptor"])
    if before.comment.consent_taken_back:
        # The file still says yes, and was found to be wrong.
        comment.quote_consent = comment.quote_consent and before.comment.quote_consent
        comment.consent_taken_back = before.comment.consent_taken_back
    if before.redactions:
        comment.text = before.comment.text
        comment.translation = before.comment.translation
    comment.withheld = before.withheld
    comment.save(update_fields=[*Comment.WORDS, "quote_consent", "consent_taken_back", "withheld"])
    Redaction.objects.bulk_create(_copy_to(each, comment) for each in before.redactions)
    Withdrawal.objects.bulk_create(_copy_to(each, comment) for each in before.withdrawals)
    Concern.objects.bulk_create(
        _copy_to(each, comment, follows_id=each.pk) for each in before.concerns
    )


def _erase_again(before: _UndoneComment, comment: Comment, ledger: Ledger) -> None:
    """Empty a comment whose words were erased before; the follow-up clears the file it came by."""
    empty_comment(
        comment,
        words=before.comment.erasure.words,
        withheld=comment.withheld,
        at=ledger.at,
        by=ledger.by,
    )
    ledger.record("engagements.comment_erased", subject=comment)


def _copy_to(record: Any, comment: Comment, **more: Any) -> Any:
    """Copy a record to another comment, with its own time and person."""
    kept = {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if not field.primary_key
    }
    return type(record)(**kept | {"comment_id": comment.pk} | more)
