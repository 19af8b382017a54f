"""Codes that came in with a file: made where the codebook lacks them, and put on their comments."""

from collections.abc import Callable, Iterable

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from coproduction.languages.folding import fold
from coproduction.projects.audit import recorded
from coproduction.projects.models import Project
from coproduction.projects.refusals import Refusal
from engagements.models import ImportBatch, Label
from themes.models import Theme
from themes.queries.codebook import merges_of
from themes.services.codebook import add_code, add_theme
from themes.services.coding import code_comments

# A codebook of more was a column of something else.
MOST_CODES = 500
# So many comments are coded in one transaction.
_AT_ONCE = 500
Report = Callable[[int, int], None]
# A theme and a code, as ``fold`` writes them; one of them may be empty.
_Named = tuple[str, str]


class TooManyCodes(Refusal):
    """A column with a code for nearly every comment is none of codes."""

    sentence = _(
        "The file has more than 500 codes. They were not made: check which column you chose for "
        "codes. Its comments are in."
    )


def take_in_labels(*, batch: ImportBatch, after: int = 0, report: Report | None = None) -> int:
    """Put the codes that came with an import on its comments; return how many codings are new.

    A code is the one of that name under that theme, however either is written, or what it was
    merged into; where there is none it is made, in the project's first language. A theme without a
    code is a code of its own name. ``report`` is called with comments done and in all. Begun again
    it goes on; for an undone import nothing is done, nor for labels up to ``after``, which were put
    on before. Raises TooManyCodes.
    """
    if batch.is_undone:
        return 0
    labels = Label.objects.filter(comment__submission__batch=batch, pk__gt=after)
    # In the order in which they stand in the file.
    each = labels.values("theme", "code").annotate(first=Min("pk")).order_by("first")
    codes = _codes_of(batch, each.values_list("theme", "code"))
    # Each piece is read whole before it is written: SQLite lets nobody write who still reads what
    # was there before somebody else, such as a worker's heartbeat, wrote.
    keys = list(labels.order_by("comment_id").values_list("comment_id", flat=True).distinct())
    added = 0
    for start in range(0, len(keys), _AT_ONCE):
        piece = keys[start : start + _AT_ONCE]
        rows = labels.filter(comment__in=piece).select_related("comment").order_by("pk")
        pairs = [(label.comment, codes[_named(label.theme, label.code)]) for label in rows]
        added += code_comments(project=batch.project, pairs=pairs, by=batch.by)
        if report is not None:
            report(start + len(piece), len(keys))
    return added


def _named(theme: str, code: str) -> _Named:
    """Return by what a label's code is known."""
    return fold(theme), fold(code or theme)


def _codes_of(batch: ImportBatch, labels: Iterable[tuple[str, str]]) -> dict[_Named, Theme]:
    """Return the code of each label; those that are not there are made. Raises TooManyCodes."""
    project, wanted = batch.project, dict[_Named, tuple[str, str]]()
    for theme, code in labels:
        wanted.setdefault(_named(theme, code), (theme, code or theme))
        if len(wanted) > MOST_CODES:
            raise TooManyCodes
    with recorded(project=project, by=batch.by):
        # What names its theme comes first: a code without one is then the one that is there. Read
        # anew after each, so that going on after a crash finds what was found before it.
        for of_theme in (True, False):
            themes, codes = _by_name(project)
            for key, (theme, code) in wanted.items():
                if bool(key[0]) is of_theme and key not in codes:
                    codes[key] = _make(batch, themes, theme, code)
        return _by_name(project)[1]


def _make(batch: ImportBatch, themes: dict[str, Theme], theme: str, code: str) -> Theme:
    """Make a code, under its theme, which is made where it is not among ``themes``."""
    project, by = batch.project, batch.by
    language = project.languages[0]
    name = fold(theme)
    if name and name not in themes:
        themes[name] = add_theme(project=project, name={language: theme}, by=by)
    return add_code(project=project, parent=themes.get(name), name={language: code}, by=by)


def _by_name(project: Project) -> tuple[dict[str, Theme], dict[_Named, Theme]]:
    """Return the current themes by name, and the codes by theme and name, in every language.

    What was merged is called as before, and is what it was merged into. A code that a label names
    without a theme is the first of that name.
    """
    every = list(Theme.objects.of(project).order_by("position", "pk"))
    known, by_key = merges_of(project), {each.pk: each for each in every}
    themes: dict[str, Theme] = {}
    codes: dict[_Named, Theme] = {}
    # Those that stand as they are come before what was merged.
    for each in sorted(every, key=lambda theme: theme.merged_into_id is not None):
        current = by_key[known.final(each.pk)]
        for name in map(fold, _names(each)):
            if each.is_theme:
                themes.setdefault(name, current)
                continue
            parent = by_key.get(each.parent_id or 0)
            for theme in map(fold, _names(parent) if parent else [""]):
                codes.setdefault((theme, name), current)
            codes.setdefault(("", name), current)
    return themes, codes


def _names(theme: Theme) -> list[str]:
    """Return what a theme or code is called, in every language."""
    return [entry["text"] or "" for entry in theme.name.entries.values()]
