"""Loading how Bryncoed's steering group met, decided, and was asked again since."""

from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from sample.services.listening import Sample
from sample.services.workshops import promise_of
from sample.story.reading import chapter, hour_of
from steering.models import Answer, Decision, Meeting, Round, Seat
from steering.services.answer import give_answer
from steering.services.commitment import record_commitment
from steering.services.decision import record_decision
from steering.services.meeting import call_meeting
from steering.services.minutes import circulate_minutes, record_minutes, seal_meeting
from steering.services.round import open_rounds
from steering.services.seat import seat_member
from steering.services.terms import set_terms
from workshops.models import Action, Wording
from workshops.services.action import reword_action


def seat_group(sample: Sample) -> dict[str, Seat]:
    """Seat the twelve, and agree how they decide. Returns the seats by key."""
    about, coordinator = chapter("steering"), sample.people["coordinator"]
    set_terms(project=sample.project, **about["terms"], by=coordinator)
    return {
        seat["key"]: seat_member(
            project=sample.project,
            name=seat["name"],
            sector=seat["sector"],
            user=sample.people.get(seat["key"]),
            organisation=sample.organisations.get(seat.get("organisation", "")),
            seated_on=seat["seated_on"],
            by=coordinator,
        )
        for seat in about["seats"]
    }


def hold_meetings(sample: Sample, seats: dict[str, Seat], actions: dict[int, Action]) -> None:
    """Hold the nine meetings: put wordings, take answers, decide, write the minutes."""
    chair = sample.people["chair"]
    about_actions = {about["number"]: about for about in chapter("actions")["actions"]}
    for about in chapter("steering")["meetings"]:
        meeting = call_meeting(
            project=sample.project,
            date=about["date"],
            starts=time(18, 30),
            ends=time(21),
            place=about["place"],
            agenda=about["agenda"],
            by=chair,
        )
        sent_back = about.get("sent_back", [])
        numbers = [*about["actions"], *sent_back]
        for number in about["actions"]:
            if about_actions[number]["revised"]:
                # Put right after the group sent it back, in time for this meeting.
                reword_action(
                    action=actions[number],
                    **promise_of(sample, about_actions[number]),
                    at=hour_of(meeting.date - timedelta(days=12), 10),
                    by=sample.people["facilitator"],
                )
        if numbers:
            rounds = open_rounds(
                wordings=[_last_wording(actions[number]) for number in numbers],
                meeting=meeting,
                opened_at=hour_of(meeting.date - timedelta(days=5), 9),
                closes_at=hour_of(meeting.date, 21),
                by=chair,
            )
            for round in rounds:
                action = about_actions[round.wording.action.number]
                first = action["number"] in sent_back
                _decide(sample, round, seats, action, meeting, prefix="first_" if first else "")
        attended = [seats[key] for key in about["attendance"]]
        record_minutes(
            meeting=meeting, minutes=about["minutes"].strip(), attended=attended, by=chair
        )
        told_at = hour_of(meeting.date + timedelta(days=2), 9)
        circulate_minutes(meeting=meeting, by=chair, at=told_at)
        seal_meeting(meeting=meeting, by=chair)


def _last_wording(action: Action) -> Wording:
    """Return the words that an action has now."""
    return action.wordings.order_by("-number")[0]


def _decide(
    sample: Sample,
    round: Round,
    seats: dict[str, Seat],
    about: dict[str, Any],
    meeting: Meeting,
    *,
    prefix: str,
) -> None:
    """Keep the answers of those in the room, what was decided and why, and the lead's word."""
    chair = sample.people["chair"]
    for key, answer in about[f"{prefix}answers"].items():
        give_answer(
            round=round,
            seat=seats[key],
            answer=Answer(answer),
            by=seats[key].user or chair,
            at=hour_of(meeting.date, 19),
        )
    record_decision(
        round=round,
        outcome=Decision.Outcome.SENT_BACK if prefix else Decision.Outcome(about["outcome"]),
        reason=about[f"{prefix}reason"],
        decided_on=meeting.date,
        by=chair,
    )
    if about.get("committed") and not prefix:
        record_commitment(
            wording=round.wording,
            organisation=sample.organisations[about["lead"]],
            text=about["commitment"],
            committed_on=about["committed_on"],
            by=sample.people["coordinator"],
        )


def propose_changes(sample: Sample, seats: dict[str, Seat], actions: dict[int, Action]) -> None:
    """Propose two changes since the plan, so that members have answers to give and the chair one
    to record: one is open for three weeks, the other has closed with its answers in.
    """
    chair, today = sample.people["chair"], timezone.localdate()
    asked, answered = (
        _propose_change(sample, actions[about["number"]], about)
        for about in chapter("since")["changes"]
    )
    open_rounds(wordings=[asked], closes_at=hour_of(today + timedelta(days=21), 20), by=chair)
    (closed,) = open_rounds(
        wordings=[answered],
        opened_at=hour_of(today - timedelta(days=8), 9),
        closes_at=hour_of(today - timedelta(days=1), 20),
        by=chair,
    )
    answered_at = hour_of(today - timedelta(days=2), 12)
    for seat in list(seats.values())[:9]:
        give_answer(round=closed, seat=seat, answer=Answer.AGREE, by=chair, at=answered_at)


def _propose_change(sample: Sample, action: Action, about: dict[str, Any]) -> Wording:
    """Propose other words for an action that the plan already holds; its partners stay."""
    agreed = _last_wording(action)
    return reword_action(
        action=action,
        title=about["title"],
        text=about["text"],
        lead=agreed.lead,
        supporting=list(agreed.supporting.all()),
        timescale=about["timescale"],
        timescale_note=about["timescale_note"],
        at=hour_of(timezone.localdate() - timedelta(days=12), 10),
        by=sample.people["facilitator"],
    )
