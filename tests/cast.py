"""The fixed cast: who is who in the tests, made through the services."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from coproduction.projects.models import Project, Role, User
from coproduction.projects.services.membership import add_member
from coproduction.projects.services.person import find_or_add_person
from coproduction.projects.services.project import create_project

# Each person's first letter is their role's.
NAMES = {
    "coordinator": "Carys",
    "analyst": "Anwen",
    "facilitator": "Ffion",
    "chair": "Cai",
    "member": "Mair",
    "editor": "Elin",
    "helper": "Heulwen",
    "stranger": "Siôn",
    "operator": "Owain",
}
ROLES = tuple(Role.values)


@dataclass
class Cast:
    """One project and a person for each of its roles."""

    project: Project
    coordinator: User
    analyst: User
    facilitator: User
    chair: User
    member: User
    editor: User
    helper: User

    @property
    def by_role(self) -> dict[str, User]:
        """The people, by role."""
        return {field.name: getattr(self, field.name) for field in fields(Cast)[1:]}


def make_person(role: str, at: str) -> User:
    """Find or make the person who plays ``role`` in the project ``at``."""
    return find_or_add_person(email=f"{role}@{at}.example", name=NAMES.get(role, role.title()))


def make_project(slug: str, place: str, languages: Sequence[str] = ("en", "cy")) -> Project:
    """Make a project, in English and Welsh unless told otherwise, with its coordinator."""
    return create_project(
        slug=slug,
        place=place,
        languages=languages,
        figures_are_public=True,
        by=make_person("coordinator", slug),
    )


def make_member(project: Project, role: str) -> User:
    """Return the person who plays ``role`` in ``project``, joining them to it if need be."""
    user = make_person(role, project.slug)
    add_member(project=project, user=user, role=role, by=make_person("coordinator", project.slug))
    return user


def make_cast(slug: str, place: str, **options: Any) -> Cast:
    """Make a project and everybody in it. ``options`` are those of ``make_project``."""
    project = make_project(slug, place, **options)
    return Cast(project=project, **{role: make_member(project, role) for role in ROLES})
