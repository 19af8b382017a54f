"""Pages about who sits on the group, and how it decides."""

from steering.models import Seat, Terms
from tests.steering.group import (
    make_seats,
)
from tests.steering.pages import text_of, url


def test_sectors_without_a_seat_are_shown(seats, member, client_of) -> None:
    page = text_of(client_of(member).get(url("seat_list")))
    assert page.count("Nobody speaks for them yet") == 6


def test_a_seat_is_added_and_ended(project, member, chair, client_of) -> None:
    client = client_of(chair)
    given = {"name": "Mair", "sector": "faith", "user": member.uuid, "seated_on": "2024-01-01"}
    assert client.post(url("seat_new"), given).status_code == 302
    response = client.post(url("seat_new"), given)
    assert response.status_code == 409
    assert "This person holds a seat already." in text_of(response)
    seat = Seat.objects.get()
    client.post(url("seat_leave", uuid=seat.uuid), {"left_on": "2024-02-01"})
    seat.refresh_from_db()
    assert seat.left_on.isoformat() == "2024-02-01"
    again = client.post(url("seat_leave", uuid=seat.uuid), {"left_on": "2024-03-01"})
    assert "This seat has ended already." in text_of(again)


def test_the_terms_are_set(project, chair, client_of) -> None:
    client = client_of(chair)
    response = client.post(url("terms"), {"quorum": "0", "decision_method": "consent"})
    assert "At least one person has to answer." in text_of(response)
    client.post(url("terms"), {"quorum": "6", "decision_method": "majority"})
    assert Terms.objects.get(project=project).quorum == 6


def test_the_seats_cost_the_same_with_more(project, chair, client_of, assert_same_queries) -> None:
    assert_same_queries(
        client_of(chair), url("seat_list"), lambda number: make_seats(project, chair, 1)
    )
