"""What of the workshops is over by a day: the names of people."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from coproduction.projects.models import Project
from workshops.models import Attendee, Table


def names_over(project: Project, day: date) -> QuerySet[Any]:
    """Return those who came to a workshop before a day and whose name is still kept."""
    came = Attendee.objects.filter(workshop__project=project, workshop__date__lt=day)
    return came.exclude(name="")


def hosts_over(project: Project, day: date) -> QuerySet[Any]:
    """Return the tables of a workshop before a day that still name who led them."""
    tables = Table.objects.filter(workshop__project=project, workshop__date__lt=day)
    return tables.exclude(host="")


def count_over(project: Project, days: Mapping[str, date]) -> dict[str, int]:
    """Count what was over by the day of the period. Two queries."""
    day = days["attendees"]
    return {"attendees": names_over(project, day).count() + hosts_over(project, day).count()}
