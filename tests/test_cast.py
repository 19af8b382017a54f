"""The cast itself: everybody is who the other tests take them for."""

from coproduction.projects.access import CAPABILITIES, allowed, roles_of
from tests.cast import ROLES, make_cast


def test_everybody_has_their_own_role_and_no_other(db: None) -> None:
    cast = make_cast("bryn", "Bryn")
    assert set(cast.by_role) == set(ROLES)
    assert {role: roles_of(user, cast.project) for role, user in cast.by_role.items()} == {
        role: frozenset({role}) for role in ROLES
    }


def test_a_stranger_has_no_role(project, stranger, other_coordinator) -> None:
    assert roles_of(stranger, project) == frozenset()
    assert roles_of(other_coordinator, project) == frozenset()


def test_every_capability_is_given_to_someone_and_refused_to_someone() -> None:
    assert len(CAPABILITIES) > 20
    for capability in CAPABILITIES:
        given = {role for role in ROLES if allowed(frozenset({role}), capability)}
        assert given, f"nobody may {capability}"
        assert given != set(ROLES), f"{capability} is refused to nobody"
