"""Rounds by whom they wait for, and what changed since the last one."""

from django.utils import timezone

from steering.queries.round import (
    candidates,
    count_candidates,
    previous_round,
    rounds_for_member,
    undecided_rounds,
)
from steering.services.answer import give_answer
from steering.services.decision import record_decision
from steering.services.round import take_back_round
from steering.services.seat import end_seat
from tests.steering.group import agree, answer, make_round, make_seats, make_wording
from tests.steering.pages import text_of, url
from tests.workshops.material import make_comment
from workshops.services.evidence import cite_evidence


def test_the_first_time_there_is_no_last_time(open_round) -> None:
    assert previous_round(open_round) is None


def test_what_changed_since_the_group_last_looked(project, closed_round, wording, chair) -> None:
    record_decision(round=closed_round, outcome="sent_back", reason={"en": "Say when."}, by=chair)
    make_wording(project, chair, action=wording.action, text="A draft nobody saw.")
    newer = make_wording(project, chair, action=wording.action, text="Mend swings by May.")
    cite_evidence(action=wording.action, comments=[make_comment(project)], by=chair)
    found = previous_round(make_round(newer, chair))
    assert found.round == closed_round
    assert found.new_evidence == 1
    gone = [piece.text for change in found.changes for piece in change.pieces if piece.is_gone]
    assert "A draft nobody saw." not in " ".join(gone)
    assert found.changes


def test_a_question_taken_back_and_asked_again_says_so_and_of_whom(
    project, open_round, seats, wording, chair, member, client_of
) -> None:
    give_answer(round=open_round, seat=seats[0], answer="object", by=member)
    take_back_round(round=open_round, why="Wrong date.", by=chair)
    (newcomer,) = make_seats(project, chair, 1)
    end_seat(seat=seats[4], left_on=timezone.localdate(), by=chair)
    again = make_round(wording, chair)
    found = previous_round(again)
    assert (found.round, found.was_taken_back) == (open_round, True)
    assert (found.tally.objecting, found.tally.seats) == (1, 5)
    assert (found.asked_now_only, found.asked_then_only) == ([newcomer], [seats[4]])
    page = text_of(client_of(member).get(url("round", uuid=again.uuid)))
    assert "The group has not looked at this before." not in page
    assert "Wrong date." in page
    assert "1 of 5 had answered by then: 0 agreed, 0 said not yet, 1 objected." in page
    assert f"Only now: {newcomer.name}." in page


def test_the_tray_is_the_persons_own(project, open_round, seats, chair) -> None:
    mair, other = seats[0].user, seats[1].user
    assert rounds_for_member(project, mair).waiting == [open_round]
    give_answer(round=open_round, seat=seats[0], answer="reservation", by=mair)
    mine = rounds_for_member(project, mair)
    assert (mine.waiting, mine.answered) == ([], [open_round])
    assert str(mine.answered[0].own_answer) == "Agree, with a reservation"
    assert rounds_for_member(project, other).waiting == [open_round]
    assert rounds_for_member(project, chair).waiting == []


def test_rounds_ready_for_a_decision_come_first(project, seats, wording, chair) -> None:
    first = make_round(wording, chair)
    second = make_round(make_wording(project, chair, title="More bins"), chair)
    answer(second, ["agree"] * 5, chair)
    found = undecided_rounds(project)
    assert [each.round for each in found] == [second, first]
    assert [each.can_be_decided for each in found] == [True, False]


def test_what_can_be_put_to_the_group(project, seats, wording, chair) -> None:
    agree(wording, chair)
    fresh = make_wording(project, chair, title="More bins")
    with_group = make_wording(project, chair, title="Benches")
    make_round(with_group, chair)
    back = make_wording(project, chair, title="Buses")
    record_decision(
        round=make_round(back, chair, closed=True),
        outcome="sent_back",
        reason={"en": "No."},
        by=chair,
    )
    found = candidates(project)
    assert [each.latest for each in found.never_asked] == [fresh]
    assert [each.latest for each in found.asked_before] == [back]
    changed = make_wording(project, chair, action=wording.action, text="Mend them twice.")
    assert [each.latest for each in candidates(project).never_asked] == [changed, fresh]
    assert count_candidates(project) == (2, 0)
