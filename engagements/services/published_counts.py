"""Keeping what the public was told of how many there are: what is told next goes by it."""

from collections.abc import Mapping
from datetime import date

from coproduction.projects.audit import Ledger
from coproduction.projects.models import Project
from engagements.disclosure.over_time import Line, kept_lines
from engagements.models import PublishedCounts


def keep_published_counts(
    *, ledger: Ledger, project: Project, counted_on: date, lines: Mapping[str, Line]
) -> PublishedCounts:
    """Keep what is published now, in the change that publishes it; it is recorded there.

    What was published before and is not now is kept as it was: it may come again.
    """
    assert ledger.project == project
    told, _made = PublishedCounts.objects.get_or_create(project=project)
    told.lines |= kept_lines(lines)
    told.counted_on = counted_on
    told.save()
    return told
