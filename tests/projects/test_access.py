"""Who may: nobody without an account that is in use."""

import pytest
from django.contrib.auth.models import AnonymousUser

from coproduction.projects.access import (
    is_operator,
    names_of_those_who,
    project_of,
    projects_where,
    roles_anywhere,
    roles_of,
)
from coproduction.projects.models import Membership, Project, User


def test_whoever_belongs_has_their_role(project: Project, coordinator: User) -> None:
    assert roles_of(coordinator, project) == roles_anywhere(coordinator) == {"coordinator"}
    assert project_of(coordinator, project.slug) == (project, {"coordinator"})


def test_an_invitation_is_taken_up_by_coming_and_only_once(
    project: Project, coordinator: User
) -> None:
    role = Membership.objects.get(user=coordinator, project=project)
    Membership.objects.filter(pk=role.pk).update(joined_at=None)
    assert names_of_those_who("project.manage", project) == []
    assert project_of(coordinator, project.slug) == (project, {"coordinator"})
    role.refresh_from_db()
    came = role.joined_at
    assert came is not None
    assert names_of_those_who("project.manage", project) == [coordinator.display_name]
    project_of(coordinator, project.slug)
    role.refresh_from_db()
    assert role.joined_at == came


@pytest.mark.parametrize("who", ["signed out", "switched off"])
def test_nobody_has_a_role_without_an_account_in_use(
    project: Project, coordinator: User, who: str
) -> None:
    coordinator.is_active = False
    person = AnonymousUser() if who == "signed out" else coordinator
    assert roles_of(person, project) == roles_anywhere(person) == frozenset()
    assert project_of(person, project.slug) == (None, frozenset())
    assert not projects_where(person, "project.manage")


def test_where_somebody_may_do_something_is_each_project_whose_role_lets_them(
    project: Project, other_project: Project, coordinator: User
) -> None:
    Membership.objects.create(user=coordinator, project=other_project, role="analyst")
    assert list(projects_where(coordinator, "project.manage")) == [project]
    both = {project, other_project}
    assert set(projects_where(coordinator, "themes.code")) <= both
    assert other_project in projects_where(coordinator, "themes.code")


def test_an_operator_is_whoever_the_installation_names_and_has_an_account_in_use(
    settings, coordinator: User
) -> None:
    assert not is_operator(coordinator)
    settings.OPERATORS = frozenset({coordinator.email})
    assert is_operator(coordinator)
    assert not is_operator(AnonymousUser())
    coordinator.is_active = False
    assert not is_operator(coordinator)
