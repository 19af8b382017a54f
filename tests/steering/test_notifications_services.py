"""Telling members by e-mail that they are asked, and what was changed."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

from django.utils import timezone

from coproduction.projects.models import Letter
from coproduction.projects.services.membership import remove_member
from coproduction.projects.services.person import change_person
from steering.services.answer import give_answer
from steering.services.meeting import call_meeting
from steering.services.notifications import notify_of_rounds
from steering.services.round import open_rounds
from steering.services.seat import change_seat, end_seat
from tests.steering.group import in_days, make_round, make_wording


def test_each_member_gets_one_letter_for_all_of_it(project, seats, wording, chair, deliver) -> None:
    second = make_wording(project, chair, title="More bins")
    open_rounds(wordings=[wording, second], closes_at=in_days(7), by=chair)
    letters = deliver()
    assert len(letters) == 5
    assert {to for letter in letters for to in letter.to} == {seat.user.email for seat in seats}
    letter = letters[0]
    assert letter.subject == "Bryn: 2 actions wait for your answer"
    assert "1. Mend the swings" in letter.body
    assert "2. More bins" in letter.body
    assert "/bryn/steering/\n" in letter.body


def test_a_letter_about_one_action_leads_to_it(open_round, seats, deliver) -> None:
    assert f"/bryn/steering/rounds/{open_round.uuid}/" in deliver()[0].body


def test_nobody_is_told_of_rounds_of_the_past(closed_round) -> None:
    assert not Letter.objects.exists()


def test_telling_three_members_costs_as_many_queries_as_telling_one(
    project, seats, wording, chair, count_queries
) -> None:
    round = make_round(wording, chair)
    for seat in seats[1:]:
        seat.user.memberships.all().update(role="analyst")
    with count_queries() as of_one:
        assert notify_of_rounds(rounds=[round]) == 1
    for seat in seats[1:3]:
        seat.user.memberships.all().update(role="member")
    with count_queries() as of_three:
        assert notify_of_rounds(rounds=[round]) == 3
    assert len(of_one) == len(of_three) > 2


def test_it_is_written_in_the_persons_language(project, seats, wording, chair, deliver) -> None:
    user = seats[0].user
    change_person(user=user, name="Mair", language="cy")
    make_round(wording, chair)
    theirs = next(letter for letter in deliver() if letter.to == [user.email])
    assert "/cy/bryn/steering/" in theirs.body
    assert "1. Mend the swings (cy)" in theirs.body
    assert Letter.objects.filter(language="cy").count() == 1


def test_replies_go_to_the_projects_address(project, seats, wording, chair, deliver) -> None:
    project.contact_email = "hello@bryn.example"
    project.save()
    wording.refresh_from_db()
    make_round(wording, chair)
    assert deliver()[0].reply_to == ["hello@bryn.example"]


def test_who_may_not_answer_gets_no_letter(seats, wording, chair, member, deliver) -> None:
    for membership in member.memberships.all():
        remove_member(membership=membership, by=chair)
    told = len(deliver())
    make_round(wording, chair)
    assert len(deliver()) == told + 4


def test_a_seat_without_a_sign_in_gets_no_letter(seats, wording, deliver) -> None:
    change_seat(
        seat=seats[4], name="Dai", sector="faith", user=None, organisation=None, by=wording.by
    )
    make_round(wording, wording.by)
    assert len(deliver()) == 4


def test_somebody_who_has_left_gets_no_letter(seats, wording, chair, deliver) -> None:
    end_seat(seat=seats[4], left_on=timezone.localdate(), by=chair)
    make_round(wording, chair)
    assert seats[4].user.email not in {to for letter in deliver() for to in letter.to}


def test_nobody_is_asked_once_the_time_to_answer_is_over(open_round, seats, deliver) -> None:
    assert {letter.expires_at for letter in Letter.objects.all()} == {open_round.closes_at}
    Letter.objects.update(expires_at=timezone.now())
    assert deliver() == []
    assert {letter.why for letter in Letter.objects.all()} == {"expired"}


def test_a_member_is_told_what_was_written_down_by_whom_and_how_to_put_it_right(
    open_round, seats, member, chair, client, deliver
) -> None:
    give_answer(round=open_round, seat=seats[0], answer="object", by=member)
    before = len(deliver())
    give_answer(round=open_round, seat=seats[0], answer="agree", how="phone", by=chair)
    (letter,) = deliver()[before:]
    assert letter.to == [member.email]
    assert letter.subject == "Bryn: an answer was written down for you on action 1"
    words = " ".join(letter.body.split())
    assert "Cai wrote down an answer for you on action 1, Mend the swings:" in words
    assert "Agree (On the phone)" in words
    assert "You had answered yourself: Object. That is what counts" in words
    (link,) = re.findall(r"http\S+/pass/\S+/", letter.body)
    assert client.get(urlsplit(link).path).status_code == 200


def test_the_letter_claims_no_time_that_may_not_hold(open_round, seats, chair, deliver) -> None:
    before = len(deliver())
    give_answer(round=open_round, seat=seats[1], answer="agree", by=chair)
    (letter,) = deliver()[before:]
    words = " ".join(letter.body.split())
    assert "The chair may close it sooner, once enough have answered." in words
    assert "It counts as your answer" in words


def test_whoever_is_named_as_having_heard_it_is_asked(
    open_round, seats, member, chair, deliver
) -> None:
    give_answer(round=open_round, seat=seats[0], answer="object", by=member)
    before = len(deliver())
    witness = seats[1].user
    give_answer(
        round=open_round, seat=seats[0], answer="agree", how="room", heard_by=witness, by=chair
    )
    letters = {letter.to[0]: letter for letter in deliver()[before:]}
    assert set(letters) == {member.email, witness.email}
    assert "named you as somebody who heard it too" in " ".join(letters[witness.email].body.split())
    assert "Agree" not in letters[witness.email].body


def test_of_an_answer_of_the_past_nobody_is_told(closed_round, seats, chair) -> None:
    at = closed_round.opened_at + timedelta(hours=1)
    give_answer(round=closed_round, seat=seats[0], answer="agree", at=at, by=chair)
    assert not Letter.objects.exists()


def test_nobody_is_called_to_a_meeting_that_is_over(project, seats, chair, deliver) -> None:
    call_meeting(project=project, date=timezone.localdate(), by=chair)
    assert len(deliver()) == 5
    call_meeting(project=project, date=timezone.localdate() - timedelta(days=1), by=chair)
    assert len(deliver()) == 5
    called = call_meeting(project=project, date=in_days(3).date(), by=chair)
    (ends,) = set(Letter.objects.waiting().values_list("expires_at", flat=True))
    assert timezone.localtime(ends).date() == called.date + timedelta(days=1)
