"""Changes to the tree of themes and codes: adding, wording, moving, ordering and merging."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max, ProtectedError, QuerySet
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import Translated, is_name_taken
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import Removed, Seen, SentForm
from themes.models import Colour, Theme
from themes.queries.codebook import Merges, merges_of
from themes.services import merging
from themes.services.keys import free_key, key_after_merge, swap_key


class NameUsed(Refusal):
    """Two codes in one place with one name could not be distinguished."""

    sentence = _("That name is used already. Choose another.")


class NotATheme(Refusal):
    """Codes go under themes of the same project that are not merged."""

    sentence = _("Choose a theme of this project that is not merged into another.")


class NotACode(Refusal):
    """Only codes move about under themes."""

    sentence = _("Only a code can be moved under a theme.")


class ThemeInUse(Refusal):
    """Something rests on it, so that removing it would lose what was said."""

    sentence = _("This is in use, so it can't be removed. Merge it into another instead.")


class CannotMerge(Refusal):
    """These two can't become one."""

    sentence = _("Choose two different themes, or two different codes, of this project.")


class AlreadyMerged(Refusal):
    """One of the two was merged before, maybe by somebody else just now."""

    sentence = _("One of these is already merged into another. Look at the list again.")


class NotMerged(Refusal):
    """There is no merge to undo."""

    sentence = _("This is not merged into another, so there is nothing to undo.")


def _siblings(project: Project, kind: str, parent: Theme | None) -> QuerySet[Theme]:
    """Return the current themes, or the codes under one parent, in order."""
    found: QuerySet[Theme] = (
        Theme.objects.of(project).current().filter(kind=kind, parent=parent).order_by()
    )
    return found.order_by("position", "pk")


def _check_name(theme: Theme) -> None:
    """Raise NameUsed where a sibling has the same name."""
    siblings = _siblings(theme.project, theme.kind, theme.parent).exclude(pk=theme.pk)
    if is_name_taken(theme.name, (other.name for other in siblings)):
        raise NameUsed


def _last(project: Project, kind: str, parent: Theme | None) -> int:
    """Return the position after the last sibling."""
    last = _siblings(project, kind, parent).aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def _read_again(theme: Theme) -> Theme:
    """Return a theme as it is now, under the lock. Raises Removed."""
    themes = Theme.objects.select_related("merged_into", "parent", "project")
    if (found := themes.filter(pk=theme.pk).first()) is None:
        raise Removed
    return found


def _check_parent(project: Project, parent: Theme | None) -> Theme | None:
    """Return the parent read again. Raises NotATheme and Removed."""
    if parent is None:
        return None
    parent = _read_again(parent)
    if parent.project != project or not parent.is_theme or parent.merged_into:
        raise NotATheme
    return parent


def next_colour(project: Project) -> str:
    """Return the colour that the fewest themes have, in the palette's order."""
    taken = list(Theme.objects.of(project).themes().values_list("colour", flat=True))
    return str(min(Colour.values, key=taken.count))


def add_theme(
    *,
    project: Project,
    name: Mapping[str, str],
    by: User,
    definition: Mapping[str, str] | None = None,
    colour: str = "",
    sending: SentForm | None = None,
) -> Theme:
    """Add a theme after the others, in a colour given or free; by one ``sending`` of a form, once.

    Raises NameUsed and MadeAlready.
    """
    with recorded(project=project, by=by) as ledger:
        if (made := ledger.made_before(sending, Theme)) is not None:
            return made
        theme = Theme(
            project=project,
            kind=Theme.Kind.THEME,
            name=Translated().changed(name),
            definition=Translated().changed(definition or {}),
            colour=colour or next_colour(project),
            position=_last(project, Theme.Kind.THEME, None),
        )
        theme.full_clean()
        _check_name(theme)
        theme.save()
        ledger.record(
            "themes.theme_added", subject=theme, now={"colour": theme.colour}, sending=sending
        )
    return theme


def add_code(
    *,
    project: Project,
    parent: Theme | None,
    name: Mapping[str, str],
    by: User,
    definition: Mapping[str, str] | None = None,
    sending: SentForm | None = None,
) -> Theme:
    """Add a code under a theme, or under none yet; by one ``sending`` of a form, once.

    Raises NotATheme, NameUsed and MadeAlready.
    """
    with recorded(project=project, by=by) as ledger:
        if (made := ledger.made_before(sending, Theme)) is not None:
            return made
        parent = _check_parent(project, parent)
        code = Theme(
            project=project,
            kind=Theme.Kind.CODE,
            parent=parent,
            name=Translated().changed(name),
            definition=Translated().changed(definition or {}),
            key=free_key(project),
            position=_last(project, Theme.Kind.CODE, parent),
        )
        code.full_clean()
        _check_name(code)
        code.save()
        ledger.record(
            "themes.code_added",
            subject=code,
            now={"parent": parent.uuid if parent else None},
            sending=sending,
        )
    return code


def change_theme(
    *,
    theme: Theme,
    name: Mapping[str, str],
    by: User,
    definition: Mapping[str, str] | None = None,
    colour: str = "",
    key: str | None = None,
    seen: Seen | None = None,
) -> Theme:
    """Rename, define or recolour a theme or code, or give a code another key.

    A code that had that key is given this one's. Raises NameUsed, AlreadyMerged, NoSuchKey and
    ChangedMeanwhile.
    """
    with recorded(project=theme.project, by=by) as ledger:
        theme = _read_again(theme)
        if theme.merged_into:
            raise AlreadyMerged
        was = {"colour": theme.colour, "key": theme.key}
        values: dict[str, Any] = {"name": name}
        if definition is not None:
            values["definition"] = definition
        if theme.is_theme and colour:
            values["colour"] = colour
        if not theme.is_theme and key is not None:
            values["key"] = key
        ledger.change(theme, seen=seen, **values)
        if theme.key != was["key"]:
            _change_key(theme, was["key"], ledger)
        theme.full_clean()
        _check_name(theme)
        theme.save()
        now = {"colour": theme.colour, "key": theme.key}
        ledger.record("themes.theme_changed", subject=theme, was=was, now=now)
    return theme


def _change_key(code: Theme, was: str, ledger: Ledger) -> None:
    """Have a code's new key free. Raises NoSuchKey."""
    key, code.key = code.key, was
    swap_key(code=code, key=key, ledger=ledger)
    code.key = key


def move_code(*, code: Theme, parent: Theme | None, by: User, seen: Seen | None = None) -> Theme:
    """Put a code under another theme, after its codes.

    Raises NotACode, NotATheme, AlreadyMerged, NameUsed and ChangedMeanwhile.
    """
    with recorded(project=code.project, by=by) as ledger:
        code = _read_again(code)
        if code.is_theme:
            raise NotACode
        if code.merged_into:
            raise AlreadyMerged
        was = code.parent
        parent = _check_parent(code.project, parent)
        if not ledger.change(code, seen=seen, parent=parent):
            return code
        code.position = _last(code.project, code.kind, parent)
        code.first_parent = None
        code.full_clean()
        _check_name(code)
        code.save()
        ledger.record(
            "themes.code_moved",
            subject=code,
            was={"parent": was.uuid if was else None},
            now={"parent": parent.uuid if parent else None},
        )
    return code


def shift_theme(*, theme: Theme, steps: int, by: User) -> Theme:
    """Move a theme or code up (-1) or down (1) among those beside it; at the end it stays.

    Raises AlreadyMerged for one that has gone into another."""
    with recorded(project=theme.project, by=by) as ledger:
        theme = _read_again(theme)
        order = list(_siblings(theme.project, theme.kind, theme.parent))
        if theme not in order:
            raise AlreadyMerged
        was = order.index(theme)
        now = max(0, min(len(order) - 1, was + steps))
        if now == was:
            return theme
        order.insert(now, order.pop(was))
        for position, each in enumerate(order):
            each.position = position
        Theme.objects.bulk_update(order, ["position"])
        ledger.record(
            "themes.theme_shifted", subject=theme, was={"position": was}, now={"position": now}
        )
    return _read_again(theme)


def remove_theme(*, theme: Theme, by: User, version: int | None = None) -> None:
    """Remove a theme or code that nothing rests on, such as one added by mistake.

    ``version`` is the one that the page showed: what was said of it since is not removed unread.
    Raises ThemeInUse and ChangedSince.
    """
    with recorded(project=theme.project, by=by) as ledger:
        theme = ledger.refresh(_read_again(theme), version=version)
        ledger.record("themes.theme_removed", subject=theme, was={"kind": theme.kind})
        try:
            theme.delete()
        except ProtectedError as error:
            raise ThemeInUse from error


def check_merge(*, source: Theme, into: Theme) -> None:
    """Raise CannotMerge or AlreadyMerged where these two can't become one."""
    alike = source.kind == into.kind and source.project_id == into.project_id
    if source == into or not alike:
        raise CannotMerge
    if source.merged_into_id or into.merged_into_id:
        raise AlreadyMerged


def merge_themes(*, source: Theme, into: Theme, by: User) -> Theme:
    """Make one of two: comments of ``source`` (or its codes) now count for ``into``.

    Nothing is thrown away, so that ``undo_merge`` brings back exactly what was. Raises
    CannotMerge and AlreadyMerged.
    """
    with recorded(project=source.project, by=by) as ledger:
        source, into = _read_again(source), _read_again(into)
        check_merge(source=source, into=into)
        known = merges_of(source.project)
        if source.is_theme:
            moved = merging.move_children(source=source, into=into)
        else:
            moved = merging.move_codings(source=source, into=into, known=known)
        source.merged_into = into
        source.save(update_fields=["merged_into"])
        ledger.record("themes.merged", subject=source, now={"into": into.uuid, "moved": moved})
    return source


def undo_merge(*, source: Theme, by: User, version: int | None = None) -> Theme:
    """Take two apart again: everything that ``merge_themes`` moved goes back.

    ``version`` is the source's as the page showed it. Raises NotMerged and ChangedSince.
    """
    with recorded(project=source.project, by=by) as ledger:
        source = ledger.refresh(_read_again(source), version=version)
        into = source.merged_into
        if into is None:
            raise NotMerged
        source.merged_into = None
        source.key = key_after_merge(source)
        source.save(update_fields=["merged_into", "key"])
        returned = _take_apart(source, _read_again(into), merges_of(source.project))
        ledger.record(
            "themes.merge_undone",
            subject=source,
            was={"into": into.uuid},
            now={"returned": returned},
        )
    return source


def _take_apart(source: Theme, into: Theme, known: Merges) -> int:
    """Move back codes or codings; return how many."""
    if source.is_theme:
        return merging.return_children(source=source, known=known)
    returned = merging.return_codings(source=source, known=known)
    merging.promote_duplicates(source, known)
    merging.promote_duplicates(into, known)
    return returned
