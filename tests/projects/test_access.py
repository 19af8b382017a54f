"""Who may: nobody without an account that is in use."""

import pytest
from django.contrib.auth.models import AnonymousUser

from coproduction.projects.access import project_of, roles_anywhere, roles_of
from coproduction.projects.models import Project, User


def test_whoever_belongs_has_their_role(project: Project, coordinator: User) -> None:
    assert roles_of(coordinator, project) == roles_anywhere(coordinator) == {"coordinator"}
    assert project_of(coordinator, project.slug) == (project, {"coordinator"})


@pytest.mark.parametrize("who", ["signed out", "switched off"])
def test_nobody_has_a_role_without_an_account_in_use(
    project: Project, coordinator: User, who: str
) -> None:
    coordinator.is_active = False
    person = AnonymousUser() if who == "signed out" else coordinator
    assert roles_of(person, project) == roles_anywhere(person) == frozenset()
    assert project_of(person, project.slug) == (None, frozenset())
