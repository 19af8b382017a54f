"""Making a project with the questions it will ask."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from coproduction.projects.models import Project, User
from coproduction.projects.services.project import create_project
from engagements.services.question import set_questions


def begin_project(*, wordings: Mapping[str, Mapping[str, str]], by: User, **about: Any) -> Project:
    """Make a project with the questions it will ask; all or nothing.

    ``wordings`` is ``{question kind: {language: text}}``, ``about`` and what is raised are those of
    create_project.
    """
    with transaction.atomic():
        project = create_project(by=by, **about)
        set_questions(project=project, wordings=wordings, by=by)
    return project
