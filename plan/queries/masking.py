"""Which quotes an edition may still show: read afresh each time, never from the edition."""

from collections.abc import Sequence
from dataclasses import dataclass

from coproduction.projects.models import Project
from plan.models import Correction, Edition, Rendering
from plan.queries.snapshot import quotes_in
from themes.models import Quote


@dataclass(frozen=True)
class Mask:
    """An edition's quotes as they stand now: which may be shown, and which were taken out.

    A quote that was taken out with a dated correction stays out of the edition, even if its speaker
    changes their mind: what the correction says has to stay true.
    """

    wanted: Sequence[str]
    publishable: dict[str, Quote]
    corrections: Sequence[Correction]

    @property
    def taken_out(self) -> set[str]:
        """The quotes that a correction says were taken out."""
        return {str(row.quote_uuid) for row in self.corrections if row.quote_uuid}

    @property
    def shown(self) -> list[Quote]:
        """The quotes to show, in the edition's order."""
        out = self.taken_out
        return [
            self.publishable[uuid]
            for uuid in self.wanted
            if uuid in self.publishable and uuid not in out
        ]

    @property
    def to_correct(self) -> list[str]:
        """The quotes that may no longer be shown, with no correction yet."""
        settled = self.taken_out | set(self.publishable)
        return [uuid for uuid in self.wanted if uuid not in settled]


def mask_of(edition: Edition) -> Mask:
    """Look at an edition's quotes. Two queries."""
    wanted = quotes_in(edition.snapshot)
    quotes = (
        Quote.objects.of(edition.project)
        .publishable()
        .filter(uuid__in=wanted)
        .select_related("comment__engagement", "comment__question", "theme")
    )
    return Mask(
        wanted=wanted,
        publishable={str(quote.uuid): quote for quote in quotes},
        corrections=list(Correction.objects.filter(edition=edition)),
    )


def withdrawn_since(project: Project) -> set[str]:
    """Return the quotes shown in any live file of the project that may no longer be shown."""
    live = Rendering.objects.of(project).filter(ready_at__isnull=False, retired_at__isnull=True)
    shown = {quote for row in live.values_list("quote_uuids", flat=True) for quote in row}
    publishable = Quote.objects.of(project).publishable().filter(uuid__in=shown)
    return shown - {str(uuid) for uuid in publishable.values_list("uuid", flat=True)}


def showing(project: Project, quotes: set[str]) -> list[Rendering]:
    """Return the project's live files, of whatever edition, that show any of these quotes."""
    live = Rendering.objects.of(project).filter(ready_at__isnull=False, retired_at__isnull=True)
    return [rendering for rendering in live if quotes & set(rendering.quote_uuids)]
