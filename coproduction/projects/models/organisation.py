"""The bodies that lead or support actions, or hold seats."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import TranslatedField
from coproduction.projects.models.project import ProjectQuerySet, ProjectRecord


class Sector(models.TextChoices):
    """The part of local life that an organisation or a seat speaks for."""

    RESIDENT = "resident", _("Resident")
    COMMUNITY_GROUP = "community_group", _("Community group")
    CHARITY = "charity", _("Charity")
    FAITH = "faith", _("Faith")
    SCHOOL = "school", _("School")
    YOUTH_SERVICE = "youth_service", _("Youth service")
    COUNCIL = "council", _("Council")
    POLICE = "police", _("Police")
    HEALTH = "health", _("Health")
    BUSINESS = "business", _("Business")


class Organisation(ProjectRecord):
    """A body that can lead or support an action, or hold a seat."""

    name = TranslatedField(_("name"))
    sector = models.CharField(_("sector"), max_length=20, choices=Sector)

    objects = ProjectQuerySet.as_manager()

    def __str__(self) -> str:
        """Name it in the reader's language."""
        return str(self.name)
