"""Putting codes on comments and taking them off: one at a time, as a set, or many at once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from coproduction.compiled_queries import CompiledQuery
from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from engagements.models import Comment
from themes.models import Coding, Theme
from themes.queries.codebook import merges_of
from themes.services import merging

# SQLite takes this many values in one statement whatever it was built with.
_AT_ONCE = 500


class CommentWithheld(Refusal):
    """The comment was withdrawn, or somebody is worried about it."""

    sentence = _("This comment is no longer shown, so nothing was saved. Go on to the next one.")


class NoCodeChosen(Refusal):
    """A comment is to be coded with no code at all."""

    sentence = _("Choose at least one code, or skip this comment.")


class UnknownCode(Refusal):
    """What was chosen is not a code of this project, or was removed."""

    sentence = _("One of these codes is not there any more. Choose again.")


@dataclass(frozen=True)
class CodingResult:
    """What a change did to one comment: enough to say so, and to undo it."""

    added: list[Theme] = field(default_factory=list)
    # Those it carried before, from this person or another: both meant it.
    already: list[Theme] = field(default_factory=list)
    removed: list[Theme] = field(default_factory=list)
    # Of those that an undo was to take off: what others had taken off before.
    missing: list[Theme] = field(default_factory=list)


def _visible(project: Any, key: int) -> QuerySet[Comment]:
    """Return a comment that nothing withholds, which knows whether it ``is_coded``."""
    coded = Exists(Coding.objects.filter(comment=OuterRef("pk")))
    return Comment.objects.of(project).visible().annotate(is_coded=coded).filter(pk=key)


# Asked with every comment that is coded.
_VISIBLE = CompiledQuery(_visible)


def _visible_comment(project: Project, key: int) -> Comment:
    """Read a comment under the lock; it knows whether it ``is_coded``. Raises CommentWithheld."""
    found = _VISIBLE.ask(project.pk, key)
    if not found:
        raise CommentWithheld
    found[0].project = project
    return found[0]


def _codes_after_merges(project: Project, *groups: Iterable[UUID]) -> list[list[Theme]]:
    """Read groups of codes under the lock; return them, or what they were merged into since.

    Raises UnknownCode.
    """
    wanted = [set(group) for group in groups]
    every = set[UUID]().union(*wanted)
    if not every:
        return [[] for _group in groups]
    codes = Theme.objects.of(project).filter(kind=Theme.Kind.CODE)
    found = {code.uuid: code for code in codes.filter(uuid__in=every)}
    if found.keys() != every:
        raise UnknownCode
    if any(code.merged_into_id for code in found.values()):
        known = merges_of(project)
        current = codes.in_bulk({known.final(code.pk) for code in found.values()})
        found = {uuid: current[known.final(code.pk)] for uuid, code in found.items()}
    unique = [{found[uuid].pk: found[uuid] for uuid in group} for group in wanted]
    return [[codes[pk] for pk in sorted(codes)] for codes in unique]


def _new_coding(comment: Comment, code: Theme, by: User) -> Coding:
    """Make a coding's row, with engagement and question copied for counting."""
    return Coding(
        project_id=comment.project_id,
        comment=comment,
        theme=code,
        engagement_id=comment.engagement_id,
        question_id=comment.question_id,
        by=by,
    )


def _add_codes(comment: Comment, codes: Sequence[Theme], by: User) -> CodingResult:
    """Add codings for those codes the comment does not carry; the others are this person's too."""
    is_coded = getattr(comment, "is_coded", True)
    there = Coding.objects.filter(comment=comment, theme__in=codes) if is_coded else []
    already: list[Theme] = []
    for row in there:
        theme = next(code for code in codes if code.pk == row.theme_id)
        if row.first_theme_id is None:
            already.append(theme)
        else:
            merging.demote_to_duplicate(row, at=theme, project=comment.project)
    if already:
        # Whoever coded it first may undo it; from now on that leaves what this person said.
        Coding.objects.filter(comment=comment, theme__in=already).update(by=by)
    added = [code for code in codes if code not in already]
    Coding.objects.bulk_create([_new_coding(comment, code, by) for code in added])
    return CodingResult(added=added, already=already)


def _remove_codes(comment: Comment, codes: Sequence[Theme]) -> list[Theme]:
    """Delete the comment's codings of these codes; return the codes it carried."""
    if not codes:
        return []
    known = merges_of(comment.project)
    rows = Coding.objects.filter(comment=comment)
    carried = set(rows.values_list("theme_id", flat=True))
    removed = [code for code in codes if code.pk in carried]
    families = {each for code in removed for each in known.family(code.pk)}
    rows.filter(theme__in=families).delete()
    return removed


def change_codes(
    *,
    project: Project,
    comment: int,
    add: Iterable[UUID],
    remove: Iterable[UUID] = (),
    by: User,
) -> CodingResult:
    """Put some codes on a comment and take others off; those named in neither stay as they are.

    So two people who change the same comment at once lose nothing. Saying again what a comment
    carries changes nothing; nor does taking off what it does not carry. All are named as pages
    send them, and read once, under the lock. Raises CommentWithheld and UnknownCode.
    """
    with recorded(project=project, by=by) as ledger:
        found = _visible_comment(project, comment)
        to_add, to_remove = _codes_after_merges(project, add, remove)
        removed = _remove_codes(found, to_remove)
        done = _add_codes(found, to_add, by) if to_add else CodingResult()
        if done.added or done.already or removed:
            ledger.record(
                "themes.comment_coded",
                subject=found,
                was={"codes": [code.pk for code in removed]},
                now={"codes": [code.pk for code in done.added], "again": len(done.already)},
                follow_up=False,
            )
    return CodingResult(added=done.added, already=done.already, removed=removed)


def code_comment(*, comment: Comment, codes: Iterable[Theme], by: User) -> CodingResult:
    """Put codes on a comment that keeps its others.

    Raises NoCodeChosen, CommentWithheld and UnknownCode.
    """
    named = [code.uuid for code in codes]
    if not named:
        raise NoCodeChosen
    return change_codes(project=comment.project, comment=comment.pk, add=named, by=by)


def uncode_comment(*, comment: Comment, codes: Iterable[Theme], by: User) -> CodingResult:
    """Take codes off a comment, whoever put them there, and what was merged into them too."""
    named = [code.uuid for code in codes]
    return change_codes(project=comment.project, comment=comment.pk, add=(), remove=named, by=by)


def undo_coding(
    *,
    project: Project,
    comment: int,
    added: Iterable[UUID],
    removed: Iterable[UUID] = (),
    by: User,
) -> CodingResult:
    """Take back what ``by`` did to a comment a moment ago: codes put on, and codes taken off.

    What somebody else has said of it since stays, as ``already``, and so does what a merge brought.
    Raises CommentWithheld and UnknownCode.
    """
    with recorded(project=project, by=by) as ledger:
        found = _visible_comment(project, comment)
        off, on = _codes_after_merges(project, added, removed)
        rows = Coding.objects.filter(comment=found, theme__in=off, by=by)
        gone = [row.theme for row in rows.select_related("theme")]
        rows.delete()
        others = Coding.objects.filter(comment=found, theme__in=off).exclude(by=by)
        kept = [row.theme for row in others.select_related("theme")]
        known = merges_of(project)
        for code in gone:
            merging.promote_duplicates(code, known)
        back = _add_codes(found, on, by) if on else CodingResult()
        if gone or back.added:
            ledger.record(
                "themes.coding_undone",
                subject=found,
                was={"codes": [code.pk for code in gone]},
                now={"codes": [code.pk for code in back.added]},
                follow_up=False,
            )
    missing = [code for code in off if code not in [*gone, *kept]]
    return CodingResult(added=back.added, already=kept, removed=gone, missing=missing)


def code_comments(*, project: Project, pairs: Iterable[tuple[Comment, Theme]], by: User) -> int:
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
        visible: set[int] = set()
        carried: set[tuple[int, int]] = set()
        every = sorted({comment.pk for comment, _code in pairs})
        for start in range(0, len(every), _AT_ONCE):
            ids = every[start : start + _AT_ONCE]
            comments = Comment.objects.of(project).visible().filter(pk__in=ids)
            visible.update(comments.values_list("pk", flat=True))
            rows = Coding.objects.filter(comment__in=ids)
            carried.update(rows.values_list("comment_id", "theme_id"))
        fresh = {
            (comment.pk, code.pk): _new_coding(comment, code, by)
            for comment, code in pairs
            if comment.pk in visible and (comment.pk, code.pk) not in carried
        }
        Coding.objects.bulk_create(fresh.values(), batch_size=1_000)
        counts = Counter(str(code) for _comment, code in fresh)
        ledger.record(
            "themes.comments_coded", subject=project, now={"codings": dict(counts)}, follow_up=False
        )
    return len(fresh)
