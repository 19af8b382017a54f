"""Changes to when answers are put on hold: limits and words, and networks looked out for."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import Seen
from engagements.models import NETWORKS_KEPT, Hold, HoldRules, WatchedNetwork


class NetworkForgotten(Refusal):
    """What told its network from others was kept for its time, and is gone."""

    sentence = _("It is no longer known which network these answers came from.")


def change_hold_rules(
    *,
    project: Project,
    most_of_network: int,
    most_of_survey: int,
    words: str,
    by: User,
    seen: Seen | None = None,
) -> HoldRules:
    """Say from when on answers are put on hold; those that came before stay as they are.

    Raises ChangedMeanwhile and ValidationError.
    """
    with recorded(project=project, by=by) as ledger:
        rules, _is_new = HoldRules.objects.get_or_create(project=project)
        was = _limits(rules)
        changed = ledger.change(
            rules,
            seen=seen,
            most_of_network=most_of_network,
            most_of_survey=most_of_survey,
            words=_one_a_line(words),
        )
        rules.full_clean()
        rules.save()
        if changed:
            ledger.record(
                "engagements.hold_rules_changed",
                subject=rules,
                was=was,
                now=_limits(rules),
                follow_up=False,
            )
    return rules


def _one_a_line(words: str) -> str:
    """Return words as they are kept: each once, a line each."""
    return "\n".join(dict.fromkeys(word for line in words.splitlines() if (word := line.strip())))


def _limits(rules: HoldRules) -> dict[str, object]:
    """Return what the trail says of the rules: numbers, and how many words there are."""
    return {
        "of_network": rules.most_of_network,
        "of_survey": rules.most_of_survey,
        "words": len(rules.words.splitlines()),
    }


def watch_network(*, hold: Hold, by: User) -> WatchedNetwork:
    """Put on hold what comes from the network of an answer, as long as networks are kept apart.

    Twice is once. Raises NetworkForgotten.
    """
    with recorded(project=hold.project, by=by) as ledger:
        if not ledger.refresh(hold).network:
            raise NetworkForgotten
        watched = WatchedNetwork.objects.of(hold.project).filter(network=hold.network)
        found: WatchedNetwork | None = watched.in_force().first()
        if found is not None:
            return found
        received_at = hold.submission.received_at
        found = WatchedNetwork.objects.create(
            project=hold.project,
            day=timezone.localdate(received_at),
            network=hold.network,
            until=received_at + NETWORKS_KEPT,
            by=by,
        )
        ledger.record("engagements.network_watched", subject=found, follow_up=False)
    return found


def end_watch(*, watched: WatchedNetwork, by: User) -> WatchedNetwork:
    """No longer look out for a network; one that is over is left as it is."""
    with recorded(project=watched.project, by=by) as ledger:
        if ledger.refresh(watched).ended_at is None:
            watched.ended_at = ledger.at
            watched.save(update_fields=["ended_at"])
            ledger.record("engagements.network_watch_ended", subject=watched, follow_up=False)
    return watched
