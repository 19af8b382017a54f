"""Telling members by e-mail that they are asked."""

from datetime import timedelta

from django.utils import timezone

from coproduction.jobs.models import Job
from coproduction.projects.services.membership import remove_member
from coproduction.projects.services.person import change_person
from steering.models import Meeting
from steering.services.answer import give_answer
from steering.services.decision import record_decision
from steering.services.meeting import call_meeting
from steering.services.round import open_rounds
from steering.services.seat import change_seat, end_seat
from steering.tasks import notify_of_meeting, notify_of_replaced_answer, notify_of_rounds
from tests.steering.group import answer, in_days, make_round, make_wording


def _notify(rounds) -> dict[str, int]:
    return notify_of_rounds(None, rounds=[str(round.uuid) for round in rounds])


def test_opening_rounds_asks_for_one_job(project, seats, wording, chair) -> None:
    second = make_wording(project, chair, title="More bins")
    rounds = open_rounds(wordings=[wording, second], closes_at=in_days(7), by=chair)
    job = Job.objects.get(task="steering.tell_members")
    assert job.arguments == {"rounds": [str(round.uuid) for round in rounds]}


def test_nobody_is_told_of_rounds_of_the_past(closed_round) -> None:
    assert not Job.objects.filter(task="steering.tell_members").exists()


def test_each_member_gets_one_mail_for_all_of_it(project, seats, wording, mailoutbox) -> None:
    second = make_wording(project, wording.by, title="More bins")
    rounds = open_rounds(wordings=[wording, second], closes_at=in_days(7), by=wording.by)
    assert _notify(rounds) == {"sent": 5}
    assert {to for mail in mailoutbox for to in mail.to} == {seat.user.email for seat in seats}
    assert len(mailoutbox) == 5
    mail = mailoutbox[0]
    assert mail.subject == "Bryn: 2 actions wait for your answer"
    assert "1. Mend the swings" in mail.body
    assert "2. More bins" in mail.body
    assert "/bryn/steering/" in mail.body


def test_it_is_written_in_the_persons_language(open_round, seats, mailoutbox) -> None:
    user = seats[0].user
    change_person(user=user, name="Mair", language="cy")
    _notify([open_round])
    theirs = next(mail for mail in mailoutbox if mail.to == [user.email])
    assert "/cy/bryn/steering/" in theirs.body
    assert "1. Mend the swings (cy)" in theirs.body


def test_what_is_decided_or_can_not_be_answered_is_left_out(
    open_round, seats, chair, member, mailoutbox
) -> None:
    for membership in member.memberships.all():
        remove_member(membership=membership, by=chair)
    assert _notify([open_round]) == {"sent": 4}
    answer(open_round, ["agree"] * 5, chair)
    record_decision(round=open_round, outcome="agreed", reason={"en": "Yes."}, by=chair)
    assert _notify([open_round]) == {"sent": 0}
    assert len(mailoutbox) == 4


def test_a_seat_without_a_sign_in_gets_no_mail(seats, wording, mailoutbox) -> None:
    change_seat(
        seat=seats[4], name="Dai", sector="faith", user=None, organisation=None, by=wording.by
    )
    assert _notify([make_round(wording, wording.by)]) == {"sent": 4}
    assert len(mailoutbox) == 4


def test_somebody_who_has_left_gets_no_mail(open_round, seats, chair, mailoutbox) -> None:
    end_seat(seat=seats[4], left_on=timezone.localdate(), by=chair)
    assert _notify([open_round]) == {"sent": 4}
    assert seats[4].user.email not in {to for mail in mailoutbox for to in mail.to}


def test_somebody_whose_own_answer_was_replaced_is_told_by_whom(
    open_round, seats, member, chair, mailoutbox
) -> None:
    own = give_answer(round=open_round, seat=seats[0], answer="object", by=member)
    new = give_answer(round=open_round, seat=seats[0], answer="agree", replacing=own, by=chair)
    assert notify_of_replaced_answer(None, response=new.pk) == {"sent": 1}
    (mail,) = mailoutbox
    assert mail.to == [member.email]
    assert mail.subject == "Bryn: your answer on action 1 was changed"
    assert "Cai wrote down another answer for you on action 1, Mend the swings." in mail.body
    assert f"/bryn/steering/rounds/{open_round.uuid}/" in mail.body
    # What was answered stands on the page alone.
    assert "bject" not in mail.body


def test_nobody_is_called_to_a_meeting_that_is_over(project, seats, chair, mailoutbox) -> None:
    meeting = call_meeting(project=project, date=timezone.localdate(), by=chair)
    asked = {"meeting": str(meeting.uuid), "what": "called"}
    assert notify_of_meeting(None, **asked)["sent"] == len(mailoutbox) > 0
    Meeting.objects.update(date=timezone.localdate() - timedelta(days=1))
    assert notify_of_meeting(None, **asked) == {"sent": 0}
