"""The group's terms of reference, as far as deciding goes."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from coproduction.projects.models import (
    Project,
    Versioned,
    VersionedQuerySet,
)


class DecisionMethod(models.TextChoices):
    """The group's way of deciding. Never to be confused with a person's consent.

    ``queries.answer`` does the sums; what a member reads of them is here, and says the same.
    """

    CONSENT = "consent", _("Consent: nobody objects, and more agree than say not yet")
    CONSENSUS = "consensus", _("Consensus: everybody who answers agrees, some with a reservation")
    MAJORITY = "majority", _("Majority: more than half of those who answer agree")

    @property
    def rule(self) -> Any:
        """When a wording is agreed, in a sentence."""
        return _RULES[self]


_RULES = {
    DecisionMethod.CONSENT: _(
        "It is agreed if nobody objects, and more people agree than say not yet."
    ),
    DecisionMethod.CONSENSUS: _(
        "It is agreed if everybody who answers agrees, with or without a reservation."
    ),
    DecisionMethod.MAJORITY: _("It is agreed if more than half of those who answer agree."),
}


class TermsQuerySet(VersionedQuerySet):
    """The terms of reference of projects."""

    def in_force(self, project: Project) -> "Terms":
        """Those of a project; until the group sets its own, the defaults, not yet saved."""
        return self.filter(project=project).first() or Terms(project=project)


class Terms(Versioned):
    """The group's terms of reference, as far as deciding goes. Copied onto each round."""

    project = models.OneToOneField("projects.Project", on_delete=models.PROTECT, related_name="+")
    quorum = models.PositiveSmallIntegerField(_("quorum"), default=4)
    decision_method = models.CharField(
        _("way of deciding"),
        max_length=10,
        choices=DecisionMethod,
        default=DecisionMethod.CONSENT,
    )

    objects = TermsQuerySet.as_manager()
