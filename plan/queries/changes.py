"""What became of published actions since: changed, or not agreed any more."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Subquery

from coproduction.projects.models import Project
from plan.models import Edition
from steering.models import Decision, Round
from workshops.models import Wording

PROPOSED, AGREED, TAKEN_BACK = "proposed", "agreed", "taken_back"


class WordingHistory(NamedTuple):
    """What the group has said to one wording."""

    number: int
    # What it decided last, if anything; whether it ever agreed; whether it has it now, undecided.
    last: str | None
    ever_agreed: bool
    with_the_group: bool


def changes_since(project: Project, edition: Edition) -> dict[str, str]:
    """Say of an edition's actions, by uuid, what has changed where anything has. One query.

    The newer words stay out of sight until they are published. Every page of the plan asks this, so
    it is one query, and not the six of ``standing``, which tells much more: a test has the two
    agree.
    """
    published = {row["uuid"]: row["wording"] for row in edition.snapshot["actions"]}
    heard: dict[str, list[WordingHistory]] = defaultdict(list)
    decisions = Decision.objects.filter(round__wording=OuterRef("pk"))
    rows = (
        Wording.objects.of(project)
        .annotate(
            last=Subquery(decisions.order_by("-round__opened_at", "-round").values("outcome")[:1]),
            ever_agreed=Exists(decisions.agreed()),
            with_the_group=Exists(Round.objects.undecided().filter(wording=OuterRef("pk"))),
        )
        .order_by("action", "number")
    )
    for uuid, *said in rows.values_list(
        "action__uuid", "number", "last", "ever_agreed", "with_the_group"
    ):
        heard[str(uuid)].append(WordingHistory(*said))
    found = {
        uuid: _change(heard[uuid], number) for uuid, number in published.items() if uuid in heard
    }
    return {uuid: change for uuid, change in found.items() if change}


def _change(wordings: Sequence[WordingHistory], published: int) -> str:
    """Say what has changed of an action since its wording of this number was published."""
    agreed: int | None = None
    for each in wordings:
        if each.last == Decision.Outcome.AGREED:
            agreed = each.number
        elif each.ever_agreed:
            # Looked at again and not agreed: no older wording comes back in its place.
            agreed = None
    latest = wordings[-1]
    if agreed is None:
        return TAKEN_BACK
    if agreed > published:
        return AGREED
    turned_down = latest.last == Decision.Outcome.NOT_TAKEN_FORWARD and not latest.with_the_group
    return "" if agreed == latest.number or turned_down else PROPOSED
