"""The page of every change."""

import pytest
from django.test import Client

from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from coproduction.projects.services.membership import add_member
from tests.cast import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def carys(client_of, coordinator: User) -> Client:
    """The co-ordinator's browser."""
    return client_of(coordinator)


def test_the_trail_asks_the_same_for_more_entries(
    carys: Client, project: Project, coordinator: User, assert_same_queries
) -> None:
    def change(number: int) -> None:
        member = make_person(f"newcomer-{number}", "bryn")
        add_member(project=project, user=member, role="analyst", by=member)
        with recorded(project=project, by=coordinator) as ledger:
            ledger.record("test.change", subject=project)

    assert_same_queries(carys, "/bryn/settings/audit/", change)
