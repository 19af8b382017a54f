"""Putting codes on comments and taking them off: one at a time, as a set, or many at once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from engagements.models import Comment
from themes.models import Coding, Theme
from themes.queries.tree import merges, standing_for
from themes.services import moving

# SQLite takes this many values in one statement whatever it was built with.
_AT_ONCE = 500


class CommentNotShown(Refusal):
    """The comment was withdrawn, or somebody is worried about it."""

    sentence = _("This comment is no longer shown, so nothing was saved. Go on to the next one.")


class NoCode(Refusal):
    """Nothing was chosen."""

    sentence = _("Choose at least one code, or skip this comment.")


class UnknownCode(Refusal):
    """What was chosen is not a code of this project, or was removed."""

    sentence = _("One of these codes is not there any more. Choose again.")


@dataclass(frozen=True)
class Coded:
    """What a change did to one comment: enough to say so, and to undo it."""

    added: list[Theme] = field(default_factory=list)
    # Those it carried before, from this person or another: both meant it.
    already: list[Theme] = field(default_factory=list)
    removed: list[Theme] = field(default_factory=list)


def _check_shown(comment: Comment) -> None:
    """Raise CommentNotShown where something withholds a comment now."""
    if not Comment.objects.visible().filter(pk=comment.pk).exists():
        raise CommentNotShown


def _standing(comment: Comment, codes: Iterable[Theme]) -> list[Theme]:
    """Read codes again under the lock, each marked ``is_on`` if the comment carries it.

    A code merged since the page was drawn stands for what it was merged into. One query says all
    of it, and whether the comment is shown. Raises CommentNotShown and UnknownCode.
    """
    wanted = {code.pk for code in codes}
    marked = Theme.objects.of(comment.project).annotate(
        is_on=Exists(Coding.objects.filter(theme=OuterRef("pk"), comment=comment)),
        is_shown=Exists(Comment.objects.of(comment.project).visible().filter(pk=comment.pk)),
    )
    found = list(marked.filter(pk__in=wanted).select_related("merged_into"))
    if len(found) < len(wanted) or any(code.is_theme for code in found):
        raise UnknownCode
    if not all(code.is_shown for code in found):
        raise CommentNotShown
    finals = {standing_for(code).pk for code in found}
    if finals != wanted:
        found = list(marked.filter(pk__in=finals))
    return sorted(found, key=lambda code: code.pk)


def _put(comment: Comment, codes: Sequence[Theme], by: User) -> Coded:
    """Add codings for those codes the comment does not carry; the person stands by the others."""
    added = [code for code in codes if not code.is_on]  # type: ignore[attr-defined]
    already = [code for code in codes if code.is_on]  # type: ignore[attr-defined]
    if already:
        for row in Coding.objects.filter(comment=comment, theme__in=already):
            if row.first_theme_id is not None:
                theme = next(code for code in already if code.pk == row.theme_id)
                moving.keep_apart(row, at=theme, project=comment.project)
                added.append(theme)
        already = [code for code in already if code not in added]
        # Whoever coded it first may undo it; from now on that leaves this person's word standing.
        Coding.objects.filter(comment=comment, theme__in=already).update(by=by)
    Coding.objects.bulk_create([_coding(comment, code, by) for code in added])
    return Coded(added=added, already=already)


def _coding(comment: Comment, code: Theme, by: User) -> Coding:
    """Make a coding's row, with engagement and question copied for counting."""
    return Coding(
        project_id=comment.project_id,
        comment=comment,
        theme=code,
        engagement_id=comment.engagement_id,
        question_id=comment.question_id,
        by=by,
    )


def _take(comment: Comment, codes: Sequence[Theme]) -> list[Theme]:
    """Delete the comment's codings of these codes; return the codes it carried."""
    if not codes:
        return []
    known = merges(comment.project)
    finals = {known.final(code.pk) for code in codes}
    removed = list(Theme.objects.filter(codings__comment=comment, pk__in=finals).order_by("pk"))
    families = {each for code in removed for each in known.family(code.pk)}
    Coding.objects.filter(comment=comment, theme__in=families).delete()
    return removed


def recode(
    *, comment: Comment, add: Sequence[Theme], remove: Sequence[Theme] = (), by: User
) -> Coded:
    """Put some codes on a comment and take others off; those named in neither stay as they are.

    So two people who change the same comment at once lose nothing. Saying again what a comment
    carries changes nothing; taking off what it does not carry, neither. Raises CommentNotShown and
    UnknownCode.
    """
    with recorded(project=comment.project, by=by) as ledger:
        removed = _take(comment, remove)
        if add:
            done = _put(comment, _standing(comment, add), by)
        else:
            _check_shown(comment)
            done = Coded()
        if done.added or done.already or removed:
            ledger.record(
                "themes.comment_coded",
                subject=comment,
                was={"codes": [code.pk for code in removed]},
                now={"codes": [code.pk for code in done.added], "again": len(done.already)},
            )
    return Coded(added=done.added, already=done.already, removed=removed)


def code_comment(*, comment: Comment, codes: Sequence[Theme], by: User) -> Coded:
    """Put codes on a comment, beside those it carries. Raises NoCode, and what recode raises."""
    if not codes:
        raise NoCode
    return recode(comment=comment, add=codes, by=by)


def uncode_comment(*, comment: Comment, codes: Sequence[Theme], by: User) -> Coded:
    """Take codes off a comment, whoever put them there, and what was merged into them too."""
    return recode(comment=comment, add=(), remove=codes, by=by)


def set_codes(*, comment: Comment, codes: Sequence[Theme], by: User) -> Coded:
    """Make these the codes of a comment, all and only; an empty list puts it back in the queue.

    Raises CommentNotShown and UnknownCode.
    """
    with recorded(project=comment.project, by=by):
        wanted = {code.pk for code in _standing(comment, codes)}
        carried = Theme.objects.current().filter(codings__comment=comment)
        fresh = wanted - set(carried.values_list("pk", flat=True))
        return recode(
            comment=comment,
            add=list(Theme.objects.filter(pk__in=fresh)),
            remove=list(carried.exclude(pk__in=wanted)),
            by=by,
        )


def undo_coding(
    *, comment: Comment, added: Sequence[Theme], removed: Sequence[Theme] = (), by: User
) -> Coded:
    """Take back what ``by`` did to a comment a moment ago: codes put on, and codes taken off.

    What somebody else has said of it since stays, and so does what a merge brought. Raises
    CommentNotShown and UnknownCode.
    """
    project = comment.project
    with recorded(project=project, by=by) as ledger:
        known = merges(project)
        finals = {known.final(code.pk) for code in added}
        rows = Coding.objects.filter(comment=comment, theme__in=finals, by=by)
        gone = [row.theme for row in rows.select_related("theme")]
        rows.delete()
        for code in gone:
            moving.settle(code, known)
        back = _put(comment, _standing(comment, removed), by) if removed else Coded()
        if gone or back.added:
            ledger.record(
                "themes.coding_undone",
                subject=comment,
                was={"codes": [code.pk for code in gone]},
                now={"codes": [code.pk for code in back.added]},
            )
    return Coded(added=back.added, removed=gone)


def code_many(*, project: Project, pairs: Iterable[tuple[Comment, Theme]], by: User) -> int:
    """Put many codes on many comments at once; return how many codings are new.

    One transaction and one audit entry. Comments that are withheld, and codings that are there
    already, are passed over. Raises UnknownCode.
    """
    with recorded(project=project, by=by) as ledger:
        pairs = list(pairs)
        codes = {code.pk: code for _comment, code in pairs}
        known = set(Theme.objects.of(project).codes().values_list("pk", flat=True))
        if not codes.keys() <= known:
            raise UnknownCode
        shown: set[int] = set()
        carried: set[tuple[int, int]] = set()
        every = sorted({comment.pk for comment, _code in pairs})
        for start in range(0, len(every), _AT_ONCE):
            ids = every[start : start + _AT_ONCE]
            comments = Comment.objects.of(project).visible().filter(pk__in=ids)
            shown.update(comments.values_list("pk", flat=True))
            rows = Coding.objects.filter(comment__in=ids)
            carried.update(rows.values_list("comment_id", "theme_id"))
        fresh = {
            (comment.pk, code.pk): _coding(comment, code, by)
            for comment, code in pairs
            if comment.pk in shown and (comment.pk, code.pk) not in carried
        }
        Coding.objects.bulk_create(fresh.values(), batch_size=1_000)
        tally = Counter(str(code) for _comment, code in fresh)
        ledger.record("themes.comments_coded", subject=project, now={"codings": dict(tally)})
    return len(fresh)
