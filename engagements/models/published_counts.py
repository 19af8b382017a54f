"""What the public was told last of how many there are: what is told next goes by it."""

from django.db import models
from django.utils import timezone

from coproduction.projects.models import ProjectQuerySet


class PublishedCounts(models.Model):
    """A project's counts as they were last published, each with what it stood at.

    ``lines`` are those of ``engagements.disclosure.over_time``, by name.
    """

    project = models.OneToOneField("projects.Project", on_delete=models.PROTECT, related_name="+")
    # The day by which they count: that of the edition.
    counted_on = models.DateField(default=timezone.localdate)
    lines = models.JSONField(default=dict)

    objects = ProjectQuerySet.as_manager()
