"""Answering on a round's page, and writing down what a member said."""

import re

from django.utils import timezone

from coproduction.projects.models import AuditEntry
from coproduction.projects.trail.verification import verify
from steering.models import Response
from steering.queries.answer import answers_of_round
from steering.services.answer import give_answer
from steering.services.seat import end_seat
from tests.steering.group import (
    decide_early,
    make_round,
    make_seats,
    make_wording,
)
from tests.steering.pages import text_of, url


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
        page = text_of(response)
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
    assert "Nothing else waits for you." in text_of(response)
    kept = Response.objects.order_by("pk").values_list("round", "answer")
    assert list(kept) == [(first.pk, "agree"), (first.pk, "object"), (second.pk, "object")]


def test_there_is_nothing_to_say_before_an_answer(open_round, member, client_of) -> None:
    response = client_of(member).get(url("round_answered", uuid=open_round.uuid))
    assert response["Location"] == url("round", uuid=open_round.uuid)


def test_a_chair_can_not_turn_an_objection_into_agreement(
    open_round, seats, chair, member, client_of
) -> None:
    """As it was tried: write down another answer, close at once, and record it as agreed."""
    for seat, said in zip(seats, ["object", *["agree"] * 4], strict=True):
        give_answer(round=open_round, seat=seat, answer=said, by=seat.user)
    client = client_of(chair)
    page = text_of(client.get(url("round", uuid=open_round.uuid)))
    assert "Mair (Resident): Object" in page
    sent = {"record-seat": seats[0].uuid, "record-answer": "agree", "record-how": "phone"}
    page = text_of(client.post(url("round_record", uuid=open_round.uuid), sent, follow=True))
    assert "Mair: Agree. It stands beside their own answer, and counts once it is" in page
    page = text_of(client.post(url("round_close", uuid=open_round.uuid), follow=True))
    assert "1 answer that was written down differs from the member&#x27;s own" in page
    decided = {"decide-outcome": "agreed", "decide-reason_en": "Yes."}
    assert client.post(url("round_decide", uuid=open_round.uuid), decided).status_code != 302
    decide_early(open_round, chair)
    page = text_of(client.get(url("round", uuid=open_round.uuid)))
    assert "4 of 5 agreed." in page
    assert "It was not confirmed, so it did not count." in page


def test_a_member_reads_what_was_written_down_and_confirms_it_signed_in(
    open_round, seats, chair, member, client_of
) -> None:
    give_answer(round=open_round, seat=seats[0], answer="object", by=member)
    told = give_answer(round=open_round, seat=seats[0], answer="agree", how="phone", by=chair)
    client = client_of(member)
    page = text_of(client.get(url("round", uuid=open_round.uuid)))
    assert "You said: Object." in page
    assert "Cai wrote down for you on" in page
    page = text_of(client.post(url("answer_confirm", uuid=told.uuid), follow=True))
    assert "It is confirmed that you said so." in page
    assert answers_of_round(open_round).answers == (told,)


def test_the_second_person_who_heard_it_says_so_and_nobody_else_can(
    open_round, seats, chair, member, editor, client_of
) -> None:
    give_answer(round=open_round, seat=seats[0], answer="object", by=member)
    witness, other = seats[1].user, seats[2].user
    client_of(chair).post(
        url("round_record", uuid=open_round.uuid),
        {
            "record-seat": seats[0].uuid,
            "record-answer": "agree",
            "record-how": "room",
            "record-heard_by": witness.uuid,
        },
    )
    (told,) = answers_of_round(open_round).waiting
    for nobody in (chair, other, editor):
        page = text_of(client_of(nobody).get(url("round", uuid=open_round.uuid)))
        assert "You were named" not in page
        said = client_of(nobody).post(url("answer_confirm", uuid=told.uuid), follow=True)
        assert "Only the member can confirm this" in text_of(said)
    client = client_of(witness)
    page = text_of(client.get(url("round", uuid=open_round.uuid)))
    assert "Cai wrote down on" in page
    assert "Yes, I heard it" in page
    client.post(url("answer_confirm", uuid=told.uuid))
    assert answers_of_round(open_round).answers == (told,)
    page = text_of(client_of(chair).get(url("round", uuid=open_round.uuid)))
    assert "by a second person who heard it in the room" in page


def test_the_code_in_the_letter_is_read_out_to_the_chair(
    open_round, seats, chair, member, client_of, deliver
) -> None:
    give_answer(round=open_round, seat=seats[0], answer="object", by=member)
    told = give_answer(round=open_round, seat=seats[0], answer="agree", how="phone", by=chair)
    letter = next(each for each in deliver() if "written down" in each.subject)
    (code,) = re.findall(r"\d{3} \d{3}", letter.body)
    client, name = client_of(chair), f"code-{told.uuid.hex}-code"
    wrong = "000 000" if code != "000 000" else "111 111"
    page = text_of(client.post(url("answer_code", uuid=told.uuid), {name: wrong}, follow=True))
    assert "That is not the code in the letter." in page
    assert code not in page
    assert not answers_of_round(open_round).agreeing
    page = text_of(client.post(url("answer_code", uuid=told.uuid), {name: code}, follow=True))
    assert "The code is right. The answer counts now." in page
    assert answers_of_round(open_round).answers == (told,)


def test_the_letters_link_confirms_or_puts_right_without_signing_in(
    open_round, seats, chair, member, client, deliver
) -> None:
    give_answer(round=open_round, seat=seats[0], answer="object", by=member)
    told = give_answer(round=open_round, seat=seats[0], answer="agree", how="phone", by=chair)
    letter = next(each for each in deliver() if "written down" in each.subject)
    (path,) = re.findall(r"(/bryn/steering/pass/\S+/)", letter.body)
    page = text_of(client.get(path))
    assert "Cai wrote down for you on" in page
    assert "What counts for you now: Object." in page
    assert "If not, what do you say?" in page
    assert "What do you say?" not in page
    assert client.get(path).text.count("<h2") == 0
    assert "What counts for you now: Agree." in text_of(client.post(path, follow=True))
    entry = AuditEntry.objects.latest("number")
    assert (entry.verb, entry.by, str(entry.given_pass)) == (
        "steering.answer_confirmed",
        None,
        "Mair",
    )
    assert "Choose an answer." in text_of(client.post(f"{path}answer/", {}))
    page = text_of(client.post(f"{path}answer/", {"answer": "not_yet"}, follow=True))
    assert "What counts for you now: Not yet." in page
    kept = Response.objects.latest("at")
    assert (kept.recorded_by, str(kept.given_pass), kept.is_own) == (None, "Mair", True)
    assert answers_of_round(open_round).waiting == ()
    assert told.answer == "agree"
    assert verify(open_round.project).fault is None


def test_the_page_by_the_link_says_so_once_it_is_decided(
    open_round, seats, chair, member, client, deliver
) -> None:
    give_answer(round=open_round, seat=seats[0], answer="object", by=member)
    give_answer(round=open_round, seat=seats[0], answer="agree", how="phone", by=chair)
    letter = next(each for each in deliver() if "written down" in each.subject)
    (path,) = re.findall(r"(/bryn/steering/pass/\S+/)", letter.body)
    decide_early(open_round, chair)
    page = text_of(client.get(path))
    assert "The group has decided this since" in page
    assert "Yes, that is what I said" not in page
    late = client.post(path)
    assert late.status_code == 409
    assert "The group has decided this since" in text_of(late)


def test_a_late_answer_gets_a_plain_sentence_and_keeps_the_words(
    closed_round, member, client_of
) -> None:
    response = client_of(member).post(
        url("round_respond", uuid=closed_round.uuid), {"answer": "agree", "reason": "My words"}
    )
    assert response.status_code == 409
    assert "The time to answer is over, so this answer was not kept." in text_of(response)
    assert "My words" in text_of(response)
    assert not Response.objects.exists()


def test_somebody_without_a_seat_gets_a_plain_sentence(open_round, project, client_of) -> None:
    late = make_seats(project, open_round.by, 1)[0]
    response = client_of(late.user).post(
        url("round_respond", uuid=open_round.uuid), {"answer": "agree"}
    )
    assert response.status_code == 409
    assert "Only people who held a seat when the group was asked can answer." in text_of(response)


def test_somebody_who_has_left_is_told_that_they_can_not_answer(
    open_round, seats, member, chair, client_of
) -> None:
    end_seat(seat=seats[0], left_on=timezone.localdate(), by=chair)
    client = client_of(member)
    page = text_of(client.get(url("round", uuid=open_round.uuid)))
    assert "so you can't answer any more." in page
    assert "Give my answer" not in page
    assert "Waiting for your answer: 0" in text_of(client.get(url("home")))
    response = client.post(url("round_respond", uuid=open_round.uuid), {"answer": "agree"})
    assert response.status_code == 409
    page = text_of(client_of(chair).get(url("round", uuid=open_round.uuid)))
    assert "left on" in page
    assert f'value="{seats[0].uuid}"' not in page
    assert f'value="{seats[1].uuid}"' in page


def test_no_answer_chosen_says_so_beside_the_answers(open_round, member, client_of) -> None:
    response = client_of(member).post(url("round_respond", uuid=open_round.uuid), {})
    assert "Choose an answer." in text_of(response)
    response = client_of(member).post(
        url("round_respond", uuid=open_round.uuid), {"answer": "maybe"}
    )
    assert "Choose one of the answers listed." in text_of(response)
    assert not Response.objects.exists()


def test_members_never_see_what_others_said(open_round, seats, chair, client_of) -> None:
    give_answer(round=open_round, seat=seats[1], answer="object", reason="A private why", by=chair)
    address = url("round", uuid=open_round.uuid)
    seen = text_of(client_of(seats[0].user).get(address))
    assert "A private why" not in seen
    assert "see who said what" not in seen
    assert "A private why" in text_of(client_of(chair).get(address))


def test_a_member_is_told_who_wrote_their_answer_down(
    open_round, seats, chair, member, client_of
) -> None:
    client_of(chair).post(
        url("round_record", uuid=open_round.uuid),
        {"record-seat": seats[0].uuid, "record-answer": "agree", "record-how": "phone"},
    )
    assert Response.objects.get().recorded_by == chair
    page = text_of(client_of(member).get(url("round", uuid=open_round.uuid)))
    assert "Cai wrote down for you on" in page
    assert "It counts as your answer." in page


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
    assert "Choose a member from the list." in text_of(response)
    assert not Response.objects.exists()
