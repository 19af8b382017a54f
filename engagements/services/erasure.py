"""Erasing somebody's words for good, wherever listening keeps them; later stages clear theirs.

See docs/decisions/0080.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coproduction.languages.folding import fold
from coproduction.languages.typed_text import clean_typed
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.services.letter import drop_letters_with
from coproduction.projects.services.session import forget_unsent_with
from engagements.imports.splitting import DASH, LINE, SEMICOLON, split_points
from engagements.models import (
    Comment,
    Concern,
    ErasedComment,
    ImportBatch,
    JoinedRow,
    RefusedRow,
    SkippedRow,
    Submission,
    Withdrawal,
    fingerprint_of_words,
)
from engagements.services.emptying import empty_comment
from engagements.services.import_file import erase_rows
from engagements.services.withholding import what_withholds

# Fewer letters than this many people write alike.
_FEW_LETTERS = 20


class BeingLookedAt(Refusal):
    """Somebody may be at risk: what was said is needed until that is decided."""

    sentence = _(
        "Somebody is looking at this with care, to keep people safe. "
        "It can be erased once they have decided."
    )


class FileComingIn(Refusal):
    """The file it came in with is still being read."""

    sentence = _("Its file is still being brought in. Wait until that is done, then erase it.")


@dataclass(frozen=True)
class _Words:
    """All that a comment said, in every form of it that was kept."""

    texts: frozenset[str]
    # How the addresses of pages about it end, whichever stage's.
    place: str

    @classmethod
    def of(cls, comment: Comment) -> "_Words":
        """Read them before they go."""
        redactions = list(comment.redactions.all())
        translations = [comment.translation, *(each.original_translation for each in redactions)]
        texts = [comment.text, *(each.original for each in redactions)]
        texts += [each.text(language) for each in translations for language in each.entries]
        folded = frozenset(text for each in texts if (text := fold(each).strip()))
        return cls(folded, f"/{comment.submission.uuid}/{comment.position}/")

    def are_in(self, text: str) -> bool:
        """Say whether a long text has them in it; what anybody may write counts only alone."""
        folded = fold(text).strip()
        return any(
            own == folded or (len(own) >= _FEW_LETTERS and own in folded) for own in self.texts
        )

    def are_shared_with(self, text: str) -> bool:
        """Say whether a text has them, or is a part of them."""
        folded = fold(text).strip()
        is_part = len(folded) >= _FEW_LETTERS and any(folded in own for own in self.texts)
        return is_part or self.are_in(text)

    def are_of_form(self, path: str, typed: Iterable[str]) -> bool:
        """Say whether a form that waits to be sent is about them, or holds them."""
        return self.place in path or any(self.are_shared_with(text) for text in typed)


def erase_comment(*, comment: Comment, by: User | None) -> ErasedComment:
    """Erase a comment's words for good; erasing twice changes nothing.

    ``by`` is None where its speaker did it with their receipt. The row stays, empty, dated and
    withdrawn, so that what was counted stays counted. What stands of it in later stages is masked
    at once and cleared by the follow-up. Raises BeingLookedAt, FileComingIn.
    """
    with recorded(project=comment.project, by=by) as ledger:
        if ledger.refresh(comment).is_erased:
            return comment.erasure
        _refuse_early(comment)
        erasure = _erase(comment, ledger)
        for copy in _earlier_copies(comment, erasure.words):
            _erase(copy, ledger)
    return erasure


def erase_some(*, submission: Submission, positions: Iterable[int], by: User | None) -> int:
    """Erase some of what one person said at one sitting; return how many were erased now.

    Raises BeingLookedAt, FileComingIn: then none is.
    """
    chosen = submission.comments.filter(position__in=positions, erased_at__isnull=True)
    with recorded(project=submission.project, by=by):
        comments = list(chosen.select_related("project", "submission__batch"))
        for comment in comments:
            erase_comment(comment=comment, by=by)
    return len(comments)


def _refuse_early(comment: Comment) -> None:
    """Raise BeingLookedAt or FileComingIn while words can't go yet."""
    if comment.concerns.filter(outcome=Concern.Outcome.OPEN).exists():
        raise BeingLookedAt
    if (batch := comment.submission.batch) is not None and _under_way([batch]):
        raise FileComingIn


def _under_way(batches: Iterable[ImportBatch]) -> bool:
    """Say whether rows of some of these files are being brought in."""
    return any(each.is_mapped and not (each.is_finished or each.is_undone) for each in batches)


def _erase(comment: Comment, ledger: Ledger) -> ErasedComment:
    """Erase one comment here, and the same in refused rows and in what waits to be sent."""
    ledger.refresh(comment)
    words = _Words.of(comment)
    first = comment.redactions.order_by("pk").first()
    as_it_came = first.original if first else comment.text
    if not comment.withdrawals.filter(lifted_at__isnull=True).exists():
        Withdrawal.objects.create(comment=comment, by=ledger.by)
    erasure = empty_comment(
        comment,
        words=fingerprint_of_words(as_it_came),
        withheld=what_withholds(comment),
        at=ledger.at,
        by=ledger.by,
    )
    _empty_refused_rows(comment, as_it_came)
    forget_unsent_with(is_meant=words.are_of_form)
    drop_letters_with(project=comment.project, is_meant=words.are_in)
    ledger.record("engagements.comment_erased", subject=comment)
    return erasure


def _earlier_copies(comment: Comment, words: str) -> Iterator[Comment]:
    """Yield the same words of the same person in entries that were undone, and came in again."""
    own = comment.submission
    same = Q(file_hash=own.file_hash, row=own.row) if own.file_hash else Q(client_id=own.client_id)
    if not own.file_hash and own.client_id is None:
        return
    if own.source_id:
        same |= Q(engagement=own.engagement_id, source_id=own.source_id)
    sittings = Submission.objects.of(comment.project).filter(same).exclude(pk=own.pk)
    rows = Comment.objects.filter(submission__in=sittings, erased_at__isnull=True)
    for each in rows.select_related("project", "submission").prefetch_related("redactions"):
        redactions = sorted(each.redactions.all(), key=lambda row: row.pk)
        if fingerprint_of_words(redactions[0].original if redactions else each.text) == words:
            yield each


def _empty_refused_rows(comment: Comment, as_it_came: str) -> None:
    """Empty the refused rows of its project that say the same: put right, one came in as it.

    Nothing tells whose such a row is, so all that say just the same go.
    """
    narrowed = RefusedRow.objects.filter(
        batch__project=comment.project_id,
        content__contains=json.dumps(as_it_came.partition("\n")[0], ensure_ascii=False)[1:-1],
    )
    same = [
        row.pk
        for row in narrowed
        if any(_has_point(cell, as_it_came) for cell in json.loads(row.content))
    ]
    RefusedRow.objects.filter(pk__in=same).update(content=RefusedRow.ERASED)


def _has_point(cell: str, words: str) -> bool:
    """Say whether a cell says just these words, or has them as one of several points."""
    text = clean_typed(cell).strip()
    return text == words or words in split_points(text, (LINE, SEMICOLON, DASH))


def erase_from_files(*, project: Project, erasures: Sequence[ErasedComment]) -> bool:
    """Take the rows of erased comments out of the files that they came in by.

    Return False where one is still being brought in: then later. Raises FilesAway.
    """
    comments = Comment.objects.filter(pk__in=[each.comment_id for each in erasures])
    hashes = set(comments.values_list("submission__batch__file_hash", flat=True)) - {None}
    # Later exports of the same table have the same answers: those rows were skipped.
    again = SkippedRow.objects.filter(
        submission__project=project, submission__comments__erased_at__isnull=False
    )
    theirs = Q(file_hash__in=hashes) | Q(refused_rows__content=RefusedRow.ERASED)
    theirs |= Q(pk__in=again.values("batch"))
    batches = list(
        ImportBatch.objects.of(project).filter(theirs).distinct().select_related("project")
    )
    if _under_way(batches):
        return False
    # By file, and by sheet: more than one of a workbook may have been brought in.
    rows: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    sittings = Submission.objects.of(project).filter(batch__file_hash__in=hashes)
    erased = sittings.filter(comments__erased_at__isnull=False, row__isnull=False)
    for file_hash, layout, row in erased.values_list("batch__file_hash", "batch__layout", "row"):
        rows[file_hash][layout.get("sheet", "")].add(row)
    joined = JoinedRow.objects.filter(
        batch__file_hash__in=hashes, comment__erased_at__isnull=False, batch__project=project
    )
    for file_hash, layout, row in joined.values_list("batch__file_hash", "batch__layout", "row"):
        rows[file_hash][layout.get("sheet", "")].add(row)
    others: dict[int, set[int]] = defaultdict(set)
    emptied = RefusedRow.objects.filter(batch__in=batches, content=RefusedRow.ERASED)
    for batch, row in emptied.values_list("batch", "row"):
        others[batch].add(row)
    for batch, row in again.values_list("batch", "row").distinct():
        others[batch].add(row)
    for batch in batches:
        of_file, own_sheet = rows[batch.file_hash], batch.layout.get("sheet", "")
        own = {own_sheet: of_file.get(own_sheet, set()) | others[batch.pk]}
        erase_rows(batch=batch, rows={**of_file, **own})
    return True


def note_gone(*, project: Project, erasures: Sequence[ErasedComment], place: str) -> None:
    """Note that words are gone from one more place."""
    with recorded(project=project, by=None):
        _add_place(erasures, place)


def finish_erasures(*, project: Project, erasures: Sequence[ErasedComment], place: str) -> None:
    """Note that words are gone from the last place that there was."""
    with recorded(project=project, by=None) as ledger:
        for each in _add_place(erasures, place):
            each.finished_at = ledger.at
            each.save(update_fields=["finished_at"])
            ledger.record("engagements.erasure_finished", subject=each.comment, follow_up=False)


def _add_place(erasures: Sequence[ErasedComment], place: str) -> list[ErasedComment]:
    """Name a place with those erasures that did not name it yet; return them, as they are now."""
    keys = [each.pk for each in erasures]
    rows = (
        ErasedComment.objects.under_way().filter(pk__in=keys).select_related("comment__submission")
    )
    found = [each for each in rows if place not in each.gone_from]
    for each in found:
        each.gone_from = [*each.gone_from, place]
    ErasedComment.objects.bulk_update(found, ["gone_from"])
    return found
