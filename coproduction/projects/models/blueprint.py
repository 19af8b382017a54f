"""What a project was begun from, and texts that a form may begin with."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import Translated, TranslatedField
from coproduction.projects.models.project import ProjectQuerySet, ProjectRecord

LONGEST_KIND = 40


class Blueprint(ProjectRecord):
    """That a project was begun from another: from which, what came along, who has read it.

    The other project's name is kept as it was then. Whoever may not see that project is not told
    it: ``overview.queries.blueprint`` says who may.
    """

    origin = models.UUIDField()
    origin_place = models.CharField(max_length=100)
    # The groups that came along, by the names of overview/blueprint/groups.py.
    groups = models.JSONField(default=list, blank=True)
    # When somebody here said that the texts were read: they were written for another place.
    read_at = models.DateTimeField(null=True, blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project"], name="blueprint_once"),
        ]

    def __str__(self) -> str:
        """Name no other project: that is not for everybody."""
        return str(_("What came from another project"))

    @property
    def is_read(self) -> bool:
        """Whether somebody here has read what was written for the other project."""
        return self.read_at is not None


class TextTemplateQuerySet(ProjectQuerySet):
    """Templates, by what is made from them."""

    def for_new(self, model: type[models.Model]) -> "TextTemplateQuerySet":
        """Those that the form of a new row of ``model`` may begin with."""
        return self.filter(kind=model._meta.label)


class TextTemplate(ProjectRecord):
    """What a form that makes a record may begin with: how another project worded one like it.

    It is nothing by itself: nobody but the team reads it before a form was sent that began with it.
    """

    # The model that is made from it, by its label; and what to call the template.
    kind = models.CharField(max_length=LONGEST_KIND)
    name = TranslatedField(_("name"))
    # What fills the boxes, by their names; a text in several languages as its column would hold it.
    boxes = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(default=0)

    objects = TextTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "position", "pk"]
        indexes = [models.Index(fields=["project", "kind"], name="text_template_by_kind")]

    def __str__(self) -> str:
        """Name it in the reader's language."""
        return str(self.name)

    @property
    def initial(self) -> dict[str, Any]:
        """What to fill the form's boxes from, by name."""
        return {
            name: Translated(value) if isinstance(value, dict) else value
            for name, value in self.boxes.items()
        }
