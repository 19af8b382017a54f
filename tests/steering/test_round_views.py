"""Pages about rounds: putting wordings to the group, its time to answer, what changed since."""

import pytest
from django.urls import reverse
from django.utils import timezone

from coproduction.projects.models import Letter
from steering.models import Round
from steering.services.decision import record_decision
from steering.services.meeting import call_meeting
from steering.services.round import take_back_round
from tests.forms import drawn
from tests.steering.group import (
    agree,
    agree_to_review,
    answer,
    in_days,
    make_lead,
    make_round,
    make_wording,
)
from tests.steering.pages import text_of, url


def test_the_chair_ticks_wordings_and_puts_them_to_the_group(
    project, seats, wording, client_of
) -> None:
    second = make_wording(project, wording.by, title="More bins")
    client = client_of(wording.by)
    response = client.post(
        url("rounds_open"),
        {
            "wordings": [wording.uuid, second.uuid],
            "closes_on": in_days(7).date().isoformat(),
            "closes_time": "18:00",
        },
        follow=True,
    )
    assert "2 actions are with the group." in text_of(response)
    assert Round.objects.count() == 2
    assert timezone.localtime(Round.objects.first().closes_at).hour == 18


@pytest.mark.parametrize("several", [False, True])
def test_the_same_page_sent_twice_puts_them_to_the_group_once(
    project, seats, wording, client_of, several
) -> None:
    both = [wording, make_wording(project, wording.by, title="More bins")]
    make_wording(project, wording.by, title="A pond")
    client = client_of(wording.by)
    sent = drawn(client.get(url("rounds_open")))
    sent["wordings"] = [str(each.uuid) for each in both[: 1 + several]]
    letters = []
    for _twice in range(2):
        answer = client.post(url("rounds_open"), sent, follow=True)
        assert answer.redirect_chain
        assert "with the group. Members are being told" in text_of(answer)
        letters.append(Letter.objects.count())
    assert Round.objects.count() == 1 + several
    assert letters[0] == letters[1] > 0
    # From another page it is another question, which the group has already.
    fresh = {**drawn(client.get(url("rounds_open"))), "wordings": sent["wordings"]}
    again = client.post(url("rounds_open"), fresh)
    assert again.status_code == 409
    assert "The group has one of these actions in front of it already." in text_of(again)
    assert Round.objects.count() == 1 + several


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Tick at least one action to put to the group."),
        ({"wordings": ["rubbish"]}, "That list has changed."),
        ({"closes_on": "2001-01-01"}, "The closing time has passed already."),
        ({"closes_on": "soon"}, "Enter a real date"),
        (
            {"closes_on": "2027-03-28", "closes_time": "01:30"},
            "The clocks go forward that night, so there is no 01:30.",
        ),
    ],
)
def test_what_is_wrong_with_a_round_is_said_plainly(seats, wording, client_of, sent, words):
    given = {"closes_on": in_days(7).date().isoformat(), "closes_time": "18:00"}
    if "closes_on" in sent:
        given["wordings"] = [wording.uuid]
    response = client_of(wording.by).post(url("rounds_open"), given | sent)
    assert words in text_of(response)
    assert not Round.objects.exists()


def test_the_chair_is_offered_what_is_to_be_looked_at_again(
    project, seats, wording, chair, client_of
) -> None:
    later = make_wording(project, chair, title="More bins")
    agree_to_review(later, chair, due=False)
    client = client_of(chair)
    assert "Time to look again" not in text_of(client.get(url("home")))
    agree_to_review(wording, chair)
    page = text_of(client.get(url("home")))
    assert "1 agreed action has reached the day to look at it again." in page
    assert "1 agreed action is to be looked at again" in page
    page = text_of(client.get(url("rounds_open")))
    assert "1. Mend the swings (agreed; the day to look at it again has come)" in page
    assert "More bins" not in page
    make_round(wording, chair)
    assert "Time to look again" not in text_of(client.get(url("home")))


def test_a_wording_looked_at_again_is_never_called_a_draft(
    seats, wording, chair, client_of
) -> None:
    agree_to_review(wording, chair)
    again = make_round(wording, chair)
    client = client_of(chair)
    address = url("round", uuid=again.uuid)
    page = text_of(client.get(address))
    assert "Draft, not agreed" not in page
    assert "It stays agreed until the group decides otherwise." in page
    action_page = client.get(url("action_status", uuid=wording.action.uuid))
    assert "The group is looking at this again." in text_of(action_page)
    answer(again, ["not_yet"] * 5, chair)
    assert "it is no longer agreed." in text_of(client.get(address))
    record_decision(round=again, outcome="sent_back", reason={"en": "It did not work."}, by=chair)
    page = text_of(client.get(address))
    assert ("Sent back to be reworded" in page, "Draft, not agreed" in page) == (True, False)
    # The round that agreed it says that this is no longer so.
    first = Round.objects.exclude(pk=again.pk).get()
    assert "Draft, not agreed" in text_of(client.get(url("round", uuid=first.uuid)))


def test_another_projects_wording_can_not_be_ticked(
    seats, wording, other_project, client_of
) -> None:
    theirs = make_wording(other_project, wording.by)
    response = client_of(wording.by).post(
        url("rounds_open"),
        {
            "wordings": [theirs.uuid],
            "closes_on": in_days(7).date().isoformat(),
            "closes_time": "18:00",
        },
    )
    assert "That list has changed." in text_of(response)
    assert not Round.objects.exists()


def test_the_page_says_what_changed_since_last_time(
    project, closed_round, wording, chair, client_of
) -> None:
    record_decision(round=closed_round, outcome="sent_back", reason={"en": "Say when."}, by=chair)
    newer = make_wording(project, chair, action=wording.action, text="Mend swings by May.")
    again = make_round(newer, chair)
    page = text_of(client_of(chair).get(url("round", uuid=again.uuid)))
    assert "What changed since last time:" in page
    assert "Say when." in page
    assert "<del>" in page
    assert "<ins>" in page


def test_the_page_to_put_actions_costs_the_same_with_more(
    project, seats, chair, client_of, assert_same_queries
) -> None:
    lead = make_lead(project, chair)

    def write(number: int) -> None:
        make_wording(project, chair, title=f"Action {number}", lead=lead)
        agree(make_wording(project, chair, title=f"Agreed {number}", lead=lead), chair)

    assert_same_queries(client_of(chair), url("rounds_open"), write)


def test_the_chair_closes_it_lengthens_it_and_takes_it_back(
    open_round, member, chair, client_of
) -> None:
    client = client_of(chair)
    page = text_of(client.get(url("round", uuid=open_round.uuid)))
    assert ("Close it now" in page, "Give more time" in page) == (False, True)
    later = timezone.localtime(in_days(20))
    sent = {"longer-closes_on": later.date(), "longer-closes_time": "18:00"}
    page = text_of(client.post(url("round_extend", uuid=open_round.uuid), sent, follow=True))
    assert "There is more time to answer." in page
    answer(open_round, ["agree"] * 4, chair)
    assert "Close it now" in text_of(client.get(url("round", uuid=open_round.uuid)))
    page = text_of(client.post(url("round_close", uuid=open_round.uuid), follow=True))
    assert "It is closed." in page
    assert "Record the decision" in page
    sent = {"back-why": "It names the wrong park."}
    page = text_of(client.post(url("round_take_back", uuid=open_round.uuid), sent, follow=True))
    assert "It is taken back." in page
    page = text_of(client_of(member).get(url("round", uuid=open_round.uuid)))
    assert "It names the wrong park." in page
    assert "You said: Agree. It does not count any more." in page
    assert "Give my answer" not in page


def test_a_refused_change_says_why(open_round, chair, client_of) -> None:
    client = client_of(chair)
    page = text_of(client.post(url("round_close", uuid=open_round.uuid), follow=True))
    assert "Not enough people have answered to close it now." in page
    sent = {"longer-closes_on": "2020-01-01", "longer-closes_time": "18:00"}
    response = client.post(url("round_extend", uuid=open_round.uuid), sent)
    assert response.status_code == 409
    assert "Choose a later time than it has now" in text_of(response)
    response = client.post(url("round_take_back", uuid=open_round.uuid), {"back-why": ""})
    assert "Say why. The members will read it." in text_of(response)


def test_a_second_chair_is_told_who_took_it_back_and_keeps_the_reason(
    open_round, chair, coordinator, client_of
) -> None:
    client = client_of(chair)
    take_back_round(round=open_round, why="Wrong park.", by=coordinator)
    response = client.post(
        url("round_take_back", uuid=open_round.uuid), {"back-why": "It names the wrong street."}
    )
    assert response.status_code == 409
    page = text_of(response)
    assert f"{coordinator.display_name} has taken this question back meanwhile." in page
    assert "It names the wrong street." in page
    later = timezone.localtime(in_days(20))
    sent = {"longer-closes_on": later.date(), "longer-closes_time": "18:00"}
    page = text_of(client.post(url("round_extend", uuid=open_round.uuid), sent))
    assert f"{coordinator.display_name} has taken this question back meanwhile." in page
    page = text_of(client.post(url("round_close", uuid=open_round.uuid), follow=True))
    assert f"{coordinator.display_name} has taken this question back meanwhile." in page


def test_a_chair_who_took_it_back_in_another_window_is_told_so(
    open_round, chair, client_of
) -> None:
    take_back_round(round=open_round, why="Wrong park.", by=chair)
    sent = {"back-why": "Wrong street."}
    page = text_of(client_of(chair).post(url("round_take_back", uuid=open_round.uuid), sent))
    assert "You have taken this question back already, in another window." in page
    assert "Wrong street." in page


def test_a_decision_recorded_meanwhile_is_named_to_who_takes_the_question_back(
    seats, wording, chair, coordinator, client_of
) -> None:
    decision = agree(wording, coordinator)
    address = url("round_take_back", uuid=decision.round.uuid)
    page = text_of(client_of(chair).post(address, {"back-why": "Wrong street."}))
    assert f"{coordinator.display_name} has recorded the decision meanwhile." in page
    assert "Wrong street." in page


def test_more_time_for_what_closed_with_its_quorum_is_refused_in_words(
    closed_round, chair, client_of
) -> None:
    answer(closed_round, ["agree"] * 5, chair)
    later = timezone.localtime(in_days(20))
    sent = {"longer-closes_on": later.date(), "longer-closes_time": "18:00"}
    response = client_of(chair).post(url("round_extend", uuid=closed_round.uuid), sent)
    assert response.status_code == 409
    assert "It closed with enough answers." in text_of(response)


def test_an_answer_to_what_was_taken_back_meanwhile_is_told_so(
    open_round, chair, member, client_of
) -> None:
    take_back_round(round=open_round, why="Wrong park.", by=chair)
    sent = {"answer": "object", "reason": "It floods."}
    page = text_of(client_of(member).post(url("round_respond", uuid=open_round.uuid), sent))
    assert "This question was taken back meanwhile, so this answer was not kept." in page
    assert "It floods." in page


def test_a_member_finds_no_way_to_time_or_take_back(open_round, member, client_of) -> None:
    page = text_of(client_of(member).get(url("round", uuid=open_round.uuid)))
    assert "Take it back" not in page


def test_what_is_put_to_the_group_for_a_meeting_closes_when_it_ends(
    project, seats, wording, chair, client_of
) -> None:
    day = timezone.localtime(in_days(3)).date()
    meeting = call_meeting(project=project, date=day, starts="18:00", ends="20:30", by=chair)
    address = reverse("steering:rounds_open", kwargs={"project": "bryn"})
    page = client_of(chair).get(f"{address}?meeting={meeting.uuid}").content.decode()
    assert f'value="{day.isoformat()}"' in page
    assert 'value="20:30"' in page
