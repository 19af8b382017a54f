"""Changing many comments at once: a few thousand in one go, more of them in pieces by a job."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import secret_fingerprint
from coproduction.jobs.services import UNTIL_DONE, enqueue
from coproduction.languages.searching import Found
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import SentForm
from engagements.models import BulkChange, BulkChangedComment, Comment, Engagement, Question
from engagements.queries.comment_selection import CommentSelection
from engagements.services.bulk_effects import Piece, change_piece, sort_piece
from engagements.services.submission import AnotherProject, refuse_cancelled

Kind, Outcome = BulkChange.Kind, BulkChangedComment.Outcome
CHANGE_COMMENTS = CommentSelection.change_task
# So many comments are changed in one transaction; of more, so many at a time.
MOST_AT_ONCE = 2_000
Report = Callable[[int, int], None]


class NothingToChange(Refusal):
    """All that were meant are so already, or somebody else was quicker with all of them."""

    sentence = _(
        "None of these comments was changed: they are so already, or were changed since you opened "
        "the list. Look at the list again."
    )


@dataclass(frozen=True)
class CommentsShown:
    """Which comments somebody meant, of those that a page showed, and what the page showed then.

    ``entry`` is the newest entry of the trail when it was drawn and ``newest`` the greatest key of
    a comment: what came or was changed since is not changed unseen. ``ticked`` are keys; without
    it all that match ``which`` are meant. ``number`` is how many the page said. ``whatever`` means
    those that something withholds too.
    """

    entry: int
    newest: int
    number: int = 0
    ticked: Sequence[int] | None = None
    which: CommentSelection = field(default_factory=CommentSelection)
    whatever: bool = False

    def found(self, project: Project) -> Found[Comment]:
        """Return them, as they are found by their keys now."""
        rows = Comment.objects.of(project).filter(pk__lte=self.newest)
        if self.whatever:
            return Found(self.which.narrow(rows.filter(submission__undone_at=None)))
        if self.ticked is not None:
            return Found(rows.visible().filter(pk__in=self.ticked))
        return self.which.among(project, rows.visible())

    def some(self, project: Project, most: int) -> list[int]:
        """Return the keys of those meant, at most so many; of those ticked all that there are."""
        if self.ticked is not None:
            rows = Comment.objects.of(project).filter(pk__in=self.ticked, pk__lte=self.newest)
            return list(rows.order_by("pk").values_list("pk", flat=True))
        return self.found(project).keys(most, newest_first=False)


@dataclass(frozen=True, kw_only=True)
class NewValue:
    """What a change makes of the comments: the kind, and the one value that it asks for."""

    kind: str
    question: Question | None = None
    engagement: Engagement | None = None
    language: str = ""
    consent: bool | None = None
    descriptor: str = ""


def change_comments(
    *,
    project: Project,
    shown: CommentsShown,
    to: NewValue,
    by: User,
    sending: SentForm | None = None,
) -> BulkChange:
    """Change many comments in one way; what each was is kept, so that it can be put back.

    Up to MOST_AT_ONCE they are changed when this returns; more are changed by a job, in pieces.
    What was changed or withheld since the page was drawn is left as it is, and consent once taken
    back is not given. By one ``sending`` of a form, once. Raises NothingToChange, AnotherProject,
    EngagementCancelled and MadeAlready.
    """
    named = [each for each in (to.question, to.engagement) if each is not None]
    if any(each.project_id != project.pk for each in named):
        raise AnotherProject
    with recorded(project=project, by=by) as ledger:
        if (made := ledger.made_before(sending, BulkChange)) is not None:
            return made
        if to.engagement is not None:
            refuse_cancelled(to.engagement)
        bulk = _new_change(project, to, by, ledger)
        keys = shown.some(project, MOST_AT_ONCE + 1)
        if shown.ticked is not None or len(keys) <= MOST_AT_ONCE:
            _change_now(bulk, shown, keys, ledger, sending)
        else:
            _change_later(bulk, shown, ledger, sending)
    return bulk


def _new_change(project: Project, to: NewValue, by: User, ledger: Ledger) -> BulkChange:
    """Keep that many comments are to be changed, and in which way."""
    descriptor = to.descriptor.strip()
    bulk = BulkChange(
        project=project,
        kind=Kind(to.kind),
        question=to.question,
        engagement=to.engagement,
        language=to.language,
        consent=to.consent,
        descriptor=descriptor,
        described=described(descriptor),
        by=by,
        at=ledger.at,
    )
    bulk.clean_fields(exclude=["project", "question", "engagement", "by", "undone_by"])
    bulk.save()
    return bulk


def described(descriptor: str) -> str:
    """Return by what it is known, without the words, that somebody is described so."""
    return secret_fingerprint(f"who said it:{descriptor}")


def _change_now(
    bulk: BulkChange,
    shown: CommentsShown,
    keys: list[int],
    ledger: Ledger,
    sending: SentForm | None,
) -> None:
    """Change all that are meant within the caller's change. Raises NothingToChange."""
    bulk.chosen = max(len(keys), shown.number)
    piece = sort_piece(bulk, keys, since=shown.entry, whatever=shown.whatever)
    if not piece.changed:
        raise NothingToChange
    change_piece(bulk, piece, ledger)
    gone = max(0, shown.number - len(keys))
    _note_piece(bulk, piece, keys, left={"gone": gone} if gone else {})
    _finish(bulk, ledger)
    _record(bulk, piece, ledger, sending)


def _change_later(
    bulk: BulkChange, shown: CommentsShown, ledger: Ledger, sending: SentForm | None
) -> None:
    """Ask for a job that changes them in pieces."""
    bulk.selection = asdict(shown)
    bulk.job = enqueue(
        task=shown.which.change_task,
        scope=str(bulk.project.uuid),
        arguments={"bulk": bulk.pk},
        tries=UNTIL_DONE,
    ).uuid
    bulk.save()
    ledger.record(
        "engagements.comments_change_begun",
        subject=bulk,
        now={"kind": bulk.kind},
        sending=sending,
        follow_up=False,
    )


def _note_piece(
    bulk: BulkChange, piece: Piece, keys: Sequence[int], left: dict[str, int] | None = None
) -> None:
    """Add up what became of a piece; not saved."""
    bulk.changed += len(piece.changed)
    bulk.along += len(piece.along)
    counts = {why: len(some) for why, some in piece.left.items()} | {"same": piece.same}
    for why, number in (counts | (left or {})).items():
        if number:
            bulk.left[str(why)] = bulk.left.get(str(why), 0) + number
    bulk.done += len(keys)
    bulk.last_done = keys[-1] if keys else bulk.last_done


def _finish(bulk: BulkChange, ledger: Ledger) -> None:
    """Say that all were dealt with: no words are needed any more. Not saved."""
    bulk.finished_at = ledger.at
    bulk.selection, bulk.descriptor = {}, ""


def _record(
    bulk: BulkChange, piece: Piece, ledger: Ledger, sending: SentForm | None = None
) -> None:
    """Append the entry of what was changed, by which pages know what came after them."""
    entry = ledger.record(
        "engagements.comments_changed",
        subject=bulk,
        now={"kind": bulk.kind, "comments": len(piece.changed), "along": len(piece.along)},
        sending=sending,
    )
    bulk.entry = entry.number
    bulk.save()


def run_bulk_change(
    *,
    bulk: BulkChange,
    which: type[CommentSelection] = CommentSelection,
    report: Report | None = None,
) -> BulkChange:
    """Change the comments that a job was asked to, in pieces; begun again, go on where it stopped.

    ``which`` is what says how they were chosen. ``report`` is called with (comments done, comments
    in all) after each piece. Stops quietly where the change was undone meanwhile.
    """
    if bulk.is_finished or bulk.is_undone:
        return bulk
    shown = shown_as_kept(bulk.selection, which)
    found = shown.found(bulk.project)
    # Exactly: what a page shows of more than 10,000 is not.
    total = bulk.done + found.rows.filter(pk__gt=bulk.last_done).order_by().count()
    while keys := found.keys(MOST_AT_ONCE, newest_first=False, beyond=bulk.last_done):
        if not _change_next(bulk, shown, keys):
            return bulk
        if report is not None:
            report(bulk.done, max(total, bulk.done))
        # What was found is kept by its keys, and has changed.
        found = shown.found(bulk.project)
    with recorded(project=bulk.project, by=bulk.by) as ledger:
        if ledger.refresh(bulk).is_undone or bulk.is_finished:
            return bulk
        bulk.chosen = bulk.done
        _finish(bulk, ledger)
        bulk.save()
    return bulk


def _change_next(bulk: BulkChange, shown: CommentsShown, keys: list[int]) -> bool:
    """Change one piece in one transaction; False where the change was undone meanwhile."""
    with recorded(project=bulk.project, by=bulk.by) as ledger:
        ledger.refresh(bulk)
        if bulk.is_undone or bulk.is_finished:
            return False
        # Two workers may be at it, when one was thought dead.
        keys = [key for key in keys if key > bulk.last_done]
        if not keys:
            return True
        piece = sort_piece(bulk, keys, since=shown.entry, whatever=shown.whatever)
        change_piece(bulk, piece, ledger)
        _note_piece(bulk, piece, keys)
        _record(bulk, piece, ledger)
    return True


def shown_as_kept(selection: Mapping[str, Any], which: type[CommentSelection]) -> CommentsShown:
    """Return which comments a change under way means, as ``asdict`` wrote it down."""
    kept: dict[str, Any] = dict(selection)
    # One that was begun before lists were narrowed by more keeps it all in one.
    chosen = which.from_kept(kept.get("which", kept))
    then = {name: kept[name] for name in ("entry", "newest", "number", "ticked", "whatever")}
    return CommentsShown(**then, which=chosen)
