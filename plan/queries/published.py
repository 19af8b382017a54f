"""The latest edition as the public reads it now."""

from coproduction.projects.models import Project
from plan.models import Correction, Edition, Rendering
from plan.queries.changes import changes_since
from plan.queries.masking import quotes_shown
from plan.reading import Plan, read_plan


def published_plan(project: Project) -> Plan | None:
    """Return the latest edition in the active language, or None before the first. Five queries."""
    edition = Edition.objects.latest_of(project)
    if edition is None:
        return None
    edition.project = project
    return plan_of(edition)


def plan_of(edition: Edition) -> Plan:
    """Return an edition in the active language, with what may be shown and is true now."""
    return read_plan(
        edition.project,
        edition.snapshot,
        edition=edition,
        quotes=quotes_shown(edition),
        corrections=list(Correction.objects.filter(edition=edition)),
        changes=changes_since(edition.project, edition),
    )


def served_file(project: Project, language: str) -> Rendering | None:
    """Return the latest edition's file in a language, if there is one to serve."""
    return (
        Rendering.objects.of(project)
        .filter(
            edition__number=Edition.objects.numbers_of(project)[:1],
            language=language,
            ready_at__isnull=False,
            retired_at__isnull=True,
        )
        .order_by("-pk")
        .first()
    )
