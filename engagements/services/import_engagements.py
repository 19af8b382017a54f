"""The engagements that a file names: made with it where there are none, called off with it."""

from collections.abc import Iterable, Mapping

from django.utils import timezone

from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import User
from engagements.imports.drafting import Drafter, Occasion, RowLeftOut, RowRefused
from engagements.imports.occasions import Key, NamedEngagements, SettledEngagements
from engagements.imports.table import Row
from engagements.models import Engagement, ImportBatch, Method
from engagements.queries.import_engagements import left_by_undone, settle_named
from engagements.services.engagement import (
    cancel_engagement,
    log_engagement,
    plan_engagement,
    revive_engagement,
)

# By its key, the primary key of an engagement, or the reason why its rows are refused.
Places = Mapping[Key, int | str]


def ensure_engagements(*, batch: ImportBatch, drafter: Drafter, rows: Iterable[Row]) -> Places:
    """Make the engagements that a file's rows name and that are not there; return which is which.

    Asked again after a crash, it makes none twice: those made are there then. Rows that will not
    come in name none. Raises TooManyEngagements.
    """
    gathered = NamedEngagements()
    for row in rows:
        try:
            gathered.note(drafter.draft(row).occasion)
        except (RowRefused, RowLeftOut):
            continue
    named = gathered.named()
    with recorded(project=batch.project, by=batch.by) as ledger:
        settled = settle_named(batch.project, named)
        made: dict[Key, int] = {}
        # Undone meanwhile, it makes none; its rows stay out too.
        if not ledger.refresh(batch).is_undone:
            made = _make(batch, settled, ledger)
    missing = settled.to_make.keys() | settled.to_revive.keys() if not made else set()
    return {key: settled.place_of(key, made) for key in named if key not in missing}


def _make(batch: ImportBatch, settled: SettledEngagements, ledger: Ledger) -> dict[Key, int]:
    """Make engagements, and put back those that were called off with an undone import."""
    made = {key: _plan(batch, said).pk for key, said in settled.to_make.items()}
    for key, pk in settled.to_revive.items():
        engagement = Engagement.objects.select_related("project").get(pk=pk)
        revive_engagement(engagement=engagement, by=batch.by)
        if engagement.date <= timezone.localdate():
            log_engagement(engagement=engagement, people_heard=0, date=engagement.date, by=batch.by)
        ledger.refresh(engagement)
        engagement.came_with = batch.uuid
        engagement.save(update_fields=["came_with"])
        made[key] = pk
    return made


def _plan(batch: ImportBatch, said: Occasion) -> Engagement:
    """Make one engagement as its rows describe it: held, or planned where its day is to come."""
    day = said.date or timezone.localdate()
    held = day <= timezone.localdate()
    return plan_engagement(
        project=batch.project,
        title=said.title,
        method=said.method or Method.SURVEY,
        date=day,
        place=said.place,
        area=said.area,
        status=Engagement.Status.HELD if held else Engagement.Status.PLANNED,
        came_with=batch.uuid,
        by=batch.by,
    )


def call_off_engagements(*, batch: ImportBatch, by: User) -> int:
    """Call off the engagements that an undone import made and that have nothing else.

    Part of the change that undoes it. Return how many.
    """
    left = list(left_by_undone(batch).select_related("project"))
    for engagement in left:
        cancel_engagement(engagement=engagement, by=by)
    return len(left)
