"""Which engagements somebody means who narrows the list of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from coproduction.languages.searching import has_words
from coproduction.projects.models import Project
from engagements.models import Engagement

_MOST_MONTHS = 240


def narrow_engagements(project: Project, chosen: Mapping[str, Any]) -> QuerySet[Any]:
    """Return a project's engagements that an ``EngagementFilterForm`` asks for, as a team reads."""
    rows = Engagement.objects.of(project).in_diary_order()
    if state := chosen.get("state"):
        rows = rows.standing(state)
    for name in ("method", "area"):
        if chosen.get(name):
            rows = rows.filter(**{name: chosen[name]})
    if month := chosen.get("month"):
        year, number = month.split("-")
        rows = rows.filter(date__year=int(year), date__month=int(number))
    if words := chosen.get("q"):
        # They are few, and are folded as they are read.
        named = rows.order_by().values_list("pk", "title", "place")
        found = [pk for pk, title, place in named if has_words(f"{title}\n{place}", words)]
        rows = rows.filter(pk__in=found)
    return rows


def months_of(project: Project) -> list[date]:
    """Return the months of a project's engagements, the latest first, each by its first day."""
    return list(Engagement.objects.of(project).dates("date", "month", order="DESC")[:_MOST_MONTHS])
