"""The group's own page: what waits for whom, and what was decided since."""

from django.urls import reverse

from steering.services.answer import give_answer
from steering.services.decision import record_decision
from tests.steering.group import (
    make_round,
    make_wording,
)
from tests.steering.pages import text_of, url


def test_a_members_home_says_what_waits_for_them(project, seats, wording, client_of) -> None:
    make_round(wording, wording.by)
    make_round(make_wording(project, wording.by, title="More bins"), wording.by)
    page = text_of(client_of(seats[0].user).get(url("home")))
    assert "Waiting for your answer: 2" in page
    assert "Mend the swings" in page
    assert "More bins" in page


def test_a_member_sees_no_links_they_may_not_open(open_round, member, client_of) -> None:
    client = client_of(member)
    opened = 0
    for name in ("home", "seat_list", "meeting_list", "decision_list"):
        opened += _open_every_link(client, url(name))
    opened += _open_every_link(client, url("round", uuid=open_round.uuid))
    action = open_round.wording.action
    opened += _open_every_link(client, url("action_status", uuid=action.uuid))
    assert opened > 20


def _open_every_link(client, address: str) -> int:
    body = client.get(address).content.decode()
    links = {part.split('"')[0] for part in body.split('href="')[1:]}
    links = {link for link in links if link.startswith("/") and "/steering/" in link}
    for link in links:
        assert client.get(link).status_code == 200, f"{address} links to {link}"
    return len(links)


def test_an_answered_action_moves_and_can_still_change(
    open_round, seats, member, client_of
) -> None:
    give_answer(round=open_round, seat=seats[0], answer="not_yet", by=member)
    page = text_of(client_of(member).get(url("home")))
    assert "Waiting for your answer: 0" in page
    assert "You said: Not yet." in page


def test_a_member_reads_what_was_decided_since_they_answered(
    open_round, seats, member, chair, client_of
) -> None:
    give_answer(round=open_round, seat=seats[0], answer="not_yet", by=member)
    client = client_of(member)
    assert "Decided since you were asked" not in text_of(client.get(url("home")))
    for seat in seats[1:]:
        give_answer(round=open_round, seat=seat, answer="not_yet", by=chair)
    record_decision(round=open_round, outcome="sent_back", reason={"en": "Say who pays."}, by=chair)
    page = text_of(client.get(url("home")))
    assert "Decided since you were asked" in page
    assert "Sent back to be reworded" in page
    assert "You said: Not yet." in page


def test_those_who_write_actions_find_what_was_sent_back_and_why(
    closed_round, chair, facilitator, member, client_of
) -> None:
    action = closed_round.wording.action
    record_decision(
        round=closed_round, outcome="sent_back", reason={"en": "Say who pays."}, by=chair
    )
    client = client_of(facilitator)
    page = text_of(client.get(url("home")))
    reword = reverse("workshops:action_reword", kwargs={"project": "bryn", "uuid": action.uuid})
    assert "Sent back: reword these" in page
    assert "Say who pays." in page
    assert reword in page
    assert "Sent back: reword these" not in text_of(client_of(member).get(url("home")))
    action_page = text_of(client.get(url("action_status", uuid=action.uuid)))
    assert 'id="sent-back-why"' in action_page
    assert reword in action_page
    make_wording(closed_round.project, chair, action=action)
    assert "Sent back: reword these" not in text_of(client.get(url("home")))


def test_a_closed_round_waits_for_nobody(closed_round, member, client_of) -> None:
    assert "Waiting for your answer: 0" in text_of(client_of(member).get(url("home")))


def test_the_home_page_costs_the_same_with_more_rounds(
    project, seats, chair, client_of, assert_same_queries
) -> None:
    def put_one(number: int) -> None:
        make_round(make_wording(project, chair, title=f"Action {number}"), chair)

    assert_same_queries(client_of(seats[0].user), url("home"), put_one)


def test_the_chairs_home_page_costs_the_same_with_more_rounds(
    project, seats, chair, client_of, assert_same_queries
) -> None:
    def put_one(number: int) -> None:
        make_round(make_wording(project, chair, title=f"Action {number}"), chair)

    assert_same_queries(client_of(chair), url("home"), put_one)
