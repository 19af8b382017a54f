"""What was typed and pasted at an engagement, by runs: who, when, how many, what still stands."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Min, Q

from coproduction.projects.models import User
from engagements.models import Engagement, Submission


@dataclass(frozen=True)
class EntryRun:
    """All that one person pasted at once, or typed without a long pause."""

    uuid: UUID
    channel: str
    name: str
    at: datetime
    comments: int
    # How many of them were not undone.
    standing: int

    @property
    def is_pasted(self) -> bool:
        """Whether it was pasted, and not typed."""
        return self.channel == Submission.Channel.PASTED


def entry_runs(engagement: Engagement, most: int, *, by: User | None = None) -> list[EntryRun]:
    """Return the last runs at an engagement, everybody's or one person's. Two queries.

    The newest come first.
    """
    own = Q(by=by) if by is not None else Q()
    rows = (
        Submission.objects.filter(own, engagement=engagement, run__isnull=False)
        .values("run", "channel", "by")
        .annotate(
            last=Max("pk"),
            at=Min("created_at"),
            said=Count("comments"),
            standing=Count("comments", filter=Q(undone_at__isnull=True)),
        )
        .order_by("-last")[:most]
    )
    found = list(rows)
    people = User.objects.in_bulk({row["by"] for row in found if row["by"]})
    return [
        EntryRun(
            row["run"],
            row["channel"],
            people[row["by"]].display_name if row["by"] in people else "",
            row["at"],
            row["said"],
            row["standing"],
        )
        for row in found
    ]
