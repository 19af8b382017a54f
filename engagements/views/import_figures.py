"""The page on which a sheet's people heard, helpers, hours and costs are filled in."""

from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, apply_or_report, form_page, project_view
from coproduction.projects.refusals import Refusal
from coproduction.ui.numbers import format_number
from engagements.forms.import_figures import FiguresForm
from engagements.imports.columns import Columns
from engagements.imports.preview import printable
from engagements.models import ImportBatch
from engagements.queries.import_figures import (
    FiguresPlan,
    FiguresSheet,
    figures_sheet,
    plan_of_sheet,
)
from engagements.services.import_figures import bring_figures
from engagements.views.breadcrumbs import engagement_crumbs
from engagements.views.import_batch import find_import, redirect_to_import

_LEAD = gettext_lazy(
    "From a sheet in which each engagement has one row. You see first what changes."
)
_SHOWN_ROWS = 3
# So many of each are shown; the rest are one number.
_MOST_SHOWN = 100


@project_view(may="comments.import")
def import_figures(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponseBase:
    """Say which columns of a sheet hold the figures, look at what changes, then fill them in."""
    batch = find_import(project, uuid)
    if batch.is_undone or batch.file_removed_at or not batch.is_looked_through:
        return redirect_to_import(batch)
    data: Any = request.POST.copy() if request.method == "POST" else None
    try:
        read = figures_sheet(batch, (data or request.GET).get("sheet", ""))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect_to_import(batch)
    said = Columns.from_json(batch.mapping)
    asks = partial(FiguresForm, read=read, days=said.values.get(said.column("date"), {}))
    form = asks(data)
    if data is None and form.seems_known:
        data = form.as_sent()
        form = asks(data)
    shown: dict[str, Any] = {}
    if form.is_valid() and form.was_previewed:
        filled = apply_or_report(form, lambda: _fill(batch, request, form), field="engagement")
        if filled is not None:
            messages.success(request, _told(filled))
            return redirect_to_import(batch)
    elif form.is_valid() and (
        plan := apply_or_report(form, lambda: _plan(batch, form), field="engagement")
    ):
        shown = _shown(plan, form)
        data["previewed"] = form.preview_key
    return form_page(
        request,
        form,
        template="engagements/import_figures.html",
        title=_("People heard, helpers, hours and costs"),
        eyebrow=batch.file_name,
        lead=_LEAD,
        submit=_("Fill these in") if shown.get("changes") else _("See what changes"),
        crumbs=engagement_crumbs(project, batch.engagement),
        batch=batch,
        look=_look(read),
        sheets=_tabs(read),
        **shown,
    )


def _plan(batch: ImportBatch, form: FiguresForm) -> FiguresPlan:
    """Say what the rows would change, as it was chosen."""
    return plan_of_sheet(batch.project, form.read, form.columns)


def _fill(batch: ImportBatch, request: TeamRequest, form: FiguresForm) -> FiguresPlan:
    """Fill in what was shown."""
    return bring_figures(
        project=batch.project,
        headings=form.read.headings,
        rows=form.read.rows,
        columns=form.columns,
        batch=batch,
        by=request.user,
    )


def _look(read: FiguresSheet) -> dict[str, Any]:
    """Return the first rows as a page takes them."""
    rows = [
        row._replace(cells=[printable(cell) for cell in row.cells])
        for row in read.rows[:_SHOWN_ROWS]
    ]
    return {"headings": read.headings, "rows": rows}


def _tabs(read: FiguresSheet) -> list[dict[str, Any]]:
    """Return a tab for each sheet, where there are several."""
    if len(read.names) < 2:
        return []
    return [
        {
            "label": name,
            "url": f"?{urlencode({'sheet': name})}",
            "current": name == read.layout.sheet,
        }
        for name in read.names
    ]


def _told(plan: FiguresPlan) -> str:
    """Say what was filled in, and what was not."""
    changed = len(plan.changes)
    told = ngettext(
        "%(number)s engagement has new numbers.",
        "%(number)s engagements have new numbers.",
        changed,
    ) % {"number": format_number(changed)}
    if left := len(plan.problems):
        rows = ngettext("%(rows)s row was left out.", "%(rows)s rows were left out.", left) % {
            "rows": format_number(left)
        }
        return f"{told} {rows}"
    return told


def _shown(plan: FiguresPlan, form: FiguresForm) -> dict[str, Any]:
    """Return what a plan shows: each change, and each row that stays out with its reason."""
    place = form.read.headings.index(form.columns.column("engagement"))
    titles = {row.number: "".join(row.cells[place : place + 1]) for row in form.read.rows}
    return {
        "plan": plan,
        "changes": [
            {
                "engagement": each.engagement,
                "figures": [
                    {"label": label, "was": show(each.was[name]), "now": show(each.now[name])}
                    for name, (label, show) in _FIGURES.items()
                    if each.was[name] != each.now[name]
                ],
            }
            for each in plan.changes[:_MOST_SHOWN]
        ],
        "more_changes": max(0, len(plan.changes) - _MOST_SHOWN),
        "problems": [
            {"row": row, "title": printable(titles[row]), "why": why.label}
            for row, why in list(plan.problems.items())[:_MOST_SHOWN]
        ],
        "more_problems": max(0, len(plan.problems) - _MOST_SHOWN),
    }


def _whole(number: int | None) -> str:
    """Show a number of people; nothing where nobody said."""
    return "" if number is None else format_number(number)


def _hours(minutes: int | None) -> str:
    """Show minutes as hours."""
    return "" if minutes is None else format_number(round(minutes / 60, 2))


def _pounds(pence: int | None) -> str:
    """Show pence as pounds."""
    return "" if pence is None else f"£{pence / 100:.2f}"


_FIGURES = {
    "people_heard": (gettext_lazy("People heard"), _whole),
    "helpers": (gettext_lazy("Helpers"), _whole),
    "helper_minutes": (gettext_lazy("Hours they gave"), _hours),
    "cost_pence": (gettext_lazy("Costs"), _pounds),
}
