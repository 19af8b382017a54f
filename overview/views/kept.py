"""The record of everything that is kept: a page for the team, and a file of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coproduction.kept import Leaves, Whose
from coproduction.projects.models import Project, Retention
from coproduction.projects.pages import TeamRequest, project_view
from coproduction.ui.numbers import format_number
from coproduction.ui.spreadsheets import csv_response
from overview.queries.kept import KeptKind, kinds_kept

WHOSE = {
    Whose.HEARD: gettext_lazy("People we heard"),
    Whose.MEMBER: gettext_lazy("The team and the steering group"),
    Whose.PARTNER: gettext_lazy("People at other organisations"),
    Whose.PROJECT: gettext_lazy("The project itself"),
    Whose.INSTALLATION: gettext_lazy("The programme itself"),
}
_LEAVES = {
    Leaves.WHOLE: gettext_lazy("Yes"),
    Leaves.STRIPPED: gettext_lazy("Yes, without addresses"),
    Leaves.STAYS: gettext_lazy("No"),
}
_HEADINGS = (
    gettext_lazy("What"),
    gettext_lazy("About whom"),
    gettext_lazy("Why"),
    gettext_lazy("How long"),
    gettext_lazy("Words or names of people"),
    gettext_lazy("Goes along when the project moves"),
)


def how_long(kind: KeptKind, periods: Retention) -> str:
    """Say how long one kind of thing is kept in a project with these periods."""
    if kind.period:
        months = periods.months[kind.period]
        count = format_number(months)
        return ngettext("%(count)s month", "%(count)s months", months) % {"count": count}
    if kind.days:
        count = format_number(kind.days)
        return ngettext("%(count)s day", "%(count)s days", kind.days) % {"count": count}
    if kind.ends_with_account:
        return _("As long as they have an account")
    if kind.of_project:
        return _("As long as the project")
    return _("As long as the programme runs here")


def _row(kind: KeptKind, periods: Retention) -> list[Any]:
    """Return what stands in the row of one kind of thing, in the order of the headings."""
    return [
        kind.what,
        WHOSE[kind.whose],
        kind.why,
        how_long(kind, periods),
        _("Yes") if kind.is_personal else _("No"),
        _LEAVES[kind.leaves],
    ]


@project_view(may="team.view")
def kept_record(request: TeamRequest, project: Project) -> HttpResponse:
    """Show everything that is kept: what, about whom, why and how long."""
    periods = Retention.objects.in_force(project)
    context = {
        "project": project,
        "headers": [{"label": label} for label in _HEADINGS],
        "rows": [[{"text": cell} for cell in _row(kind, periods)] for kind in kinds_kept()],
    }
    return render(request, "overview/kept_record.html", context)


@project_view(may="team.view")
def kept_record_file(request: TeamRequest, project: Project) -> HttpResponse:
    """Give the same as a file, to keep with other papers."""
    periods = Retention.objects.in_force(project)
    rows = [[str(cell) for cell in _row(kind, periods)] for kind in kinds_kept()]
    return csv_response(f"{project.slug}-what-is-kept.csv", [str(each) for each in _HEADINGS], rows)
