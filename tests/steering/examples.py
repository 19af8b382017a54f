"""One of each object of steering, and what its addresses take."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from coproduction.projects.models import PassScope, Project, User
from coproduction.projects.services.passes import give_pass
from steering.models import Response, Round
from steering.services.answer import give_answer
from steering.services.commitment import record_commitment
from steering.services.decision import record_decision
from steering.services.meeting import call_meeting
from steering.services.minutes import record_minutes
from steering.services.round import open_rounds
from steering.services.seat import seat_member
from steering.services.terms import set_terms
from tests.steering.group import make_lead, make_wording
from workshops.models import Wording


def make(world: Any) -> dict[str, dict[str, Any]]:
    """Make one of each through the services; return {URL name: what it takes}."""
    project, chair = world.project, world.chair
    set_terms(project=project, quorum=2, decision_method="consent", by=chair)
    seats = [
        seat_member(
            project=project,
            name=user.display_name,
            sector="resident",
            user=user,
            seated_on=date(2024, 1, 1),
            by=chair,
        )
        for user in (world.member, chair)
    ]
    meeting = call_meeting(
        project=project, date=timezone.localdate(), agenda=["Welcome", "The swings"], by=chair
    )
    record_minutes(meeting=meeting, minutes="We talked.", attended=seats, by=chair)
    lead = make_lead(project, chair, f"Parks Trust {world.key}")
    wording = make_wording(project, chair, title=f"Mend the swings {world.key}", lead=lead)
    unasked = make_wording(project, chair, title=f"Mend the gate {world.key}").action
    decided = _agreed(wording, chair)
    commitment = record_commitment(
        wording=wording,
        organisation=lead,
        text={"en": "We will do it."},
        committed_on=timezone.localdate(),
        by=chair,
    )
    world.things |= {
        "seat": seats[0],
        "meeting": meeting,
        "round": _open(project, chair, world.key),
        "decision": decided.decision,
    }
    told = world.things["answer"] = _written_down(world.things["round"], world)
    given = give_pass(
        project=project,
        scope=PassScope.ANSWER,
        subject=told.uuid,
        holder="Mair",
        ends_at=timezone.now() + timedelta(days=7),
        by=chair,
    )
    asked = give_pass(
        project=project,
        scope=PassScope.COMMITMENT,
        subject=wording.uuid,
        holder=f"Parks Trust {world.key}",
        ends_at=timezone.now() + timedelta(days=7),
        by=chair,
    )
    of = {name: {"uuid": thing.uuid} for name, thing in world.things.items() if name in _KINDS}
    return {
        **{f"steering:{name}": of[kind] for kind, names in _KINDS.items() for name in names},
        "steering:commitment_by_pass": {"token": asked.token},
        "steering:answer_by_pass": {"token": given.token},
        "steering:answer_put_right": {"token": given.token},
        "steering:action_status": {"uuid": wording.action.uuid},
        "steering:action_withdraw": {"uuid": unasked.uuid},
        "steering:seat_holder": {"uuid": world.member.uuid},
        "steering:commitment_new": {"uuid": wording.action.uuid},
        "steering:commitment_translate": {"uuid": commitment.uuid},
        "steering:comment_results": world.takes["engagements:comment"],
        "steering:theme_results": {"uuid": world.things["theme"].uuid},
        "steering:workshop_results": {"uuid": world.things["workshop"].uuid},
    }


_KINDS = {
    "seat": ["seat_change", "seat_leave", "seat_let_answer", "seat_remove"],
    "meeting": [
        "meeting",
        "meeting_call_off",
        "meeting_change",
        "meeting_minutes",
        "meeting_seal",
        "minutes_circulate",
        "minutes_correct",
    ],
    "round": [
        "round",
        "round_respond",
        "round_answered",
        "round_record",
        "round_decide",
        "round_close",
        "round_extend",
        "round_take_back",
    ],
    "decision": ["decision_translate"],
    "answer": ["answer_confirm", "answer_code"],
}


def _agreed(wording: Wording, chair: User) -> Round:
    """Put a wording to the group and have it agreed."""
    closes = timezone.now() + timedelta(days=7)
    (round,) = open_rounds(wordings=[wording], closes_at=closes, by=chair)
    for seat in round.electorate.all():
        give_answer(round=round, seat=seat, answer="agree", by=chair)
    record_decision(round=round, outcome="agreed", reason={"en": "Everyone agrees."}, by=chair)
    return round


def _open(project: Project, chair: User, key: str) -> Round:
    """Put another wording to the group, for its members to answer."""
    another = make_wording(project, chair, title=f"More bins {key}")
    closes = timezone.now() + timedelta(days=7)
    (round,) = open_rounds(wordings=[another], closes_at=closes, by=chair)
    return round


def _written_down(round: Round, world: Any) -> Response:
    """Have an answer written down for the member, who has given another."""
    seat = round.electorate.get(user=world.member)
    give_answer(round=round, seat=seat, answer="not_yet", by=world.member)
    return give_answer(round=round, seat=seat, answer="agree", how="phone", by=world.chair)
