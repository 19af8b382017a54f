"""Pages about who sits on the group, and how it decides."""

from django.urls import reverse

from coproduction.projects.services.membership import remove_member
from steering.models import Seat, Terms
from steering.services.round import open_rounds
from steering.services.seat import seat_member
from tests.forms import drawn
from tests.steering.group import LONG_AGO, in_days, make_seats
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


def test_two_people_who_change_a_seat_keep_both_but_a_name_goes_with_its_sign_in(
    seats, chair, coordinator, client_of
) -> None:
    seat = seats[0]
    mine, theirs = client_of(chair), client_of(coordinator)
    address = url("seat_change", uuid=seat.uuid)
    first, second = mine.get(address), theirs.get(address)
    theirs.post(address, drawn(second, name="Mair Ifan"))
    assert mine.post(address, drawn(first, sector="faith")).status_code == 302
    seat.refresh_from_db()
    assert (seat.name, seat.sector) == ("Mair Ifan", "faith")
    assert mine.post(address, drawn(first, user="")).status_code == 409
    seat.refresh_from_db()
    assert seat.user is not None


def test_a_seat_sent_twice_is_added_once(project, chair, client_of) -> None:
    client = client_of(chair)
    sent = drawn(client.get(url("seat_new")), name="Siân", sector="faith")
    for _twice in range(2):
        assert client.post(url("seat_new"), sent).status_code == 302
    assert client.post(url("seat_new"), {**sent, "name": ["Siôn"]}).status_code == 409
    assert [seat.name for seat in Seat.objects.all()] == ["Siân"]


def test_how_the_group_decides_is_taken_whole(project, chair, coordinator, client_of) -> None:
    mine, theirs = client_of(chair), client_of(coordinator)
    first, second = mine.get(url("terms")), theirs.get(url("terms"))
    theirs.post(url("terms"), drawn(second, quorum="6"))
    assert mine.post(url("terms"), drawn(first)).status_code == 302
    assert Terms.objects.get(project=project).quorum == 6
    clash = mine.post(url("terms"), drawn(first, decision_method="majority"))
    assert clash.status_code == 409
    terms = Terms.objects.get(project=project)
    assert (terms.quorum, terms.decision_method) == (6, "consent")


def test_members_shows_who_can_not_answer_and_a_button_for_it(
    project, analyst, chair, coordinator, client_of
) -> None:
    given = {"name": "Anwen", "sector": "faith", "user": analyst.uuid, "seated_on": "2024-01-01"}
    told = text_of(client_of(chair).post(url("seat_new"), given, follow=True))
    assert "1 person has a seat and can't answer" in told
    assert "Ask the co-ordinator to give it to them." in told
    assert "Make them a member" not in told
    assert "Somebody has a seat and can't answer." in text_of(client_of(chair).get(url("home")))
    client = client_of(coordinator)
    assert "Make them a member" in text_of(client.get(url("seat_list")))
    seat = Seat.objects.get()
    done = text_of(client.post(url("seat_let_answer", uuid=seat.uuid), follow=True))
    assert "Anwen can answer now." in done
    assert "has a seat and can't answer" not in done


def test_who_takes_a_role_from_somebody_seated_is_told(
    project, seats, member, coordinator, client_of
) -> None:
    client = client_of(coordinator)
    role = member.memberships.get(role="member")
    page = client.get(
        reverse("projects:member_remove", kwargs={"project": "bryn", "uuid": role.uuid})
    )
    address = url("seat_holder", uuid=member.uuid)
    assert f'hx-get="{address}"' in page.content.decode()
    assert "holds a seat on the steering group" in text_of(client.get(address))
    nobody = text_of(client.get(url("seat_holder", uuid=coordinator.uuid)))
    assert "No seat on the steering group." in nobody


def test_a_seat_made_by_mistake_is_taken_away(
    project, seats, chair, coordinator, client_of
) -> None:
    client = client_of(chair)
    address = url("seat_change", uuid=seats[0].uuid)
    assert "Take this seat away" in text_of(client.get(address))
    left = drawn(client.get(address), name="Mair Ifan of the hall")
    client.post(url("seat_remove", uuid=seats[0].uuid))
    assert client.get(address).status_code == 410
    twice = client.post(url("seat_remove", uuid=seats[0].uuid), follow=True)
    assert twice.redirect_chain == [(url("seat_list"), 302)]
    assert "You have removed this already." in text_of(twice)
    other = client_of(coordinator).post(address, left)
    assert other.status_code == 410
    assert "Somebody else has removed this." in text_of(other)
    assert "Mair Ifan of the hall" in text_of(other)


def test_a_round_says_of_whom_it_waits_for_who_can_not_answer(
    project, seats, wording, member, chair, coordinator, client_of
) -> None:
    seat_member(project=project, name="Nia", sector="faith", seated_on=LONG_AGO, by=chair)
    (round,) = open_rounds(wordings=[wording], closes_at=in_days(7), by=chair)
    address = url("round", uuid=round.uuid)
    page = text_of(client_of(chair).get(address))
    assert page.count("the chair writes their answers down") == 1
    assert "has no role that lets them answer" not in page
    remove_member(membership=member.memberships.get(role="member"), by=coordinator)
    page = text_of(client_of(chair).get(address))
    assert page.count("has no role that lets them answer") == 1
