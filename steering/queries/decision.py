"""Decisions for whom they matter to: those who answered, and those who reword."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from coproduction.projects.models import Project, User
from steering.models import Answer, Decision, Response, Round
from workshops.models import Wording

# For how many days a member reads what became of their answers, and how many at most.
_RECENT_DAYS, _MOST_DECISIONS = 60, 10


def decisions_for_member(project: Project, user: User) -> list[Decision]:
    """Return what was decided lately where the user had a say, newest first. One query.

    Each carries the label of the user's own answer as ``own_answer``, empty where they gave none.
    """
    since = timezone.localdate() - timedelta(days=_RECENT_DAYS)
    last = Response.objects.filter(round=OuterRef("round"), seat__user=user).order_by("-at", "-pk")
    rows = (
        Decision.objects.of(project)
        .filter(decided_on__gte=since, round__in=Round.objects.filter(electorate__user=user))
        .select_related("round__wording__action")
        .annotate(own_answer=Subquery(last.values("answer")[:1]))
        .order_by("-decided_on", "-pk")[:_MOST_DECISIONS]
    )
    found = list(rows)
    for decision in found:
        decision.own_answer = Answer(decision.own_answer).label if decision.own_answer else ""
    return found


def decisions_sent_back(project: Project) -> list[Decision]:
    """Return the last decision on each wording that is to be reworded, by action. One query."""
    newer = Round.objects.filter(
        wording=OuterRef("round__wording"), opened_at__gt=OuterRef("round__opened_at")
    )
    return list(
        Decision.objects.of(project)
        .filter(outcome=Decision.Outcome.SENT_BACK)
        .filter(round__wording__in=Wording.objects.of(project).newest())
        .filter(~Exists(newer))
        .select_related("round__wording__action")
        .order_by("round__wording__action__number")
    )
