"""Changes to the group's terms of reference, as far as deciding goes."""

from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import Seen
from steering.models import Terms


class NobodyDecides(Refusal):
    """A quorum of none would let an empty room decide."""

    sentence = _("At least one person has to answer. Choose 1 or more.")


def set_terms(
    *, project: Project, quorum: int, decision_method: str, by: User, seen: Seen | None = None
) -> Terms:
    """Say how many must answer and how the group decides, in rounds opened from now on.

    The two mean something only together. Raises NobodyDecides and ChangedMeanwhile.
    """
    with recorded(project=project, by=by) as ledger:
        terms = Terms.objects.in_force(project)
        now = {"quorum": terms.quorum, "decision_method": terms.decision_method}
        was = _facts(terms) if terms.pk else {}
        given = ledger.merged(
            project,
            seen=seen,
            now=now,
            together=[now],
            quorum=quorum,
            decision_method=decision_method,
        )
        if given["quorum"] < 1:
            raise NobodyDecides
        terms.quorum, terms.decision_method = given["quorum"], given["decision_method"]
        terms.full_clean()
        terms.save()
        ledger.record("steering.terms_set", subject=project, was=was, now=_facts(terms))
    return terms


def _facts(terms: Terms) -> dict[str, object]:
    """What the audit trail keeps of the terms."""
    return {"quorum": terms.quorum, "decision_method": terms.decision_method}
