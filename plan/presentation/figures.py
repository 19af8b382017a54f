"""Every figure of the plan: what it counts, and the records behind it, so that anyone can check."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise as StrPromise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from coproduction.languages.formats import write_date
from coproduction.projects.models import Sector
from coproduction.projects.pages import url_for
from engagements.disclosure.small_numbers import PublicCount
from plan.presentation.events import engagements_of, workshops_of
from plan.presentation.plan import Plan
from plan.presentation.text import Words

# What stands in a table: words, words that lead to a page, or a number.
Cell = Words | StrPromise | tuple[Words, str] | PublicCount
Table = tuple[Sequence[str | StrPromise], Sequence[Sequence[Cell]]]


@dataclass(frozen=True)
class Figure:
    """A number, what it counts in plain words, and where to see what it counts."""

    key: str
    number: PublicCount
    name: str
    # What follows the number: Welsh says "5 o gamau" but "2 gam".
    label: str
    definition: str
    url: str


@dataclass(frozen=True)
class FigureRecords:
    """The records that a figure counts, as a table."""

    figure: Figure
    columns: Sequence[str | StrPromise]
    cells: Sequence[Sequence[Cell]]
    note: str | StrPromise = ""

    @property
    def headers(self) -> list[dict[str, Any]]:
        """What heads each column, and whether numbers stand in it."""
        return [
            {"label": label, "number": any(isinstance(row[at], PublicCount) for row in self.cells)}
            for at, label in enumerate(self.columns)
        ]

    @property
    def rows(self) -> list[list[dict[str, Any]]]:
        """The cells as templates draw them."""
        return [[_drawn(cell) for cell in row] for row in self.cells]

    @property
    def keeps_back(self) -> bool:
        """Whether a number among them is small, or not shown because of one."""
        cells = [cell for row in self.cells for cell in row if isinstance(cell, PublicCount)]
        return not all(cell.is_number for cell in cells)


def _drawn(cell: Cell) -> dict[str, Any]:
    """Name what is in a cell."""
    if isinstance(cell, PublicCount):
        return {"number": cell}
    return {"text": cell[0], "url": cell[1]} if isinstance(cell, tuple) else {"text": cell}


# What each figure is called, alone and after its number, and what it counts, in the order of the
# thread.
FIGURE_NAMES: Mapping[str, tuple[StrPromise, StrPromise, StrPromise]] = {
    "engagements": (
        _("listening events"),
        ngettext_lazy("listening event", "listening events"),
        _("Dated occasions on which people were heard: at events, on doorsteps, in groups."),
    ),
    "people": (
        _("people heard"),
        ngettext_lazy("person heard", "people heard"),
        _(
            "Those who spoke or wrote at these events, counted at each. "
            "Somebody who came to two is counted twice."
        ),
    ),
    "comments": (
        _("comments"),
        ngettext_lazy("comment", "comments"),
        _(
            "Single points that people made, in their own words. One person can make several. "
            "One that was taken back later still counts, so no number shows who took theirs back. "
            "Its words are gone."
        ),
    ),
    "themes": (
        _("themes"),
        ngettext_lazy("theme", "themes"),
        _("The groups that comments were sorted into."),
    ),
    "workshops": (
        _("workshops"),
        ngettext_lazy("workshop", "workshops"),
        _("Meetings where people turned comments into actions."),
    ),
    "residents": (
        _("residents at workshops"),
        ngettext_lazy("resident at workshops", "residents at workshops"),
        _("Counted at each workshop."),
    ),
    "partners": (
        _("partners at workshops"),
        ngettext_lazy("partner at workshops", "partners at workshops"),
        _("Those who came for a body, such as a school, counted at each workshop."),
    ),
    "actions": (
        _("agreed actions"),
        ngettext_lazy("agreed action", "agreed actions"),
        _("Actions that the steering group agreed, in the words it agreed."),
    ),
    "committed": (
        _("actions whose lead has committed"),
        ngettext_lazy("action whose lead has committed", "actions whose lead has committed"),
        _("Actions whose lead has given its word."),
    ),
    "seats": (
        _("seats on the steering group"),
        ngettext_lazy("seat on the steering group", "seats on the steering group"),
        _("The people who choose together what goes in the plan."),
    ),
    "meetings": (
        _("meetings of the steering group"),
        ngettext_lazy("meeting of the steering group", "meetings of the steering group"),
        _("Those held until the plan was published."),
    ),
    "not-taken-forward": (
        _("ideas not taken forward"),
        ngettext_lazy("idea not taken forward", "ideas not taken forward"),
        _("Ideas that the group left out of the plan, each with its reason."),
    ),
}


def figures_of(plan: Plan) -> list[Figure]:
    """List every figure in the order of the thread, from voices to promises."""
    return [
        Figure(
            key=key,
            number=number,
            name=str(name),
            label=counted % number.grammar,
            definition=str(definition),
            url=url_for(plan.project, "plan:figures", query={"of": key}),
        )
        for key, (name, counted, definition) in FIGURE_NAMES.items()
        for number in [_count(getattr(plan.figures, key.replace("-", "_")))]
    ]


def _count(number: int | PublicCount) -> PublicCount:
    """Return a headline figure as what may be written of it: most are numbers of public things."""
    return PublicCount(number) if isinstance(number, int) else number


def headline_journey(plan: Plan) -> list[dict[str, object]]:
    """Lay the headline figures down the thread; what is not published opens nothing yet."""
    stops = ("engagements", "comments", "themes", "workshops", "actions", "committed")
    figures = {figure.key: figure for figure in figures_of(plan)}
    words_for = {"committed": _("have their lead’s word so far")}
    return [
        {
            "number": figures[key].number,
            "label": words_for.get(key, figures[key].label),
            "url": "" if plan.is_draft else figures[key].url,
        }
        for key in stops
        if figures[key].number
    ]


def records_of(plan: Plan, key: str) -> FigureRecords:
    """List what one figure counts. ``key`` is one of RECORDS_OF_FIGURES."""
    figure = next(one for one in figures_of(plan) if one.key == key)
    columns, cells = RECORDS_OF_FIGURES[key](plan, key)
    return FigureRecords(figure, columns, cells, _NOTES.get(key, ""))


def _events(plan: Plan, key: str) -> Table:
    """List the engagements, with the people heard and the comments of each."""
    columns = (_("Event"), _("When"), _("How"), _("People heard"), _("Comments"))
    return columns, [
        (
            (event.title, event.url),
            write_date(row.date),
            event.method,
            *(count for _label, count in event.facts),
        )
        for row, event in zip(plan.snapshot.engagements, engagements_of(plan), strict=True)
        if row.is_held or key == "comments"
    ]


def _themes(plan: Plan, _key: str) -> Table:
    """List the themes, with the comments on each by question."""
    page, questions = url_for(plan.project, "plan:plan"), plan.questions
    return (_("Theme"), *(str(each.name) for each in questions), _("All comments")), [
        (
            (chapter.name, f"{page}#{chapter.anchor}"),
            *(chapter.by_question[each.kind] for each in questions),
            chapter.comments,
        )
        for chapter in plan.chapters
    ]


def _workshops(plan: Plan, _key: str) -> Table:
    """List the workshops, with who came to each."""
    columns = (_("Workshop"), _("When"), _("Residents"), _("Partners"), _("Notes"))
    return columns, [
        (
            (workshop.title, workshop.url),
            write_date(workshop.frozen.date),
            *(count for _label, count in workshop.facts),
        )
        for workshop in workshops_of(plan)
    ]


def _actions(plan: Plan, key: str) -> Table:
    """List the agreed actions, or those whose lead has committed."""
    return (_("Action"), _("Lead"), _("Agreed"), _("Committed")), [
        (
            (format_html("{}. {}", one.number, one.title), one.url),
            one.lead,
            _day(one.decided_on),
            _day(one.committed_on) or _("Not yet"),
        )
        for one in plan.actions
        if one.committed_on or key != "committed"
    ]


def _not_taken_forward(plan: Plan, _key: str) -> Table:
    """List the ideas not taken forward, with the reasons."""
    return (_("Idea"), _("Why not"), _("Decided")), [
        ((one.title, one.url), one.reason, _day(one.decided_on)) for one in plan.not_taken_forward
    ]


def _day(day: date | None) -> str:
    """Write a day, where there is one."""
    return write_date(day) if day else ""


def _seats(plan: Plan, _key: str) -> Table:
    """List the parts of the place that sit on the group."""
    sectors = plan.snapshot.steering_group.sectors
    return (_("Who"), _("Seats")), [
        (str(Sector(sector).label), PublicCount(seats)) for sector, seats in sectors.items()
    ]


def _meetings(plan: Plan, _key: str) -> Table:
    """List the days on which the group met."""
    return (_("When"),), [(write_date(held),) for held in plan.snapshot.steering_group.meetings]


_NOTES: Mapping[str, StrPromise] = {
    "comments": _("A comment is counted at the event where it was made."),
    "themes": _("One comment can be about more than one theme, so these add up to more than all."),
}
# Every figure that has a page, and what lists its records.
RECORDS_OF_FIGURES: Mapping[str, Callable[[Plan, str], Table]] = {
    "engagements": _events,
    "people": _events,
    "comments": _events,
    "themes": _themes,
    "workshops": _workshops,
    "residents": _workshops,
    "partners": _workshops,
    "actions": _actions,
    "committed": _actions,
    "seats": _seats,
    "meetings": _meetings,
    "not-taken-forward": _not_taken_forward,
}
