"""Which engagements are there that a file's rows may name, and which an undone import leaves."""

from collections.abc import Mapping

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from coproduction.languages.folding import fold
from coproduction.projects.models import Project
from engagements.imports.drafting import Occasion
from engagements.imports.occasions import (
    Key,
    KnownEngagement,
    SettledEngagements,
    settle_engagements,
)
from engagements.models import Engagement, ImportBatch, Submission


def settle_named(project: Project, named: Mapping[Key, Occasion]) -> SettledEngagements:
    """Say of each engagement that rows name whether it is there, comes back, is made or refused."""
    if not named:
        return SettledEngagements()
    titles = {title for title, _day in named}
    undone = ImportBatch.objects.filter(uuid=OuterRef("came_with"), undone_at__isnull=False)
    there = Engagement.objects.of(project).annotate(came_and_went=Exists(undone)).order_by("pk")
    known = [
        KnownEngagement(
            each.pk, title, each.date, each.is_cancelled, each.is_cancelled and each.came_and_went
        )
        for each in there
        if (title := fold(each.title)) in titles
    ]
    return settle_engagements(named, known, today=timezone.localdate())


def left_by_undone(batch: ImportBatch) -> "QuerySet[Engagement]":
    """Return the engagements that an import made and that have nothing but what it brought."""
    said = Submission.objects.filter(engagement=OuterRef("pk")).not_undone().exclude(batch=batch)
    files = ImportBatch.objects.filter(engagement=OuterRef("pk"), undone_at__isnull=True)
    found = Engagement.objects.of(batch.project).filter(came_with=batch.uuid)
    found = found.exclude(status=Engagement.Status.CANCELLED).filter(surveys__isnull=True)
    return found.exclude(Exists(said)).exclude(Exists(files)).order_by("pk")
