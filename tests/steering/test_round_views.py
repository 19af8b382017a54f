"""The group's pages: what each person sees, and what happens when they send a form."""

import pytest
from django.urls import reverse
from django.utils import timezone

from steering.models import Meeting, Response, Round, Seat, Terms
from steering.services.answer import give_answer
from steering.services.commitment import record_commitment
from steering.services.decision import record_decision
from steering.services.meeting import call_meeting, record_minutes, seal_meeting
from steering.services.round import open_rounds, take_back_round
from steering.services.seat import end_seat
from tests.steering.group import (
    agree,
    agree_to_review,
    answer,
    in_days,
    make_lead,
    make_round,
    make_seats,
    make_wording,
    set_quorum,
)


def url(name: str, **takes) -> str:
    """Give the address of a page of the project these tests are about."""
    return reverse(f"steering:{name}", kwargs={"project": "bryn", **takes})


def _text(response) -> str:
    return " ".join(response.content.decode().split())


# --- The tray ----


def test_a_members_home_says_what_waits_for_them(project, seats, wording, client_of) -> None:
    make_round(wording, wording.by)
    make_round(make_wording(project, wording.by, title="More bins"), wording.by)
    page = _text(client_of(seats[0].user).get(url("home")))
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
    page = _text(client_of(member).get(url("home")))
    assert "Waiting for your answer: 0" in page
    assert "You said: Not yet." in page


def test_a_member_reads_what_was_decided_since_they_answered(
    open_round, seats, member, chair, client_of
) -> None:
    give_answer(round=open_round, seat=seats[0], answer="not_yet", by=member)
    client = client_of(member)
    assert "Decided since you were asked" not in _text(client.get(url("home")))
    for seat in seats[1:]:
        give_answer(round=open_round, seat=seat, answer="not_yet", by=chair)
    record_decision(round=open_round, outcome="sent_back", reason={"en": "Say who pays."}, by=chair)
    page = _text(client.get(url("home")))
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
    page = _text(client.get(url("home")))
    reword = reverse("workshops:action_reword", kwargs={"project": "bryn", "uuid": action.uuid})
    assert "Sent back: reword these" in page
    assert "Say who pays." in page
    assert reword in page
    assert "Sent back: reword these" not in _text(client_of(member).get(url("home")))
    standing = _text(client.get(url("action_status", uuid=action.uuid)))
    assert 'id="sent-back-why"' in standing
    assert reword in standing
    make_wording(closed_round.project, chair, action=action)
    assert "Sent back: reword these" not in _text(client.get(url("home")))


def test_a_closed_round_waits_for_nobody(closed_round, member, client_of) -> None:
    assert "Waiting for your answer: 0" in _text(client_of(member).get(url("home")))


# --- Answering ----


def test_answering_stays_with_the_action_and_offers_the_next(
    project, seats, wording, client_of
) -> None:
    first = make_round(wording, wording.by)
    second = make_round(make_wording(project, wording.by, title="More bins"), wording.by)
    client = client_of(seats[0].user)
    for said, words in (("agree", "Agree"), ("object", "Object")):
        response = client.post(
            url("round_respond", uuid=first.uuid), {"answer": said, "reason": "My why"}, follow=True
        )
        page = _text(response)
        assert response.redirect_chain[-1][0] == url("round_answered", uuid=first.uuid)
        assert "Action 1: Mend the swings" in page
        assert f"You said: {words}." in page
        assert "My why" in page
        assert "You can change it until" in page
        assert "Next: action 2, More bins" in page
        assert url("round", uuid=second.uuid) in page
    response = client.post(
        url("round_respond", uuid=second.uuid), {"answer": "object", "reason": ""}, follow=True
    )
    assert "Nothing else waits for you." in _text(response)
    kept = Response.objects.order_by("pk").values_list("round", "answer")
    assert list(kept) == [(first.pk, "agree"), (first.pk, "object"), (second.pk, "object")]


def test_there_is_nothing_to_say_before_an_answer(open_round, member, client_of) -> None:
    response = client_of(member).get(url("round_answered", uuid=open_round.uuid))
    assert response["Location"] == url("round", uuid=open_round.uuid)


def test_the_chair_is_asked_once_before_a_members_own_answer_is_replaced(
    open_round, seats, chair, member, client_of
) -> None:
    give_answer(round=open_round, seat=seats[0], answer="object", by=member)
    client = client_of(chair)
    page = _text(client.get(url("round", uuid=open_round.uuid)))
    # Those without an answer stand first.
    assert page.index("Sitter 5 (Resident): no answer yet") < page.index("Mair (Resident): Object")
    sent = {"record-seat": seats[0].uuid, "record-answer": "agree"}
    response = client.post(url("round_record", uuid=open_round.uuid), sent)
    assert response.status_code == 409
    assert "Mair has answered already: Object. Replace that answer?" in _text(response)
    assert "Replace their answer" in _text(response)
    sent["record-replacing"] = response.context["recording"]["replacing"].value()
    page = _text(client.post(url("round_record", uuid=open_round.uuid), sent, follow=True))
    assert "Mair: Agree. It can be changed until" in page
    page = _text(client_of(member).get(url("round", uuid=open_round.uuid)))
    assert "Cai changed your answer on" in page
    assert "Before that, you said: Object." in page


def test_a_late_answer_gets_a_plain_sentence_and_keeps_the_words(
    closed_round, member, client_of
) -> None:
    response = client_of(member).post(
        url("round_respond", uuid=closed_round.uuid), {"answer": "agree", "reason": "My words"}
    )
    assert response.status_code == 409
    assert "The time to answer is over, so this answer was not kept." in _text(response)
    assert "My words" in _text(response)
    assert not Response.objects.exists()


def test_somebody_without_a_seat_gets_a_plain_sentence(open_round, project, client_of) -> None:
    late = make_seats(project, open_round.by, 1)[0]
    response = client_of(late.user).post(
        url("round_respond", uuid=open_round.uuid), {"answer": "agree"}
    )
    assert response.status_code == 409
    assert "Only people who held a seat when the group was asked can answer." in _text(response)


def test_somebody_who_has_left_is_told_that_they_can_not_answer(
    open_round, seats, member, chair, client_of
) -> None:
    end_seat(seat=seats[0], left_on=timezone.localdate(), by=chair)
    client = client_of(member)
    page = _text(client.get(url("round", uuid=open_round.uuid)))
    assert "so you can't answer any more." in page
    assert "Give my answer" not in page
    assert "Waiting for your answer: 0" in _text(client.get(url("home")))
    response = client.post(url("round_respond", uuid=open_round.uuid), {"answer": "agree"})
    assert response.status_code == 409
    page = _text(client_of(chair).get(url("round", uuid=open_round.uuid)))
    assert "left on" in page
    assert f'value="{seats[0].uuid}"' not in page
    assert f'value="{seats[1].uuid}"' in page


def test_no_answer_chosen_says_so_beside_the_answers(open_round, member, client_of) -> None:
    response = client_of(member).post(url("round_respond", uuid=open_round.uuid), {})
    assert "Choose an answer." in _text(response)
    response = client_of(member).post(
        url("round_respond", uuid=open_round.uuid), {"answer": "maybe"}
    )
    assert "Choose one of the answers listed." in _text(response)
    assert not Response.objects.exists()


def test_members_never_see_what_others_said(open_round, seats, chair, client_of) -> None:
    give_answer(round=open_round, seat=seats[1], answer="object", reason="A private why", by=chair)
    address = url("round", uuid=open_round.uuid)
    seen = _text(client_of(seats[0].user).get(address))
    assert "A private why" not in seen
    assert "see who said what" not in seen
    assert "A private why" in _text(client_of(chair).get(address))


def test_a_member_is_told_who_wrote_their_answer_down(
    open_round, seats, chair, member, client_of
) -> None:
    client_of(chair).post(
        url("round_record", uuid=open_round.uuid),
        {"record-seat": seats[0].uuid, "record-answer": "agree"},
    )
    assert Response.objects.get().recorded_by == chair
    page = _text(client_of(member).get(url("round", uuid=open_round.uuid)))
    assert "Cai wrote it down for you." in page


def test_nobody_answers_from_someone_elses_seat(
    open_round, seats, member, editor, client_of
) -> None:
    said = {"answer": "agree", "seat": seats[1].uuid}
    recorded = {f"record-{name}": value for name, value in said.items()}
    mair = client_of(member)
    assert mair.post(url("round_record", uuid=open_round.uuid), recorded).status_code == 403
    assert mair.post(url("round_respond", uuid=open_round.uuid), said).status_code == 302
    elin = client_of(editor)
    for name, fields in (("round_record", recorded), ("round_respond", said)):
        assert elin.post(url(name, uuid=open_round.uuid), fields).status_code == 403
    # The seat is that of the person signed in, whatever else is sent.
    assert [each.seat for each in Response.objects.all()] == [seats[0]]


def test_another_projects_seat_can_not_be_recorded(
    open_round, other_project, other_coordinator, client_of
) -> None:
    theirs = make_seats(other_project, other_coordinator, 1)[0]
    response = client_of(open_round.by).post(
        url("round_record", uuid=open_round.uuid),
        {"record-seat": theirs.uuid, "record-answer": "agree"},
    )
    assert "Choose a member from the list." in _text(response)
    assert not Response.objects.exists()


# --- Opening and deciding ----


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
    assert "2 actions are with the group." in _text(response)
    assert Round.objects.count() == 2
    assert timezone.localtime(Round.objects.first().closes_at).hour == 18


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Tick at least one action to put to the group."),
        ({"wordings": ["rubbish"]}, "That list has changed."),
        ({"closes_on": "2001-01-01"}, "The closing time has passed already."),
        ({"closes_on": "soon"}, "Enter a real date"),
    ],
)
def test_what_is_wrong_with_a_round_is_said_plainly(seats, wording, client_of, sent, told):
    given = {"closes_on": in_days(7).date().isoformat(), "closes_time": "18:00"}
    if "closes_on" in sent:
        given["wordings"] = [wording.uuid]
    response = client_of(wording.by).post(url("rounds_open"), given | sent)
    assert told in _text(response)
    assert not Round.objects.exists()


def test_the_chair_is_offered_what_is_to_be_looked_at_again(
    project, seats, wording, chair, client_of
) -> None:
    later = make_wording(project, chair, title="More bins")
    agree_to_review(later, chair, due=False)
    client = client_of(chair)
    assert "Time to look again" not in _text(client.get(url("home")))
    agree_to_review(wording, chair)
    page = _text(client.get(url("home")))
    assert "1 agreed action has reached the day to look at it again." in page
    assert "1 agreed action is to be looked at again" in page
    page = _text(client.get(url("rounds_open")))
    assert "1. Mend the swings (agreed; the day to look at it again has come)" in page
    assert "More bins" not in page
    make_round(wording, chair)
    assert "Time to look again" not in _text(client.get(url("home")))


def test_a_wording_looked_at_again_is_never_called_a_draft(
    seats, wording, chair, client_of
) -> None:
    agree_to_review(wording, chair)
    again = make_round(wording, chair)
    client = client_of(chair)
    address = url("round", uuid=again.uuid)
    page = _text(client.get(address))
    assert "Draft, not agreed" not in page
    assert "It stays agreed until the group decides otherwise." in page
    standing = url("action_status", uuid=wording.action.uuid)
    assert "The group is looking at this again." in _text(client.get(standing))
    answer(again, ["not_yet"] * 5, chair)
    assert "it is no longer agreed." in _text(client.get(address))
    record_decision(round=again, outcome="sent_back", reason={"en": "It did not work."}, by=chair)
    page = _text(client.get(address))
    assert ("Sent back to be reworded" in page, "Draft, not agreed" in page) == (True, False)
    # The round that agreed it says that this is no longer so.
    first = Round.objects.exclude(pk=again.pk).get()
    assert "Draft, not agreed" in _text(client.get(url("round", uuid=first.uuid)))


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
    assert "That list has changed." in _text(response)
    assert not Round.objects.exists()


def test_the_chair_records_a_decision_in_both_languages(closed_round, chair, client_of) -> None:
    answer(closed_round, ["agree"] * 4, chair)
    page = client_of(chair).get(url("round", uuid=closed_round.uuid))
    assert "These answers support agreeing it." in _text(page)
    response = client_of(chair).post(
        url("round_decide", uuid=closed_round.uuid),
        {
            "decide-outcome": "agreed",
            "decide-reason_en": "It helps.",
            "decide-reason_cy": "Mae'n helpu.",
            "decide-review_on": in_days(90).date().isoformat(),
        },
        follow=True,
    )
    assert "The decision is recorded: Agreed." in _text(response)
    closed_round.refresh_from_db()
    assert closed_round.decision.reason.text("cy") == "Mae'n helpu."


def test_the_rule_is_read_before_answering_and_before_deciding(
    open_round, member, chair, client_of
) -> None:
    address = url("round", uuid=open_round.uuid)
    rule = "It is agreed if nobody objects, and more people agree than say not yet."
    for person in (member, chair):
        assert rule in _text(client_of(person).get(address))


def test_the_chair_is_told_where_an_objection_has_no_reason(
    open_round, seats, chair, client_of
) -> None:
    address = url("round", uuid=open_round.uuid)
    told = "No reason is written down."
    give_answer(round=open_round, seat=seats[1], answer="object", by=seats[1].user)
    assert told in _text(client_of(chair).get(address))
    give_answer(round=open_round, seat=seats[1], answer="object", reason="Dogs.", by=seats[1].user)
    assert told not in _text(client_of(chair).get(address))


def test_agreed_is_not_offered_when_the_answers_do_not_support_it(
    closed_round, chair, client_of
) -> None:
    answer(closed_round, ["agree"] * 3, chair)
    page = _text(client_of(chair).get(url("round", uuid=closed_round.uuid)))
    assert "Not enough people have answered: 1 more is needed." in page
    assert 'value="agreed"' not in page
    assert 'value="sent_back"' in page
    response = client_of(chair).post(
        url("round_decide", uuid=closed_round.uuid),
        {"decide-outcome": "agreed", "decide-reason_en": "Hurry"},
    )
    assert "It leaves out what the answers rule out." in _text(response)


@pytest.mark.parametrize("outcome", ["sent_back", "not_taken_forward"])
def test_an_outcome_against_the_answers_is_asked_about_once(
    closed_round, chair, client_of, outcome
) -> None:
    answer(closed_round, ["agree"] * 5, chair)
    sent = {"decide-outcome": outcome, "decide-reason_en": "Too dear.", "decide-reason_cy": ""}
    client = client_of(chair)
    response = client.post(url("round_decide", uuid=closed_round.uuid), sent)
    assert response.status_code == 409
    assert "5 of 5 agree, and you chose:" in _text(response)
    sent["decide-meant"] = response.context["deciding"]["meant"].value()
    client.post(url("round_decide", uuid=closed_round.uuid), sent)
    closed_round.refresh_from_db()
    assert closed_round.decision.outcome == outcome


def test_a_decided_round_wears_its_decision_and_is_no_draft(
    closed_round, chair, member, client_of
) -> None:
    answer(closed_round, ["not_yet"] * 5, chair)
    record_decision(round=closed_round, outcome="not_taken_forward", reason={"en": "No."}, by=chair)
    page = _text(client_of(member).get(url("round", uuid=closed_round.uuid)))
    assert page.count("Not taken forward") >= 2
    assert "Draft, not agreed" not in page


def test_the_second_chair_gets_a_plain_sentence(closed_round, chair, client_of) -> None:
    record_decision(round=closed_round, outcome="sent_back", reason={"en": "Too vague."}, by=chair)
    response = client_of(chair).post(
        url("round_decide", uuid=closed_round.uuid),
        {"decide-outcome": "not_taken_forward", "decide-reason_en": "No money."},
    )
    assert response.status_code == 409
    assert "A decision on this has been recorded already." in _text(response)
    assert "Too vague." in _text(response)


def test_a_coordinator_records_answers_but_does_not_decide(
    open_round, coordinator, client_of
) -> None:
    client = client_of(coordinator)
    page = _text(client.get(url("round", uuid=open_round.uuid)))
    assert "Write down an answer given by phone" in page
    assert "Record the decision" not in page
    assert client.post(url("round_decide", uuid=open_round.uuid)).status_code == 403


def test_the_page_says_what_changed_since_last_time(
    project, closed_round, wording, chair, client_of
) -> None:
    record_decision(round=closed_round, outcome="sent_back", reason={"en": "Say when."}, by=chair)
    newer = make_wording(project, chair, action=wording.action, text="Mend swings by May.")
    again = make_round(newer, chair)
    page = _text(client_of(chair).get(url("round", uuid=again.uuid)))
    assert "What changed since last time:" in page
    assert "Say when." in page
    assert "<del>" in page
    assert "<ins>" in page


# --- Standing and commitments ----


def test_an_edited_agreed_action_is_shown_as_not_agreed(
    project, seats, wording, chair, client_of
) -> None:
    agree(wording, chair)
    address = url("action_status", uuid=wording.action.uuid)
    client = client_of(chair)
    assert "Agreed on" in _text(client.get(address))
    make_wording(project, chair, action=wording.action, text="Mend them twice.")
    page = _text(client.get(address))
    assert "Agreed before; a change is proposed, not agreed" in page
    assert "A change is proposed. It is not agreed." in page


def test_a_commitment_is_recorded_for_the_lead(seats, wording, chair, client_of) -> None:
    client = client_of(chair)
    address = url("commitment_new", uuid=wording.action.uuid)
    today = timezone.localdate().isoformat()
    response = client.post(address, {"committed_on": today})
    assert response.status_code == 409
    assert "A partner can commit once the group has agreed" in _text(response)
    agree(wording, chair)
    response = client.post(address, {"text_en": "We will.", "committed_on": today}, follow=True)
    assert "Parks Trust committed on" in _text(response)


def test_the_editor_translates_reasons_and_commitments(
    seats, wording, chair, editor, client_of
) -> None:
    decision = agree(wording, chair)
    commitment = record_commitment(
        wording=wording,
        organisation=wording.lead,
        text={"en": "We will."},
        committed_on=timezone.localdate(),
        by=chair,
    )
    client = client_of(editor)
    client.post(url("decision_translate", uuid=decision.uuid), {"text_cy": "Pawb yn cytuno."})
    client.post(url("commitment_translate", uuid=commitment.uuid), {"text_cy": "Fe wnawn ni."})
    decision.refresh_from_db()
    commitment.refresh_from_db()
    assert decision.reason.text("cy") == "Pawb yn cytuno."
    assert commitment.text.text("cy") == "Fe wnawn ni."
    assert decision.reason.text("en") == "Everyone agrees."


# --- Seats, terms and meetings ----


def test_sectors_without_a_seat_are_shown(seats, member, client_of) -> None:
    page = _text(client_of(member).get(url("seat_list")))
    assert page.count("Nobody speaks for them yet") == 6


def test_a_seat_is_added_and_ended(project, member, chair, client_of) -> None:
    client = client_of(chair)
    given = {"name": "Mair", "sector": "faith", "user": member.uuid, "seated_on": "2024-01-01"}
    assert client.post(url("seat_new"), given).status_code == 302
    response = client.post(url("seat_new"), given)
    assert response.status_code == 409
    assert "This person holds a seat already." in _text(response)
    seat = Seat.objects.get()
    client.post(url("seat_leave", uuid=seat.uuid), {"left_on": "2024-02-01"})
    seat.refresh_from_db()
    assert seat.left_on.isoformat() == "2024-02-01"
    again = client.post(url("seat_leave", uuid=seat.uuid), {"left_on": "2024-03-01"})
    assert "This seat has ended already." in _text(again)


def test_the_terms_are_set(project, chair, client_of) -> None:
    client = client_of(chair)
    response = client.post(url("terms"), {"quorum": "0", "decision_method": "consent"})
    assert "At least one person has to answer." in _text(response)
    client.post(url("terms"), {"quorum": "6", "decision_method": "majority"})
    assert Terms.objects.get(project=project).quorum == 6


def test_a_meeting_from_calling_to_sealing(project, seats, chair, client_of) -> None:
    client = client_of(chair)
    today = timezone.localdate().isoformat()
    sent = {"date": today, "starts": "18:00", "ends": "20:00", "agenda": "Welcome\n\nSwings"}
    client.post(url("meeting_new"), sent)
    meeting = Meeting.objects.get()
    assert meeting.agenda == ["Welcome", "Swings"]
    minutes = {"minutes": "We talked.", "attended": [seats[0].uuid]}
    client.post(url("meeting_minutes", uuid=meeting.uuid), minutes)
    page = client.post(url("meeting_seal", uuid=meeting.uuid), follow=True)
    assert "Sealed on" in _text(page)
    response = client.post(url("meeting_minutes", uuid=meeting.uuid), minutes)
    assert response.status_code == 409
    meeting.refresh_from_db()
    assert meeting.sealed_at is not None


# --- Query counts ----


@pytest.mark.parametrize(
    ("day", "told"),
    [("2024-02-01", "The meeting is written down."), ("2199-02-01", "being told by e-mail.")],
)
def test_only_of_a_meeting_to_come_are_members_told(seats, chair, client_of, day, told) -> None:
    sent = {"date": day, "starts": "18:00", "ends": "20:00", "agenda": ""}
    assert told in _text(client_of(chair).post(url("meeting_new"), sent, follow=True))


def test_a_meeting_is_not_sealed_while_what_it_asked_is_undecided(
    seats, wording, chair, client_of
) -> None:
    meeting = call_meeting(project=wording.project, date=timezone.localdate(), by=chair)
    record_minutes(meeting=meeting, minutes="We talked.", attended=[], by=chair)
    (round,) = open_rounds(wordings=[wording], meeting=meeting, closes_at=in_days(1), by=chair)
    client = client_of(chair)
    page = _text(client.post(url("meeting_seal", uuid=meeting.uuid), follow=True))
    assert "Not decided yet for this meeting: 1." in page
    take_back_round(round=round, why="Next time.", by=chair)
    page = _text(client.post(url("meeting_seal", uuid=meeting.uuid), follow=True))
    assert "Sealed on" in page


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


def test_the_register_costs_the_same_with_more_decisions(
    project, seats, chair, client_of, assert_same_queries
) -> None:
    def agree_one(number: int) -> None:
        agree(make_wording(project, chair, title=f"Action {number}"), chair)

    assert_same_queries(client_of(chair), url("decision_list"), agree_one)


def test_the_meetings_cost_the_same_with_more(
    project, seats, chair, client_of, assert_same_queries
) -> None:
    def meet(number: int) -> None:
        meeting = call_meeting(project=project, date=timezone.localdate(), by=chair)
        record_minutes(meeting=meeting, minutes="We met.", attended=seats[:number], by=chair)
        seal_meeting(meeting=meeting, by=chair)

    assert_same_queries(client_of(chair), url("meeting_list"), meet)


def test_the_seats_cost_the_same_with_more(project, chair, client_of, assert_same_queries) -> None:
    assert_same_queries(
        client_of(chair), url("seat_list"), lambda number: make_seats(project, chair, 1)
    )


def test_the_page_to_put_actions_costs_the_same_with_more(
    project, seats, chair, client_of, assert_same_queries
) -> None:
    lead = make_lead(project, chair)

    def write(number: int) -> None:
        make_wording(project, chair, title=f"Action {number}", lead=lead)
        agree(make_wording(project, chair, title=f"Agreed {number}", lead=lead), chair)

    assert_same_queries(client_of(chair), url("rounds_open"), write)


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
