"""Beginning a form with a template: which are offered on its page, and which was chosen."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.http import HttpRequest

from coproduction.languages.templatetags.languages import in_language
from coproduction.projects.models import Project, TextTemplate


@dataclass(frozen=True)
class Offer:
    """The templates that a form's page offers, and the one that somebody chose, if any."""

    templates: tuple[TextTemplate, ...]
    chosen: TextTemplate | None

    @property
    def initial(self) -> dict[str, Any]:
        """What the form's boxes begin with: nothing, until a template is chosen."""
        return self.chosen.initial if self.chosen else {}

    @property
    def context(self) -> dict[str, Any]:
        """What templates/ui/form_page.html shows of it."""
        return {
            "templates": [
                {
                    "uuid": each.uuid,
                    "name": in_language(each.name),
                    "is_chosen": each == self.chosen,
                }
                for each in self.templates
            ],
            "is_begun": self.chosen is not None,
        }


def templates_offered(request: HttpRequest, project: Project, model: type[models.Model]) -> Offer:
    """Return what the form of a new row of ``model`` may begin with. One query.

    The page is asked for with ``?template=`` and a uuid; one that is not there is none.
    """
    offered = tuple(TextTemplate.objects.of(project).for_new(model))
    try:
        named = UUID(request.GET.get("template", ""))
    except ValueError:
        named = None
    return Offer(offered, next((each for each in offered if each.uuid == named), None))
