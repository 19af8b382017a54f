"""Putting answers of a survey on hold, and forgetting which network they came from."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.utils import timezone

from coproduction.fingerprints import secret_fingerprint
from coproduction.jobs.services import UNTIL_DONE, enqueue
from coproduction.languages.folding import fold
from coproduction.projects.audit import recorded
from coproduction.projects.models import Project
from engagements.looking.watched import watched_pattern
from engagements.models import (
    NETWORKS_KEPT,
    Hold,
    HoldRules,
    NetworkSalt,
    Submission,
    Survey,
    WatchedNetwork,
)

AN_HOUR = timedelta(hours=1)
# The day itself is over by then, also where the clocks go back meanwhile.
_A_DAY_AND_MORE = timedelta(days=1, hours=2)
_LENGTH = 32


@dataclass(frozen=True)
class Origin:
    """Where an answer came from: a fingerprint of its network, and whether many came from there."""

    place: str
    is_crowded: bool = False


@dataclass(frozen=True)
class HoldDraft:
    """Why an answer is put on hold, before it is kept."""

    reason: str
    network: str
    group: UUID


def rules_of(project: Project) -> HoldRules:
    """Return when a project puts answers on hold: as it is usual, where it has not said."""
    found: HoldRules | None = HoldRules.objects.of(project).first()
    return found or HoldRules(project=project)


def reason_to_hold(
    *, survey: Survey, texts: Iterable[str], origin: Origin | None, at: datetime
) -> HoldDraft | None:
    """Say why somebody is to look at an answer before it counts; None where it may count at once.

    Ask it inside ``recorded``, so that no two answers are both the last one that counts.
    """
    rules = rules_of(survey.project)
    if origin is not None and _is_watched(survey.project, origin):
        reason = Hold.Reason.CHOSEN
    elif origin is not None and origin.is_crowded:
        reason = Hold.Reason.NETWORK
    elif has_watched_word(rules.words, texts):
        reason = Hold.Reason.WORD
    elif _is_crowded(survey, rules, at):
        reason = Hold.Reason.SURVEY
    else:
        return None
    network = _network(survey.project, origin, at) if origin is not None else ""
    hour = at.replace(minute=0, second=0, microsecond=0)
    # By its network where that is the reason: what came at once came from many.
    together = network if reason in {Hold.Reason.NETWORK, Hold.Reason.CHOSEN} else ""
    group = uuid5(survey.uuid, f"{reason}:{together}:{hour.isoformat()}")
    return HoldDraft(reason, network, group)


def has_watched_word(words: str, texts: Iterable[str]) -> bool:
    """Say whether one of some texts has one of some words, given one a line, whole and in any case.

    Several words in a line are looked for one after the other.
    """
    pattern = watched_pattern(words.splitlines())
    return pattern is not None and any(pattern.search(fold(text)) for text in texts)


def _is_crowded(survey: Survey, rules: HoldRules, at: datetime) -> bool:
    """Say whether a survey has taken as many answers in the last hour as are counted unseen."""
    lately = Submission.objects.filter(survey=survey, on_hold=False, received_at__gt=at - AN_HOUR)
    # No more are looked at than are asked about, however many there are.
    return len(lately.values_list("pk")[: rules.most_of_survey]) >= rules.most_of_survey


def _is_watched(project: Project, origin: Origin) -> bool:
    """Say whether the team looks out for what comes from a network."""
    watched = list(WatchedNetwork.objects.of(project).in_force().values_list("day", "network"))
    if not watched:
        return False
    salts = NetworkSalt.objects.filter(project=project, day__in={day for day, _ in watched})
    here = {(each.day, _salted(each.salt, origin)) for each in salts}
    return not here.isdisjoint(watched)


def _network(project: Project, origin: Origin, at: datetime) -> str:
    """Return what tells a network from others of its day, and nothing more.

    With the first of a day it is seen to that its salt is gone in time, whatever happens then.
    """
    day = timezone.localdate(at)
    salt, is_new = NetworkSalt.objects.get_or_create(
        project=project, day=day, defaults={"salt": secrets.token_hex(32)}
    )
    if is_new:
        enqueue(
            task="engagements.forget_networks",
            scope=str(project.uuid),
            arguments={"project": project.pk},
            unique=f"engagements.forget_networks:{salt.pk}",
            tries=UNTIL_DONE,
            wait=(NETWORKS_KEPT + _A_DAY_AND_MORE).total_seconds(),
        )
    return _salted(salt.salt, origin)


def _salted(salt: str, origin: Origin) -> str:
    """Return the fingerprint of a network with a salt."""
    return secret_fingerprint(f"{salt}:{origin.place}", length=_LENGTH)


def forget_networks(*, project: Project) -> int:
    """Take out what tells networks apart, once it was kept long enough; return of how many answers.

    Without its salt nobody can work out a fingerprint again, with our key or without it.
    """
    with recorded(project=project, by=None) as ledger:
        last = _oldest_kept(timezone.localdate(ledger.at))
        salts = NetworkSalt.objects.filter(project=project, day__lte=last)
        holds = Hold.objects.of(project).exclude(network="")
        over = holds.filter(submission__received_at__date__lte=last)
        forgotten = over.update(network="")
        WatchedNetwork.objects.of(project).filter(day__lte=last).update(network="")
        if salts.delete()[0]:
            ledger.record(
                "engagements.networks_forgotten",
                subject=project,
                was={"answers": forgotten},
                follow_up=False,
            )
    return forgotten


def _oldest_kept(today: date) -> date:
    """Return the last day of which nothing is kept any more."""
    return today - NETWORKS_KEPT - timedelta(days=1)
