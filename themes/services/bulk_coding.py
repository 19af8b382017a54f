"""Putting a code on many comments at once, taking one off them, or moving them; and undoing it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coproduction.database import insert_rows
from coproduction.jobs.services import UNTIL_DONE, enqueue
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import SentForm
from engagements.models import Comment
from engagements.services.bulk_change import MOST_AT_ONCE, CommentsShown, shown_as_kept
from themes.models import BulkCodedComment, BulkCoding, Coding, Theme
from themes.queries.bulk_coding import CodedPiece, sort_codes
from themes.queries.codebook import merges_of
from themes.queries.coded_selection import CodedSelection
from themes.services import merging
from themes.services.coding import UnknownCode

CODE_COMMENTS, UNCODE_COMMENTS = "themes.code_listed", "themes.undo_code_listed"
Report = Callable[[int, int], None]
_OF_CODING = ("comment_id", "theme_id", "first_theme_id", "engagement_id", "question_id", "by_id")


class NothingToCode(Refusal):
    """All that were meant are so already, or are out of sight by now."""

    sentence = _("None of these comments would change: they are so already. Choose another code.")


class SameCode(Refusal):
    """A code is not moved to itself."""

    sentence = _("Choose two different codes, or one alone.")


class CodingUndone(Refusal):
    """It is undone once: somebody else was quicker, or an older page was open."""

    sentence = _("That was undone already. Nothing more was done.")


def code_many(
    *,
    project: Project,
    shown: CommentsShown,
    put: Theme | None,
    taken: Theme | None,
    by: User,
    sending: SentForm | None = None,
) -> BulkCoding:
    """Put a code on many comments, take one off, or with both move those that carry the second.

    What each carried is kept, so that it can be undone. Up to MOST_AT_ONCE it is done when this
    returns; more are dealt with by a job, in pieces. By one ``sending`` of a form, once. Raises
    NothingToCode, SameCode, UnknownCode and MadeAlready.
    """
    with recorded(project=project, by=by) as ledger:
        if (made := ledger.made_before(sending, BulkCoding)) is not None:
            return made
        put, taken = (code and _current(project, code) for code in (put, taken))
        if put == taken:
            raise SameCode
        bulk = BulkCoding(project=project, put=put, taken=taken, by=by, at=ledger.at)
        keys = shown.some(project, MOST_AT_ONCE + 1)
        bulk.save()
        if shown.ticked is not None or len(keys) <= MOST_AT_ONCE:
            _code_piece(bulk, keys)
            if not bulk.changed:
                raise NothingToCode
            bulk.finished_at = ledger.at
        else:
            bulk.selection = asdict(shown)
            bulk.job = _job_for(CODE_COMMENTS, bulk)
        bulk.save()
        _record(bulk, ledger, sending)
    return bulk


def _current(project: Project, code: Theme) -> Theme:
    """Return a code read under the lock, or what it was merged into since. Raises UnknownCode."""
    final = merges_of(project).final(code.pk)
    found = Theme.objects.of(project).filter(pk=final, kind=Theme.Kind.CODE).first()
    if found is None:
        raise UnknownCode
    return found


def _job_for(task: str, bulk: BulkCoding) -> Any:
    """Ask for a job; return how it is named."""
    scope, arguments = str(bulk.project.uuid), {"bulk": bulk.pk}
    return enqueue(task=task, scope=scope, arguments=arguments, tries=UNTIL_DONE).uuid


def _record(bulk: BulkCoding, ledger: Ledger, sending: SentForm | None = None) -> None:
    """Append the entry of what was done so far."""
    ledger.record(
        "themes.comments_coded_together",
        subject=bulk,
        now={
            "put": bulk.put.uuid if bulk.put else None,
            "taken": bulk.taken.uuid if bulk.taken else None,
            "comments": bulk.changed,
        },
        sending=sending,
    )


def _code_piece(bulk: BulkCoding, keys: Sequence[int]) -> None:
    """Deal with some comments, in few statements however many they are; ``bulk`` is not saved."""
    piece = sort_codes(bulk, keys)
    removed = [
        (row.comment_id, False, row.theme_id, row.first_theme_id, row.by_id, row.at)
        for row in piece.to_remove
    ]
    added = [(comment, True, bulk.put_id, None, bulk.by_id, bulk.at) for comment in piece.to_code]
    names = ("comment_id", "is_put", "theme_id", "first_theme_id", "by_id", "at")
    insert_rows(BulkCodedComment, names, [*removed, *added], bulk_id=bulk.pk)
    Coding.objects.filter(pk__in=[row.pk for row in piece.to_remove]).delete()
    _add_codings(bulk, piece)
    bulk.changed += piece.changed
    bulk.same += len(keys) - piece.changed
    bulk.done += len(keys)
    bulk.last_done = keys[-1] if keys else bulk.last_done


def _add_codings(bulk: BulkCoding, piece: CodedPiece) -> None:
    """Put the code on the comments that are to have it."""
    rows = (
        (comment, bulk.put_id, None, *piece.places[comment], bulk.by_id)
        for comment in piece.to_code
    )
    insert_rows(Coding, _OF_CODING, rows, project_id=bulk.project_id)


def run_bulk_coding(*, bulk: BulkCoding, report: Report | None = None) -> BulkCoding:
    """Deal with the comments that a job was asked to, in pieces; begun again, go on.

    ``report`` is called with (comments done, comments in all) after each piece. Stops quietly where
    it was undone meanwhile.
    """
    if bulk.is_finished or bulk.is_undone:
        return bulk
    shown = shown_as_kept(bulk.selection, CodedSelection)
    found = shown.found(bulk.project)
    total = bulk.done + found.rows.filter(pk__gt=bulk.last_done).order_by().count()
    # Those after the last one dealt with carry what they carried: found by their codes too.
    while keys := found.keys(MOST_AT_ONCE, newest_first=False, beyond=bulk.last_done):
        with recorded(project=bulk.project, by=bulk.by) as ledger:
            if ledger.refresh(bulk).is_undone or bulk.is_finished:
                return bulk
            # Two workers may be at it, when one was thought dead.
            _code_piece(bulk, [key for key in keys if key > bulk.last_done])
            bulk.save()
            _record(bulk, ledger)
        if report is not None:
            report(bulk.done, max(total, bulk.done))
        found = shown.found(bulk.project)
    with recorded(project=bulk.project, by=bulk.by) as ledger:
        if not (ledger.refresh(bulk).is_undone or bulk.is_finished):
            bulk.finished_at, bulk.selection = ledger.at, {}
            bulk.save()
    return bulk


def undo_code_many(*, bulk: BulkCoding, by: User) -> BulkCoding:
    """Take off again what was put on, and put back what was taken off, however long ago it was.

    A code that somebody else has given the comment since stays, and is counted. One under way
    stops. Many are put back by a job. Raises CodingUndone.
    """
    with recorded(project=bulk.project, by=by) as ledger:
        if ledger.refresh(bulk).is_undone:
            raise CodingUndone
        bulk.undone_at, bulk.undone_by, bulk.selection = ledger.at, by, {}
        if bulk.codings.count() <= MOST_AT_ONCE:
            _put_back(bulk, list(bulk.codings.all()))
            bulk.undo_finished_at = ledger.at
        else:
            bulk.job = _job_for(UNCODE_COMMENTS, bulk)
        bulk.save()
        _record_undo(bulk, ledger)
    return bulk


def run_undo_coding(*, bulk: BulkCoding, report: Report | None = None) -> BulkCoding:
    """Put codes back in pieces; begun again after a crash, go on where it stopped.

    ``report`` is called with (codings dealt with, codings in all) after each piece.
    """
    total, done = bulk.codings.count(), bulk.codings.filter(pk__lte=bulk.last_undone).count()
    while rows := list(bulk.codings.filter(pk__gt=bulk.last_undone)[:MOST_AT_ONCE]):
        with recorded(project=bulk.project, by=bulk.undone_by) as ledger:
            ledger.refresh(bulk)
            _put_back(bulk, [row for row in rows if row.pk > bulk.last_undone])
            bulk.save()
            _record_undo(bulk, ledger)
        done += len(rows)
        if report is not None:
            report(min(done, total), total)
    with recorded(project=bulk.project, by=bulk.undone_by) as ledger:
        if ledger.refresh(bulk).undo_finished_at is None:
            bulk.undo_finished_at = ledger.at
            bulk.save()
    return bulk


def _record_undo(bulk: BulkCoding, ledger: Ledger) -> None:
    """Append the entry of what was put back."""
    ledger.record(
        "themes.coding_together_undone",
        subject=bulk,
        was={"comments": bulk.changed},
        now={"put_back": bulk.put_back, "stayed": bulk.stayed},
    )


def _put_back(bulk: BulkCoding, rows: Sequence[BulkCodedComment]) -> None:
    """Undo some of the codings that were made and deleted; ``bulk`` is not saved."""
    if not rows:
        return
    put = [row.comment_id for row in rows if row.is_put]
    gone = _take_off(bulk, put)
    back = _give_back(bulk, [row for row in rows if not row.is_put])
    known = merges_of(bulk.project)
    for code in filter(None, (bulk.put, bulk.taken)):
        merging.promote_duplicates(code, known)
    bulk.put_back += len(gone | back)
    bulk.stayed += len(set(put) - gone)
    bulk.last_undone = rows[-1].pk


def _take_off(bulk: BulkCoding, comments: Sequence[int]) -> set[int]:
    """Delete the codings that were put on, wherever a merge has moved them; return of which."""
    own = Coding.objects.filter(comment__in=comments, by=bulk.by)
    own = own.filter(Q(theme=bulk.put, first_theme=None) | Q(first_theme=bulk.put))
    found = dict(own.values_list("pk", "comment_id"))
    Coding.objects.filter(pk__in=found).delete()
    return set(found.values())


def _give_back(bulk: BulkCoding, rows: Iterable[BulkCodedComment]) -> set[int]:
    """Make the codings anew that were taken off, as they were, where there is none by now."""
    wanted = {(row.comment_id, row.theme_id): row for row in rows}
    comments = {comment for comment, _theme in wanted}
    there = set(Coding.objects.filter(comment__in=comments).values_list("comment_id", "theme_id"))
    places = dict(_places(comments))
    fresh = [row for key, row in wanted.items() if key not in there]
    insert_rows(
        Coding,
        (*_OF_CODING, "at"),
        (
            (
                *(row.comment_id, row.theme_id, row.first_theme_id),
                *(*places[row.comment_id], row.by_id, row.at),
            )
            for row in fresh
        ),
        project_id=bulk.project_id,
    )
    return {row.comment_id for row in fresh}


def _places(comments: Iterable[int]) -> Iterable[tuple[int, tuple[int, int]]]:
    """Yield the engagement and the question of each comment, as they are now."""
    found = Comment.objects.filter(pk__in=comments)
    for pk, engagement, question in found.values_list("pk", "engagement_id", "question_id"):
        yield pk, (engagement, question)
