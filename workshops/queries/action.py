"""Actions with what they promise now."""

from django.db.models import Count, OuterRef, QuerySet, Subquery

from coproduction.projects.models import Organisation, Project
from themes.models import Theme
from workshops.models import Evidence, Wording


def newest_wordings(
    project: Project, *, theme: Theme | None = None, lead: Organisation | None = None
) -> QuerySet[Wording]:
    """Return each action's last wording, in order of number, with its evidence counted.

    Withdrawn actions are left out. ``evidence_count`` holds what is visible: a withheld comment is
    not counted.
    """
    visible = (
        Evidence.objects.visible()
        .filter(action=OuterRef("action"))
        .order_by()
        .values("action")
        .annotate(number=Count("pk"))
        .values("number")
    )
    rows: QuerySet[Wording] = (
        Wording.objects.of(project)
        .newest()
        .filter(action__withdrawn_at__isnull=True)
        .select_related("action__theme", "action__workshop", "lead")
        .annotate(evidence_count=Subquery(visible))
        .order_by("action__number")
    )
    if theme is not None:
        rows = rows.filter(action__theme=theme)
    if lead is not None:
        rows = rows.filter(lead=lead)
    return rows


def withdrawn_wordings(project: Project) -> QuerySet[Wording]:
    """Return the last wording of each action that was withdrawn, in order of number."""
    rows: QuerySet[Wording] = Wording.objects.of(project).newest()
    withdrawn = rows.filter(action__withdrawn_at__isnull=False)
    return withdrawn.select_related("action").order_by("action__number")
