"""Changes over several stages at once: beginning a project with its questions."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from coproduction.projects.models import Project, User
from coproduction.projects.services.project import change_project, create_project
from engagements.services.question import set_questions


def begin_project(
    *,
    slug: str,
    place: str,
    name: Mapping[str, str],
    scope: Mapping[str, str],
    languages: Sequence[str],
    contact_email: str,
    safeguarding_lead: str,
    wordings: Mapping[str, Mapping[str, str]],
    by: User,
) -> Project:
    """Make a project with what it says of itself and the questions it will ask; all or nothing.

    ``wordings`` is ``{question kind: {language: text}}``. Raises what create_project raises.
    """
    with transaction.atomic():
        project = create_project(
            slug=slug, place=place, name=name, scope=scope, languages=languages, by=by
        )
        change_project(
            project=project,
            place=place,
            name=name,
            scope=scope,
            languages=languages,
            contact_email=contact_email,
            safeguarding_lead=safeguarding_lead,
            by=by,
        )
        set_questions(project=project, wordings=wordings, by=by)
    return project
