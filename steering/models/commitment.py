"""Commitments: a lead partner's word."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import TranslatedField
from coproduction.projects.models import (
    Attested,
    Organisation,
    Pass,
    ProjectQuerySet,
    ProjectRecord,
    User,
)
from workshops.models import Wording


class Commitment(Attested, ProjectRecord):
    """A lead partner's word that it will do what a wording says."""

    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text = TranslatedField(_("in their words"), blank=True)
    committed_on = models.DateField(_("date"))
    # Whom to ask again when the wording changes; for the team alone.
    contact_email = models.EmailField(_("e-mail"), blank=True)
    # Who recorded it: somebody who signed in, or the partner with a pass.
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    given_pass = models.ForeignKey(
        Pass, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ProjectQuerySet.as_manager()

    attested = (
        (
            *("uuid", "wording", "organisation", "text", "committed_on", "contact_email"),
            *("by", "given_pass", "created_at"),
        ),
    )

    class Meta:
        ordering = ["committed_on"]
        constraints = [
            models.UniqueConstraint(fields=["wording", "organisation"], name="commitment_once"),
        ]
