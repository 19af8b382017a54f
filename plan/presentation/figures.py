"""Every figure of the plan: what it counts, and the records behind it, so that anyone can check."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise as StrPromise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from coproduction.languages.formats import write_date
from coproduction.languages.templatetags.languages import in_language, with_lang
from coproduction.projects.models import Sector
from engagements.disclosure.small_numbers import PublicCount
from engagements.models import Method
from plan.presentation.plan import Plan, event_url


@dataclass(frozen=True)
class Figure:
    """A number, what it counts in plain words, and where to see what it counts."""

    key: str
    number: int
    name: str
    # What follows the number: Welsh says "5 o gamau" but "2 gam".
    label: str
    definition: str
    url: str


@dataclass(frozen=True)
class FigureRecords:
    """The records that a figure counts, as a table."""

    figure: Figure
    headers: Sequence[Mapping[str, Any]]
    rows: Sequence[Sequence[Mapping[str, Any]]] = field(default_factory=list)
    note: str | StrPromise = ""

    @property
    def keeps_back(self) -> bool:
        """Whether a number among them is small, or not shown because of one."""
        counts = [cell["number"] for row in self.rows for cell in row if "number" in cell]
        return not all(count.is_number for count in counts)


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
            "Comments taken back by then are not counted."
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
        _("Meetings at which residents and partners turned comments into actions."),
    ),
    "residents": (
        _("residents at workshops"),
        ngettext_lazy("resident at workshops", "residents at workshops"),
        _("Counted at each workshop."),
    ),
    "partners": (
        _("partners at workshops"),
        ngettext_lazy("partner at workshops", "partners at workshops"),
        _("People from organisations, counted at each workshop."),
    ),
    "actions": (
        _("agreed actions"),
        ngettext_lazy("agreed action", "agreed actions"),
        _("Actions that the steering group agreed, in the words it agreed."),
    ),
    "committed": (
        _("actions whose lead has committed"),
        ngettext_lazy("action whose lead has committed", "actions whose lead has committed"),
        _("Actions that the organisation named to lead has given its word on."),
    ),
    "seats": (
        _("seats on the steering group"),
        ngettext_lazy("seat on the steering group", "seats on the steering group"),
        _("People who decide together what goes in the plan, each from one part of the place."),
    ),
    "meetings": (
        _("meetings of the steering group"),
        ngettext_lazy("meeting of the steering group", "meetings of the steering group"),
        _("Those held until the plan was published."),
    ),
    "not-taken-forward": (
        _("ideas not taken forward"),
        ngettext_lazy("idea not taken forward", "ideas not taken forward"),
        _("Ideas that the steering group decided not to put in the plan, each with its reason."),
    ),
}


def figures_of(plan: Plan) -> list[Figure]:
    """List every figure in the order of the thread, from voices to promises."""
    return [
        Figure(
            key=key,
            number=number,
            name=str(name),
            label=counted % number,
            definition=str(definition),
            url=_url(plan, key),
        )
        for key, (name, counted, definition) in FIGURE_NAMES.items()
        for number in [getattr(plan.figures, key.replace("-", "_"))]
    ]


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
    return RECORDS_OF_FIGURES[key](plan, figure)


def _url(plan: Plan, key: str) -> str:
    """Return the page that lists what a figure counts."""
    return f"{reverse('plan:figures', kwargs={'project': plan.project.slug})}?of={key}"


def _events(plan: Plan, figure: Figure) -> FigureRecords:
    """List the occasions, with the people heard and the comments of each."""
    first = plan.project.languages[0]
    counted = [row for row in plan.snapshot.engagements if row.is_held or figure.key == "comments"]
    return FigureRecords(
        figure=figure,
        headers=[
            {"label": _("Event")},
            {"label": _("When")},
            {"label": _("How")},
            {"label": _("People heard"), "number": True},
            {"label": _("Comments"), "number": True},
        ],
        rows=[
            [
                {"text": with_lang(row.title, first), "url": event_url(plan, "event", row.uuid)},
                {"text": write_date(row.date)},
                {"text": str(Method(row.method).label)},
                {"number": row.people},
                {"number": row.comments},
            ]
            for row in counted
        ],
        note=_("A comment is counted at the event where it was made.")
        if figure.key == "comments"
        else "",
    )


def _themes(plan: Plan, figure: Figure) -> FigureRecords:
    """List the themes, with the comments on each by question."""
    questions = plan.questions
    return FigureRecords(
        figure=figure,
        headers=[
            {"label": _("Theme")},
            *({"label": str(each.name), "number": True} for each in questions),
            {"label": _("All comments"), "number": True},
        ],
        rows=[
            [
                {"text": chapter.name, "url": _anchor(plan, chapter.anchor)},
                *({"number": chapter.by_question[each.kind]} for each in questions),
                {"number": chapter.comments},
            ]
            for chapter in plan.chapters
        ],
        note=_("One comment can be about more than one theme, so these add up to more than all."),
    )


def _workshops(plan: Plan, figure: Figure) -> FigureRecords:
    """List the workshops, with who came to each."""
    return FigureRecords(
        figure=figure,
        headers=[
            {"label": _("Workshop")},
            {"label": _("When")},
            {"label": _("Residents"), "number": True},
            {"label": _("Partners"), "number": True},
            {"label": _("Notes"), "number": True},
        ],
        rows=[
            [
                {"text": in_language(row.title), "url": event_url(plan, "workshop", row.uuid)},
                {"text": write_date(row.date)},
                {"number": PublicCount(row.residents)},
                {"number": PublicCount(row.partners)},
                {"number": PublicCount(row.notes)},
            ]
            for row in plan.snapshot.workshops
        ],
    )


def _actions(plan: Plan, figure: Figure) -> FigureRecords:
    """List the agreed actions, or those whose lead has committed."""
    counted = [
        one for one in plan.actions if figure.key != "committed" or one.committed_on is not None
    ]
    return FigureRecords(
        figure=figure,
        headers=[
            {"label": _("Action")},
            {"label": _("Lead")},
            {"label": _("Agreed")},
            {"label": _("Committed")},
        ],
        rows=[
            [
                {"text": format_html("{}. {}", one.number, one.title), "url": one.url},
                {"text": one.lead},
                {"text": write_date(one.decided_on) if one.decided_on else ""},
                {"text": write_date(one.committed_on) if one.committed_on else _("Not yet")},
            ]
            for one in counted
        ],
    )


def _not_taken_forward(plan: Plan, figure: Figure) -> FigureRecords:
    """List the ideas not taken forward, with the reasons."""
    return FigureRecords(
        figure=figure,
        headers=[{"label": _("Idea")}, {"label": _("Why not")}, {"label": _("Decided")}],
        rows=[
            [
                {"text": one.title, "url": one.url},
                {"text": one.reason},
                {"text": write_date(one.decided_on) if one.decided_on else ""},
            ]
            for one in plan.not_taken_forward
        ],
    )


def _seats(plan: Plan, figure: Figure) -> FigureRecords:
    """List the parts of the place that sit on the group."""
    return FigureRecords(
        figure=figure,
        headers=[{"label": _("Who")}, {"label": _("Seats"), "number": True}],
        rows=[
            [{"text": str(Sector(sector).label)}, {"number": PublicCount(seats)}]
            for sector, seats in plan.snapshot.group.sectors.items()
        ],
    )


def _meetings(plan: Plan, figure: Figure) -> FigureRecords:
    """List the days on which the group met."""
    return FigureRecords(
        figure=figure,
        headers=[{"label": _("When")}],
        rows=[[{"text": write_date(held)}] for held in plan.snapshot.group.meetings],
    )


def _anchor(plan: Plan, anchor: str) -> str:
    """Return a place on the plan page."""
    return f"{reverse('plan:plan', kwargs={'project': plan.project.slug})}#{anchor}"


# Every figure that has a page, and what lists its records.
RECORDS_OF_FIGURES: dict[str, Callable[[Plan, Figure], FigureRecords]] = {
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
