"""Findings: what we heard, in a sentence on each theme."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import TranslatedField
from coproduction.projects.models import ProjectQuerySet, ProjectRecord, User
from themes.models.theme import Theme


class Finding(ProjectRecord):
    """A statement on a theme that its comments support: what we heard."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="findings")
    text = TranslatedField(_("what we heard"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["theme"], name="finding_one_a_theme")]
