"""Decisions for whom they matter to: those who answered, and those who reword."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from coproduction.projects.models import Project, User
from steering.models import Answer, Decision, Round
from steering.queries.answer import answers_counting_for
from workshops.models import Wording

# For how many days a member reads what became of their answers, and how many at most.
_RECENT_DAYS, _MOST_DECISIONS = 60, 10


def decisions_for_member(project: Project, user: User) -> list[Decision]:
    """Return what was decided lately where the user had a say, newest first. Two queries.

    Each carries the label of the answer that counted as the user's as ``own_answer``, empty where
    they gave none.
    """
    since = timezone.localdate() - timedelta(days=_RECENT_DAYS)
    rows = (
        Decision.objects.of(project)
        .filter(decided_on__gte=since, round__in=Round.objects.filter(electorate__user=user))
        .select_related("round__wording__action")
        .order_by("-decided_on", "-pk")[:_MOST_DECISIONS]
    )
    found = list(rows)
    counting = answers_counting_for(user, [decision.round for decision in found])
    for decision in found:
        own = counting.get(decision.round_id)
        decision.own_answer = Answer(own.answer).label if own else ""
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
