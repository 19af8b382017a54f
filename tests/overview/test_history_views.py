"""The page of every change."""

import pytest
from django.test import Client

from coproduction.projects.audit import recorded
from coproduction.projects.models import AuditEntry, Project, User
from coproduction.projects.services.membership import add_member, invite_member
from coproduction.projects.services.person import find_or_add_person
from steering.services.answer import give_answer
from tests.cast import make_member, make_person
from tests.steering.group import make_round, make_seats, make_wording

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


def test_each_change_says_what_it_was_about_and_for_whom(
    carys: Client, project: Project, coordinator: User
) -> None:
    chair = make_member(project, "chair")
    seat = make_seats(project, chair, 5)[0]
    round = make_round(make_wording(project, chair), chair)
    give_answer(round=round, seat=seat, answer="agree", how="phone", by=chair)
    page = carys.get("/bryn/settings/audit/").content.decode()
    row = page.partition("Answer given")[2].partition("</tr>")[0]
    assert "for someone else" in row
    assert f"/bryn/steering/rounds/{round.uuid}/" in row
    assert "Action 1, wording 1" in row
    seated = page.partition("Member seated")[2].partition("</tr>")[0]
    assert "for someone else" not in seated
    assert seat.name[:6] in seated


def test_nobody_is_led_to_a_page_that_is_not_theirs(
    client_of, project: Project, coordinator: User
) -> None:
    """The chair reads the history, and may not open the settings."""
    chair = make_member(project, "chair")
    page = client_of(chair).get("/bryn/settings/audit/").content.decode()
    row = page.partition("Project created")[2].partition("</tr>")[0]
    assert "Bryn" in row
    assert "href" not in row
    assert AuditEntry.objects.filter(project=project, verb="projects.project_created").exists()


def test_somebody_invited_is_not_called_what_another_project_calls_them(
    carys: Client, project: Project, coordinator: User
) -> None:
    find_or_add_person(email="who@example.org", name="Blodwen")
    invite_member(project=project, email="who@example.org", role="analyst", by=coordinator)
    page = carys.get("/bryn/settings/audit/").content.decode()
    assert "Blodwen" not in page
    assert "who" in page
