"""Taking names away whose time is over."""

from collections.abc import Mapping
from datetime import date

from django.db.models import F

from coproduction.projects.models import Project
from workshops.queries.retention import hosts_over, names_over


def take_away_names(*, project: Project, days: Mapping[str, date]) -> dict[str, int]:
    """Empty the names of people at workshops before the day of their period; return how many.

    That somebody came, in what part and from where, stays. Part of the caller's ``recorded``.
    """
    day = days["attendees"]
    taken = names_over(project, day).update(name="")
    # A form that was drawn before says the host again; the version tells them that it went.
    return {"attendees": taken + hosts_over(project, day).update(host="", version=F("version") + 1)}
