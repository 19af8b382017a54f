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


def _shown(comment: Comment) -> Comment:
    """Read a comment again under the lock. Raises CommentNotShown."""
    found = Comment.objects.filter(project=comment.project).visible().filter(pk=comment.pk).first()
    if found is None:
        raise CommentNotShown
    return found


def _standing(project: Project, codes: Iterable[Theme], comment: Comment) -> list[Theme]:
    """Read codes again under the lock, each marked ``is_on`` if the comment carries it.

    A code merged since the page was drawn stands for what it was merged into. Raises UnknownCode.
    """
    wanted = {code.pk for code in codes}
    marked = Theme.objects.of(project).annotate(
        is_on=Exists(Coding.objects.filter(theme=OuterRef("pk"), comment=comment))
    )
    found = list(marked.filter(pk__in=wanted).select_related("merged_into"))
    if len(found) < len(wanted) or any(code.is_theme for code in found):
        raise UnknownCode
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


def code_comment(*, comment: Comment, codes: Sequence[Theme], by: User) -> Coded:
    """Put codes on a comment, beside those it carries; saying it again changes nothing.

    Raises CommentNotShown, NoCode and UnknownCode.
    """
    with recorded(project=comment.project, by=by) as ledger:
        if not codes:
            raise NoCode
        project, comment = comment.project, _shown(comment)
        comment.project = project
        done = _put(comment, _standing(project, codes, comment), by)
        ledger.record(
            "themes.comment_coded",
            subject=comment,
            now={"added": [code.pk for code in done.added], "again": len(done.already)},
        )
    return done


def uncode_comment(*, comment: Comment, codes: Sequence[Theme], by: User) -> Coded:
    """Take codes off a comment, whoever put them there, and what was merged into them too."""
    project = comment.project
    with recorded(project=project, by=by) as ledger:
        removed = _take(comment, codes)
        if removed:
            ledger.record(
                "themes.comment_uncoded",
                subject=comment,
                was={"codes": [code.pk for code in removed]},
            )
    return Coded(removed=removed)


def _take(comment: Comment, codes: Sequence[Theme]) -> list[Theme]:
    """Delete the comment's codings of these codes; return the codes it carried."""
    known = merges(comment.project)
    finals = {known.final(code.pk) for code in codes}
    removed = list(Theme.objects.filter(codings__comment=comment, pk__in=finals).order_by("pk"))
    families = {each for code in removed for each in known.family(code.pk)}
    Coding.objects.filter(comment=comment, theme__in=families).delete()
    return removed


def undo_coding(*, comment: Comment, codes: Sequence[Theme], by: User) -> Coded:
    """Take back codes that ``by`` put on a comment a moment ago.

    What somebody else has said of it since stays, and so does what a merge brought.
    """
    project = comment.project
    with recorded(project=project, by=by) as ledger:
        known = merges(project)
        finals = {known.final(code.pk) for code in codes}
        rows = Coding.objects.filter(comment=comment, theme__in=finals, by=by)
        removed = [row.theme for row in rows.select_related("theme")]
        rows.delete()
        for code in removed:
            moving.settle(code, known)
        if removed:
            ledger.record(
                "themes.coding_undone",
                subject=comment,
                was={"codes": [code.pk for code in removed]},
            )
    return Coded(removed=removed)


def set_codes(*, comment: Comment, codes: Sequence[Theme], by: User) -> Coded:
    """Make these the codes of a comment, all and only; an empty list puts it back in the queue.

    Raises CommentNotShown and UnknownCode.
    """
    project = comment.project
    with recorded(project=project, by=by) as ledger:
        comment = _shown(comment)
        comment.project = project
        wanted = _standing(project, codes, comment)
        carried = [
            row.theme
            for row in Coding.objects.filter(
                comment=comment, theme__merged_into__isnull=True
            ).select_related("theme")
        ]
        removed = _take(comment, [code for code in carried if code not in wanted])
        done = _put(comment, wanted, by)
        if done.added or removed:
            ledger.record(
                "themes.comment_recoded",
                subject=comment,
                was={"codes": [code.pk for code in removed]},
                now={"codes": [code.pk for code in done.added]},
            )
    return Coded(added=done.added, already=done.already, removed=removed)


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
