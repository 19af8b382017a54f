"""What came along from another project, as one of its team may be told of it."""

from coproduction.projects.access import roles_of
from coproduction.projects.models import Blueprint, Project, User


def blueprint_of(project: Project) -> Blueprint | None:
    """Return what a project was begun from; None where it was begun anew. One query."""
    found: Blueprint | None = Blueprint.objects.of(project).first()
    return found


def origin_as_seen(blueprint: Blueprint, user: User) -> str:
    """Return the name that the other project had then, to those who may know it; else nothing.

    They are on its team, or everybody knows it: it says to the public what it can change. Two
    queries.
    """
    origin = Project.objects.filter(uuid=blueprint.origin).first()
    if origin is None or not (origin.scope or roles_of(user, origin)):
        return ""
    return blueprint.origin_place
