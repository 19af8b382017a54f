"""Pages about where actions stand with the group."""

import pytest

from steering.services.decision import record_decision
from steering.services.round import open_rounds
from tests.cast import make_member
from tests.steering.group import (
    agree,
    in_days,
    make_round,
    make_wording,
    set_quorum,
)
from tests.steering.pages import text_of, url
from tests.workshops.material import at, make_action
from workshops.services.action import translate_wording


def test_an_edited_agreed_action_is_shown_as_not_agreed(
    project, seats, wording, chair, client_of
) -> None:
    agree(wording, chair)
    address = url("action_status", uuid=wording.action.uuid)
    client = client_of(chair)
    assert "Agreed on" in text_of(client.get(address))
    make_wording(project, chair, action=wording.action, text="Mend them twice.")
    page = text_of(client.get(address))
    assert "Agreed before; a change is proposed, not agreed" in page
    assert "A change is proposed. It is not agreed." in page


def test_an_actions_page_costs_the_same_with_more_rounds(
    project, seats, wording, client_of, assert_same_queries
) -> None:
    set_quorum(project, wording.by, 1)
    address = url("action_status", uuid=wording.action.uuid)

    def send_back(number: int) -> None:
        text = f"Version {number}."
        newer = make_wording(project, wording.by, action=wording.action, text=text)
        round = make_round(newer, wording.by, closed=True)
        record_decision(round=round, outcome="sent_back", reason={"en": "No."}, by=wording.by)

    assert_same_queries(client_of(wording.by), address, send_back, limit=16)


@pytest.mark.parametrize("role", ["analyst", "facilitator", "chair"])
def test_everybody_who_sees_actions_sees_where_they_stand(
    project, seats, wording, chair, client_of, role
) -> None:
    draft = make_wording(project, chair, title="More bins")
    agree(wording, chair)
    page = client_of(make_member(project, role)).get(url("action_status_list")).content.decode()
    marks = {
        uuid: page.split(f'id="status-{uuid}"')[1]
        for uuid in (wording.action.uuid, draft.action.uuid)
    }
    first, second = (" ".join(mark.split("</td>")[0].split()) for mark in marks.values())
    assert "Agreed" in first
    assert "not agreed" not in first
    assert "Draft, not agreed" in second


def test_the_marks_cost_the_same_with_more_actions(
    project, seats, chair, client_of, assert_same_queries
) -> None:
    def agree_one(number: int) -> None:
        agree(make_wording(project, chair, title=f"Action {number}"), chair)

    assert_same_queries(client_of(chair), url("action_status_list"), agree_one)


def test_the_actions_page_and_the_rounds_show_both_side_by_side(
    seats, wording, chair, client_of
) -> None:
    decision = agree(wording, chair)
    pages = [
        url("action_status", uuid=wording.action.uuid),
        url("round", uuid=decision.round.uuid),
    ]
    words = "A translation was changed after the group was asked"
    client = client_of(chair)
    for page in pages:
        assert words not in client.get(page).content.decode()
    was = wording.text.text("cy")
    translate_wording(wording=wording, text={"cy": "Cau parc."}, by=chair)
    for page in pages:
        shown = client.get(page).content.decode()
        assert words in shown
        assert shown.index(was) < shown.index("Cau parc.")


def test_an_action_is_withdrawn_with_a_reason_that_the_list_shows(
    project, facilitator, client_of
) -> None:
    action = make_action(project)
    client = client_of(facilitator)
    address = url("action_withdraw", uuid=action.uuid)
    assert "Say why." in text_of(client.post(address, {"why": ""}))
    page = text_of(client.post(address, {"why": "Written twice."}, follow=True))
    assert "Action 1 is withdrawn." in page
    assert "Written twice." in page
    assert "Reword it" not in page
    listed = text_of(client.get(at("action_list", project)))
    assert "Withdrawn before the group was asked" in listed
    assert "Written twice." in listed
    assert "This action was withdrawn." in text_of(client.get(address))
    # The reason of whoever came second is there to copy.
    late = text_of(client.post(address, {"why": "Nobody can lead it."}))
    assert "This action was withdrawn." in late
    assert "Nobody can lead it." in late


def test_who_wants_to_withdraw_what_the_group_was_asked_is_told(
    seats, wording, chair, facilitator, client_of
) -> None:
    open_rounds(wordings=[wording], closes_at=in_days(7), by=chair)
    page = text_of(client_of(facilitator).get(url("action_withdraw", uuid=wording.action.uuid)))
    assert "only the group can drop it" in page
    assert '<form class="form"' not in page
