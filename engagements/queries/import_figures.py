"""What a sheet of figures would change of the engagements that are there, and where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext_lazy as _

from coproduction.projects.models import Project
from coproduction.projects.refusals import Refusal
from engagements.imports.columns import FIGURES, Columns
from engagements.imports.figures import EngagementFigures, FiguresProblem, read_figures
from engagements.imports.guessing import guess_figures
from engagements.imports.headings import LOOKED_AT
from engagements.imports.layout import Layout, with_headings
from engagements.imports.occasions import NamedEngagements
from engagements.imports.refusals import FileRefused
from engagements.imports.table import Row, read_table
from engagements.imports.workbook_parts import sheets_of
from engagements.models import Engagement, ImportBatch
from engagements.models.import_refusal import RefusalReason
from engagements.queries.import_engagements import settle_named
from engagements.queries.import_file import open_file

# More rows than that are no sheet of engagements, of which each has one.
MOST_ROWS = 5_000
# A workbook has few sheets that people made.
_MOST_SHEETS = 30
# What an engagement keeps of each of FIGURES, in that order.
KEPT_AS = ("people_heard", "helpers", "helper_minutes", "cost_pence")


class TooManyRows(Refusal):
    """A sheet of something else was chosen."""

    sentence = _(
        "This sheet has more than 5,000 rows. Choose one in which each engagement has one row."
    )


class NoSuchSheet(Refusal):
    """A sheet was asked for that is not in the file."""

    sentence = _("There is no such sheet in this file. Choose another.")


class FigureChange(NamedTuple):
    """An engagement with the numbers it has, and those it would have; by the names it has them."""

    engagement: Engagement
    was: dict[str, int | None]
    now: dict[str, int | None]


@dataclass
class FiguresPlan:
    """What rows would change, how many say what is there, and by their numbers what is wrong."""

    changes: list[FigureChange] = field(default_factory=list)
    same: int = 0
    problems: dict[int, FiguresProblem] = field(default_factory=dict)


class FiguresSheet(NamedTuple):
    """A sheet of a file: how it is read, its headings and rows, and what its columns seem to be.

    ``names`` are the sheets of the file; none for one that is no workbook.
    """

    layout: Layout
    headings: list[str]
    rows: list[Row]
    guess: Columns
    names: list[str]


def plan_figures(project: Project, figures: Iterable[EngagementFigures]) -> FiguresPlan:
    """Say what rows change of engagements that are there, known by title and day.

    Of several rows on one engagement each may say what the others leave open; a row that
    contradicts one above it is left out, as is one whose engagement is not there.
    """
    plan = FiguresPlan()
    merged = _merge(figures, plan.problems)
    named = NamedEngagements()
    for each in merged:
        named.note(each.occasion)
    settled = settle_named(project, named.named())
    found = Engagement.objects.of(project).in_bulk(settled.there.values())
    for each in merged:
        key = settled.dated.get(each.occasion.key, each.occasion.key)
        engagement = found.get(settled.there.get(key, 0))
        if engagement is None:
            plan.problems[each.row] = _why_not(settled.refused.get(key))
            continue
        said = dict(zip(KEPT_AS, each[2:], strict=True))
        if said["people_heard"] is not None and not engagement.is_held:
            plan.problems[each.row] = FiguresProblem.NOT_HELD
            said["people_heard"] = None
        was = {name: getattr(engagement, name) for name in KEPT_AS}
        now = {name: was[name] if said[name] is None else said[name] for name in KEPT_AS}
        if now == was:
            plan.same += 1
        else:
            plan.changes.append(FigureChange(engagement, was, now))
    return plan


def _why_not(reason: str | None) -> FiguresProblem:
    """Say why there is no engagement for a row."""
    if reason == RefusalReason.SEVERAL_ENGAGEMENTS:
        return FiguresProblem.SEVERAL
    if reason == RefusalReason.ENGAGEMENT_CANCELLED:
        return FiguresProblem.CALLED_OFF
    return FiguresProblem.NOT_THERE


def _merge(
    figures: Iterable[EngagementFigures], problems: dict[int, FiguresProblem]
) -> list[EngagementFigures]:
    """Make one of the rows of each engagement; note the rows that contradict."""
    merged: dict[object, EngagementFigures] = {}
    for each in figures:
        before = merged.setdefault(each.occasion.key, each)
        numbers = [
            (mine if mine is not None else theirs, theirs)
            for mine, theirs in zip(before[2:], each[2:], strict=True)
        ]
        if any(theirs is not None and mine != theirs for mine, theirs in numbers):
            problems[each.row] = FiguresProblem.AGAINST
            continue
        merged[each.occasion.key] = EngagementFigures(
            before.row, before.occasion, *(mine for mine, _theirs in numbers)
        )
    return list(merged.values())


def plan_of_sheet(project: Project, sheet: FiguresSheet, columns: Columns) -> FiguresPlan:
    """Say what the rows of a sheet change, by what its columns are. Raises TooManyEngagements."""
    read = read_figures(sheet.headings, sheet.rows, columns)
    plan = plan_figures(project, read.figures)
    plan.problems = dict(sorted({**read.unread, **plan.problems}.items()))
    return plan


def figures_sheet(batch: ImportBatch, name: str = "") -> FiguresSheet:
    """Read a sheet of a batch's file; without a ``name``, the one that seems to hold figures.

    Raises FileGone, FilesAway, FileRefused, NoSuchSheet, TooManyRows.
    """
    own = Layout.from_json(batch.layout)
    with open_file(batch) as file:
        if not own.is_workbook:
            return _read_sheet(file, own, [])
        seen = [each.name for each in sheets_of(file) if not each.is_hidden][:_MOST_SHEETS]
        names = seen if own.sheet in seen else [own.sheet, *seen]
        if name and name not in names:
            raise NoSuchSheet
        layout = _layout_of(file, own, name) if name else _likeliest(file, own, names)
        return _read_sheet(file, layout, names)


def _layout_of(file: BinaryIO, own: Layout, name: str) -> Layout:
    """Return how a sheet is read: as it was said of the comments' own, or as it seems."""
    return own if name == own.sheet else with_headings(file, Layout(sheet=name))


def _likeliest(file: BinaryIO, own: Layout, names: list[str]) -> Layout:
    """Return the sheet whose headings name engagements and figures; else one beside the own."""
    others = [each for each in names if each != own.sheet]
    readable = []
    for name in [*others, own.sheet]:
        try:
            layout = _layout_of(file, own, name)
            guess = guess_figures(read_table(file, layout, first=1).headings).fields
        except FileRefused:  # An empty sheet.
            continue
        if "engagement" in guess and any(each in guess for each in FIGURES):
            return layout
        readable.append(layout)
    return readable[0] if readable else own


def _read_sheet(file: BinaryIO, layout: Layout, names: list[str]) -> FiguresSheet:
    """Read a whole sheet. Raises FileRefused, TooManyRows."""
    table = read_table(file, layout, first=MOST_ROWS + LOOKED_AT)
    rows = list(islice(table.rows, MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise TooManyRows
    return FiguresSheet(layout, table.headings, rows, guess_figures(table.headings), names)
