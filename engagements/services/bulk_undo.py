"""Putting many changed comments back, days later: each that still is as the change made it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from coproduction.jobs.services import UNTIL_DONE, enqueue
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import User
from coproduction.projects.refusals import Refusal
from engagements.models import (
    BulkChange,
    BulkChangedComment,
    Comment,
    Engagement,
    Redaction,
    Submission,
    Withdrawal,
    Withheld,
)
from engagements.services.bulk_change import MOST_AT_ONCE, described
from engagements.services.look import look_at

Kind, Outcome = BulkChange.Kind, BulkChangedComment.Outcome
PUT_BACK_COMMENTS = "engagements.put_comments_back"
Report = Callable[[int, int], None]


class ChangeUndone(Refusal):
    """A change is undone once: somebody else was quicker, or an older page was open."""

    sentence = _("That change was undone already. Nothing more was done.")


class CameFromCancelled(Refusal):
    """Nobody spoke at an engagement that is called off: nothing is put back to it."""

    sentence = _(
        "Some of these comments came from an engagement that was called off since. Put it back in "
        "the diary first, then undo this."
    )


def undo_change_of_comments(*, bulk: BulkChange, by: User) -> BulkChange:
    """Put every comment back that still is as a change to many made it, however long ago it was.

    What was changed since stays, and is counted. One under way stops, and what it did is put back.
    Many are put back by a job. Raises ChangeUndone and CameFromCancelled.
    """
    with recorded(project=bulk.project, by=by) as ledger:
        if ledger.refresh(bulk).is_undone:
            raise ChangeUndone
        _refuse_called_off(bulk)
        bulk.undone_at, bulk.undone_by = ledger.at, by
        bulk.selection, bulk.descriptor = {}, ""
        if bulk.comments.count() <= MOST_AT_ONCE:
            _put_back_piece(bulk, None, ledger)
            bulk.undo_finished_at = ledger.at
        else:
            bulk.job = enqueue(
                task=PUT_BACK_COMMENTS,
                scope=str(bulk.project.uuid),
                arguments={"bulk": bulk.pk},
                tries=UNTIL_DONE,
            ).uuid
        _record(bulk, ledger)
    return bulk


def _refuse_called_off(bulk: BulkChange) -> None:
    """Raise CameFromCancelled where comments would go back to an engagement called off since."""
    chosen = bulk.comments.filter(outcome=Outcome.CHANGED)
    match bulk.kind:
        case Kind.ENGAGEMENT:
            origins: Any = chosen.values("was_engagement")
        case Kind.WITHDRAWAL:
            origins = chosen.values("comment__engagement")
        case _:
            return
    if Engagement.objects.filter(pk__in=origins, status=Engagement.Status.CANCELLED).exists():
        raise CameFromCancelled


def _record(bulk: BulkChange, ledger: Ledger) -> None:
    """Append the entry of what was put back, and save the change."""
    entry = ledger.record(
        "engagements.comments_put_back",
        subject=bulk,
        was={"kind": bulk.kind, "comments": bulk.changed},
        now={"put_back": bulk.put_back, "stayed": bulk.stayed},
    )
    bulk.entry = entry.number
    bulk.save()


def run_undo(*, bulk: BulkChange, report: Report | None = None) -> BulkChange:
    """Put comments back in pieces; begun again after a crash, go on where it stopped.

    ``report`` is called with (comments dealt with, comments in all) after each piece.
    """
    total = bulk.changed
    while (end := _end_of_piece(bulk)) is not None:
        with recorded(project=bulk.project, by=bulk.undone_by) as ledger:
            if ledger.refresh(bulk).last_undone < end:
                _put_back_piece(bulk, end, ledger)
                bulk.last_undone = end
                _record(bulk, ledger)
        if report is not None:
            report(bulk.put_back + bulk.stayed, total)
    with recorded(project=bulk.project, by=bulk.undone_by) as ledger:
        if ledger.refresh(bulk).undo_finished_at is None:
            bulk.undo_finished_at = ledger.at
            bulk.save()
    return bulk


def _rows(bulk: BulkChange) -> QuerySet[BulkChangedComment]:
    """Return what a change did to comments, and is not dealt with yet."""
    rows = BulkChangedComment.objects.filter(bulk=bulk, submission__gt=bulk.last_undone)
    return rows.filter(outcome__in=(Outcome.CHANGED, Outcome.ALONG))


def _end_of_piece(bulk: BulkChange) -> int | None:
    """Return the last sitting of the next piece: none is cut in two. None where there is none."""
    sittings = _rows(bulk).order_by("submission").values_list("submission_id", flat=True)
    last = list(sittings[:MOST_AT_ONCE])
    return last[-1] if last else None


def _put_back_piece(bulk: BulkChange, end: int | None, ledger: Ledger) -> None:
    """Put a piece back, up to a sitting; or all of it. A dozen statements."""
    rows = _rows(bulk) if end is None else _rows(bulk).filter(submission__lte=end)
    together = rows.select_related("comment", "submission", "redaction", "withdrawal")
    every = list(together.defer("comment__text", "comment__folded", "redaction__original"))
    met = _ids_met(bulk, every)
    back = [each for each in every if each.submission_id not in met and _is_as_made(bulk, each)]
    if back:
        _put_back(bulk, back, ledger)
    keys = {each.pk for each in back}
    chosen = [each for each in every if each.outcome == Outcome.CHANGED]
    put_back = sum(each.pk in keys for each in chosen)
    bulk.put_back += put_back
    bulk.stayed += len(chosen) - put_back
    dealt_with = BulkChangedComment.objects.filter(pk__in=[each.pk for each in every])
    dealt_with.exclude(pk__in=keys).update(outcome=Outcome.STAYED)
    BulkChangedComment.objects.filter(pk__in=keys).update(outcome=Outcome.PUT_BACK)


def _ids_met(bulk: BulkChange, every: Sequence[BulkChangedComment]) -> set[int]:
    """Return those sittings that can't move back: an answer with their ID came in there since."""
    own = {each.submission_id: each for each in every if each.submission.source_id}
    if bulk.kind != Kind.ENGAGEMENT or not own:
        return set()
    ids = {each.submission.source_id for each in own.values()}
    there = Submission.objects.not_undone().filter(
        engagement__in={each.was_engagement_id for each in own.values()}, source_id__in=ids
    )
    met = set(there.values_list("engagement_id", "source_id"))
    return {
        sitting
        for sitting, each in own.items()
        if (each.was_engagement_id, each.submission.source_id) in met
    }


def _is_as_made(bulk: BulkChange, changed: BulkChangedComment) -> bool:
    """Say whether a comment still is as the change made it."""
    comment, sitting = changed.comment, changed.submission
    match bulk.kind:
        case Kind.QUESTION:
            return bool(comment.question_id == bulk.question_id)
        case Kind.ENGAGEMENT:
            return bool(sitting.engagement_id == bulk.engagement_id)
        case Kind.LANGUAGE:
            return bool(sitting.language == bulk.language)
        case Kind.CONSENT:
            is_so = comment.quote_consent == bulk.consent
            return is_so and comment.consent_taken_back == changed.taken_back
        case Kind.DESCRIPTOR:
            # What it was goes when its time is over, or the words are erased.
            was = changed.redaction and changed.redaction.original_descriptor
            return was is not None and described(sitting.descriptor) == bulk.described
    withdrawal = changed.withdrawal
    return withdrawal is not None and withdrawal.lifted_at is None and not comment.is_erased


def _put_back(bulk: BulkChange, back: Sequence[BulkChangedComment], ledger: Ledger) -> None:
    """Put these back as they were."""
    comments = Comment.objects.filter(pk__in=[each.comment_id for each in back])
    match bulk.kind:
        case Kind.QUESTION:
            comments.update(question=_was(bulk, "was_question", comment="pk"))
        case Kind.ENGAGEMENT:
            _sittings(back).update(engagement=_was(bulk, "was_engagement", submission="pk"))
            comments.update(engagement=_was(bulk, "was_engagement", comment="pk"))
        case Kind.LANGUAGE:
            _sittings(back).update(
                language=_was(bulk, "was_language", submission="pk"),
                language_is_guess=_was(bulk, "was_guess", submission="pk"),
            )
            comments.update(language=_was(bulk, "was_language", comment="pk"))
            _put_translations_back(back)
            _look_again(comments, ledger)
        case Kind.CONSENT:
            # How often it was taken back stays: a page drawn before may ask for it once more.
            comments.update(quote_consent=not bulk.consent)
        case Kind.DESCRIPTOR:
            _put_descriptions_back(bulk, back)
            _look_again(comments, ledger)
        case Kind.WITHDRAWAL:
            _lift_withdrawals(comments, back, ledger)


def _look_again(comments: Any, ledger: Ledger) -> None:
    """Have what was put back looked at: what was marked in it before may be known no more."""
    there = comments.filter(erased_at__isnull=True).select_related("submission")
    look_at(list(there), ledger=ledger)


def _sittings(back: Sequence[BulkChangedComment]) -> Any:
    """Return the sittings that these comments are of."""
    return Submission.objects.filter(pk__in={each.submission_id for each in back})


def _was(bulk: BulkChange, name: str, **of: str) -> Subquery:
    """Return, for each row that is put back, what was there before: of it, by one of its keys."""
    kept = {key: OuterRef(outer) for key, outer in of.items()}
    return Subquery(BulkChangedComment.objects.filter(bulk=bulk, **kept).values(name)[:1])


def _put_translations_back(back: Sequence[BulkChangedComment]) -> None:
    """Put translations back beside the words, now that those are in another language again."""
    had = [each for each in back if each.was_translation and not each.comment.is_erased]
    for each in had:
        each.comment.translation.entries.update(each.was_translation.entries)
    if had:
        Comment.objects.bulk_update([each.comment for each in had], ["translation"])


def _put_descriptions_back(bulk: BulkChange, back: Sequence[BulkChangedComment]) -> None:
    """Describe the speakers as before; quotes that were stale by it alone are not any more."""
    was = Redaction.objects.filter(pk=OuterRef("redaction")).values("original_descriptor")
    kept = BulkChangedComment.objects.filter(
        bulk=bulk, submission=OuterRef("pk"), redaction__original_descriptor__isnull=False
    )
    _sittings(back).update(descriptor=Subquery(kept.annotate(was=Subquery(was)).values("was")[:1]))
    mine = Redaction.objects.filter(pk__in=[each.redaction_id for each in back])
    later = Redaction.objects.filter(comment=OuterRef("comment"), pk__gt=OuterRef("pk"))
    mine.filter(~Exists(later)).delete()


def _lift_withdrawals(comments: Any, back: Sequence[BulkChangedComment], ledger: Ledger) -> None:
    """Lift what the change withdrew; what something else hides stays hidden by that."""
    lifted = Withdrawal.objects.filter(pk__in=[each.withdrawal_id for each in back])
    lifted.update(lifted_at=ledger.at)
    hidden = comments.withdrawn()
    hidden.filter(submission__undone_at__isnull=False).update(withheld=Withheld.UNDONE)
    hidden.filter(submission__on_hold=True).update(withheld=Withheld.ON_HOLD)
    hidden.update(withheld=Withheld.NOTHING)
