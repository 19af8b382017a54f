"""Loads how Bryncoed's steering group met and decided, and the plan that came of it."""

from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from plan.models import Edition, Section
from plan.services.edition import publish
from plan.services.section import write_section
from sample.files import hour_of, story
from sample.listening import Sample
from steering.models import Answer, Decision, Meeting, Round, Seat
from steering.services.answer import give_answer
from steering.services.commitment import record_commitment
from steering.services.decision import record_decision
from steering.services.meeting import call_meeting, record_minutes, seal_meeting
from steering.services.round import open_rounds
from steering.services.seat import seat_member
from steering.services.terms import set_terms
from themes.models import Theme
from workshops.models import Action, Wording
from workshops.services.action import reword_action


def seat_the_group(sample: Sample) -> dict[str, Seat]:
    """Seat the twelve, and agree how they decide. Returns the seats by key."""
    told, coordinator = story("steering"), sample.people["coordinator"]
    set_terms(
        project=sample.project,
        quorum=told["terms"]["quorum"],
        decision_method=told["terms"]["decision_method"],
        by=coordinator,
    )
    return {
        seat["key"]: seat_member(
            project=sample.project,
            name=seat["name"],
            sector=seat["sector"],
            user=sample.people[seat["key"]] if seat["key"] in ("chair", "member") else None,
            organisation=sample.organisations.get(seat.get("organisation", "")),
            seated_on=seat["seated_on"],
            by=coordinator,
        )
        for seat in told["seats"]
    }


def meet(sample: Sample, seats: dict[str, Seat], actions: dict[int, Action]) -> None:
    """Hold the nine meetings: put wordings, hear answers, decide, write the minutes."""
    chair = sample.people["chair"]
    told_actions = {told["number"]: told for told in story("actions")["actions"]}
    for told in story("steering")["meetings"]:
        meeting = call_meeting(
            project=sample.project,
            date=told["date"],
            starts=time(18, 30),
            ends=time(21),
            place=told["place"],
            agenda=told["agenda"],
            by=chair,
        )
        present = [seats[key] for key in told["attendance"]]
        sent_back = told.get("sent_back", [])
        numbers = [*told["actions"], *sent_back]
        for number in told["actions"]:
            if told_actions[number]["revised"]:
                _reword(sample, actions[number], told_actions[number], meeting)
        if numbers:
            rounds = open_rounds(
                wordings=[actions[number].wordings.order_by("-number")[0] for number in numbers],
                meeting=meeting,
                opened_at=hour_of(meeting.date - timedelta(days=5), 9),
                closes_at=hour_of(meeting.date, 21),
                by=chair,
            )
            by_action = {round.wording.action_id: round for round in rounds}
            for number in numbers:
                round = by_action[actions[number].pk]
                first = number in sent_back
                _answer(sample, round, present, told_actions[number], meeting, first=first)
                _decide(sample, round, told_actions[number], meeting, first=first)
        record_minutes(meeting=meeting, minutes=told["minutes"].strip(), attended=present, by=chair)
        seal_meeting(meeting=meeting, by=chair)


def _reword(sample: Sample, action: Action, told: dict[str, Any], meeting: Meeting) -> None:
    """Put a wording right after the group sent it back, in time for a meeting."""
    reword_action(
        action=action,
        title=told["title"],
        text=told["text"],
        lead=sample.organisations[told["lead"]],
        supporting=[sample.organisations[slug] for slug in told["partners"]],
        timescale=told["timescale"],
        timescale_note=told["timescale_note"],
        at=hour_of(meeting.date - timedelta(days=12), 10),
        by=sample.people["facilitator"],
    )


def _answer(
    sample: Sample,
    round: Round,
    present: list[Seat],
    told: dict[str, Any],
    meeting: Meeting,
    *,
    first: bool,
) -> None:
    """Keep the answers of those in the room; whose own organisation would gain stands aside."""
    counts = dict(told["first_responses"] if first else told["responses"])
    lead = sample.organisations[told["lead"]].pk
    interested_first = sorted(present, key=lambda seat: seat.organisation_id != lead)
    answers = [Answer.STAND_ASIDE] * counts.pop("stand_aside")
    # Those who had doubts are the ones who speak last here, so that they vary with the action.
    for answer in ("object", "not_yet", "reservation", "agree"):
        answers += [Answer(answer)] * counts[answer]
    turn = told["number"] % max(1, len(present))
    others = interested_first[1:]
    order = [interested_first[0], *others[turn:], *others[:turn]]
    for seat, answer in zip(order, answers, strict=False):
        own = seat.user is not None and seat.user != sample.people["chair"]
        give_answer(
            round=round,
            seat=seat,
            answer=answer,
            by=seat.user if own and seat.user else sample.people["chair"],
            at=hour_of(meeting.date, 19),
        )


def _decide(
    sample: Sample, round: Round, told: dict[str, Any], meeting: Meeting, *, first: bool
) -> None:
    """Record what the group decided and why, and the lead partner's word where it gave it."""
    outcome = Decision.Outcome.SENT_BACK if first else Decision.Outcome(told["outcome"])
    record_decision(
        round=round,
        outcome=outcome,
        reason=told["first_reason"] if first else told["reason"],
        decided_on=meeting.date,
        by=sample.people["chair"],
    )
    if outcome == Decision.Outcome.AGREED and told.get("committed"):
        record_commitment(
            wording=round.wording,
            organisation=sample.organisations[told["lead"]],
            text=told["commitment"],
            committed_on=told["committed_on"],
            by=sample.people["coordinator"],
        )


def write_the_plan(sample: Sample, themes: dict[str, Theme]) -> Edition:
    """Write the plan's texts in both languages, and publish its first edition."""
    editor, told = sample.people["editor"], story("plan")
    for section in told["sections"]:
        write_section(
            project=sample.project,
            kind=Section.Kind(section["slug"]),
            body=section["text"],
            by=editor,
        )
    for theme in story("themes")["themes"]:
        write_section(
            project=sample.project,
            kind=Section.Kind.THEME,
            theme=themes[theme["slug"]],
            body=theme["why_it_matters"],
            by=editor,
        )
    edition = told["edition"]
    return publish(
        project=sample.project, title=edition["title"], published_on=edition["date"], by=editor
    )


def leave_work_to_do(sample: Sample, seats: dict[str, Seat], actions: dict[int, Action]) -> None:
    """Propose two changes since the plan, so that members have answers to give and the chair one
    to record: one is open for three weeks, the other has closed with its answers in.
    """
    chair, today = sample.people["chair"], timezone.localdate()
    asked, answered = (
        _propose_change(sample, actions[told["number"]], told) for told in story("since")["changes"]
    )
    open_rounds(wordings=[asked], closes_at=hour_of(today + timedelta(days=21), 20), by=chair)
    (closed,) = open_rounds(
        wordings=[answered],
        opened_at=hour_of(today - timedelta(days=8), 9),
        closes_at=hour_of(today - timedelta(days=1), 20),
        by=chair,
    )
    said_on = hour_of(today - timedelta(days=2), 12)
    for seat in list(seats.values())[:9]:
        give_answer(round=closed, seat=seat, answer=Answer.AGREE, by=chair, at=said_on)


def _propose_change(sample: Sample, action: Action, told: dict[str, Any]) -> Wording:
    """Propose other words for an action that the plan already holds."""
    agreed = action.wordings.order_by("-number")[0]
    return reword_action(
        action=action,
        title=told["title"],
        text=told["text"],
        lead=agreed.lead,
        supporting=list(agreed.supporting.all()),
        timescale=told["timescale"],
        timescale_note=told["timescale_note"],
        at=hour_of(timezone.localdate() - timedelta(days=12), 10),
        by=sample.people["facilitator"],
    )
