"""Which quotes an edition may still show: read afresh each time, never from the edition."""

from uuid import UUID

from coproduction.projects.models import Project
from plan.models import Correction, Edition, Rendering
from plan.queries.snapshot import quotes_in
from themes.models import Quote


def quotes_shown(edition: Edition) -> list[Quote]:
    """Return the edition's quotes that may be shown now, in the edition's order. Two queries.

    A quote that was taken out with a dated correction stays out of this edition, even if its
    speaker changes their mind: what the correction says has to stay true.
    """
    wanted = quotes_in(edition.snapshot)
    publishable = (
        Quote.objects.of(edition.project)
        .publishable()
        .filter(uuid__in=wanted)
        .exclude(uuid__in=corrected(edition))
        .select_related("comment__engagement", "comment__question", "theme")
    )
    found = {str(quote.uuid): quote for quote in publishable}
    return [found[uuid] for uuid in wanted if uuid in found]


def corrected(edition: Edition) -> set[UUID]:
    """Return the quotes taken out of an edition so far."""
    rows = Correction.objects.filter(edition=edition, quote_uuid__isnull=False)
    return set(rows.values_list("quote_uuid", flat=True))


def quotes_to_correct(edition: Edition) -> list[str]:
    """Return the edition's quotes that may no longer be shown, with no correction yet."""
    wanted = quotes_in(edition.snapshot)
    publishable = (
        Quote.objects.of(edition.project)
        .publishable()
        .filter(uuid__in=wanted)
        .values_list("uuid", flat=True)
    )
    settled = {str(uuid) for uuid in [*publishable, *corrected(edition)]}
    return [uuid for uuid in wanted if uuid not in settled]


def showing(project: Project, quotes: set[str]) -> list[Rendering]:
    """Return the project's files, of whatever edition, that show any of these quotes."""
    live = Rendering.objects.of(project).filter(ready_at__isnull=False, retired_at__isnull=True)
    return [rendering for rendering in live if quotes & set(rendering.quote_uuids)]


def withdrawn_since(project: Project) -> set[str]:
    """Return the quotes shown in any live file of the project that may no longer be shown."""
    live = Rendering.objects.of(project).filter(ready_at__isnull=False, retired_at__isnull=True)
    shown = {quote for row in live.values_list("quote_uuids", flat=True) for quote in row}
    publishable = Quote.objects.of(project).publishable().filter(uuid__in=shown)
    return shown - {str(uuid) for uuid in publishable.values_list("uuid", flat=True)}
