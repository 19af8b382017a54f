"""Projects, and the root of everything that belongs to one."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import TranslatedField
from coproduction.projects.models.versioned import Versioned, VersionedQuerySet

SLUG = RegexValidator(
    r"^[a-z0-9]+(?:-[a-z0-9]+)*$",
    _("Use small letters, numbers and single hyphens, such as bryn-coed."),
)


class Project(Versioned):
    """One community's plan, from listening to delivery."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.CharField(_("address"), max_length=60, unique=True, validators=[SLUG])
    place = models.CharField(_("place"), max_length=100)
    name = TranslatedField(_("name"))
    scope = TranslatedField(_("what this can and can't change"), blank=True)
    # The languages the public pages are owed in; the first is the one written first.
    languages = models.JSONField(_("languages"), default=list)
    small_number = models.PositiveSmallIntegerField(_("smallest number shown"), default=10)
    # Until then nothing counted stands on a public page: it may be wrong while the team looks.
    figures_are_public = models.BooleanField(_("numbers are public"), default=False)
    safeguarding_lead = models.EmailField(_("safeguarding lead"), blank=True)
    contact_email = models.EmailField(_("contact address"), blank=True)
    # An invented place says so on every public page.
    is_invented = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Name the place."""
        return self.place

    def clean(self) -> None:
        """Refuse a project without languages. A place's name is one line."""
        self.place = " ".join(self.place.split())
        if not self.languages:
            raise ValidationError({"languages": _("Choose at least one language.")})


class ProjectQuerySet(VersionedQuerySet):
    """Rows that belong to a project."""

    def of(self, project: Project) -> Any:
        """Only this project's rows: where every query for a page begins."""
        return self.filter(project=project)


class ProjectRecord(Versioned):
    """The base of a record: its project, and a uuid, which does not tell how many there are."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
