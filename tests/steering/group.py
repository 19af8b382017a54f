"""A steering group and something for it to decide: what these tests begin with."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from coproduction.projects.models import Organisation, Project, Sector, User
from coproduction.projects.services.membership import add_member
from coproduction.projects.services.organisation import add_organisation
from coproduction.projects.services.person import find_or_add_person
from engagements.models import Comment
from steering.models import Decision, Meeting, Round, Seat
from steering.services.answer import give_answer
from steering.services.decision import record_decision
from steering.services.minutes import circulate_minutes, record_minutes
from steering.services.round import open_rounds
from steering.services.seat import seat_member
from steering.services.terms import set_terms
from tests.workshops.material import make_theme
from themes.models import Theme
from themes.services.coding import change_codes
from workshops.models import Action, Timescale, Wording
from workshops.services.action import propose_action, reword_action

LONG_AGO = date(2024, 1, 1)
_SECTORS = [Sector.RESIDENT, Sector.COUNCIL, Sector.POLICE, Sector.HEALTH, Sector.CHARITY]


def in_days(days: int) -> datetime:
    """A moment some days from now, or before it."""
    return timezone.now() + timedelta(days=days)


def in_minutes(minutes: int) -> datetime:
    """A moment some minutes from now."""
    return timezone.now() + timedelta(minutes=minutes)


def end_at_midnight(*meetings: Meeting) -> None:
    """Let meetings of today be over, in the first minute of the day too."""
    Meeting.objects.filter(pk__in=[each.pk for each in meetings]).update(ends=time(0))
    for each in meetings:
        each.refresh_from_db()


def make_seats(project: Project, by: User, number: int) -> list[Seat]:
    """Seat new members, each with a sign-in of their own."""
    taken = Seat.objects.of(project).count()
    seats = []
    for place in range(taken + 1, taken + number + 1):
        user = find_or_add_person(
            email=f"seat{place}@{project.slug}.example", name=f"Sitter {place}"
        )
        add_member(project=project, user=user, role="member", by=by)
        seats.append(
            seat_member(
                project=project,
                name=f"Sitter {place}",
                sector=_SECTORS[place % len(_SECTORS)],
                user=user,
                seated_on=LONG_AGO,
                by=by,
            )
        )
    return seats


def make_sealable(meeting: Meeting, by: User, minutes: str = "We talked.") -> Meeting:
    """Write the minutes of a meeting of the past, which the group has had a week to read."""
    record_minutes(meeting=meeting, minutes=minutes, attended=[], by=by)
    return circulate_minutes(meeting=meeting, by=by, at=in_days(-7))


def make_lead(project: Project, by: User, name: str = "Parks Trust") -> Organisation:
    """Add an organisation that can lead an action."""
    return add_organisation(
        project=project, name={"en": name, "cy": f"{name} (cy)"}, sector=Sector.CHARITY, by=by
    )


def make_wording(
    project: Project,
    by: User,
    *,
    action: Action | None = None,
    title: str = "Mend the swings",
    text: str = "Mend every swing in the park and check them each spring.",
    lead: Organisation | None = None,
) -> Wording:
    """Write the first wording of a new action, or the next of an action there is."""
    said: dict[str, Any] = {
        "title": {"en": title, "cy": f"{title} (cy)"},
        "text": {"en": text, "cy": f"{text} (cy)"},
        "lead": lead,
        "supporting": [],
        "timescale": Timescale.WITHIN_1_YEAR,
        "timescale_note": {},
        "by": by,
    }
    if action is not None:
        said["timescale"] = Timescale.YEARS_1_TO_3
        return reword_action(action=action, **said)
    theme = Theme.objects.of(project).themes().first() or make_theme(project, "Spaces")
    made: Wording = propose_action(project=project, theme=theme, **said).wordings.get()
    return made


def make_round(wording: Wording, by: User, *, closed: bool = False) -> Round:
    """Put a wording to the group; ``closed``, so long ago that the time to answer is over."""
    if not closed:
        return open_rounds(wordings=[wording], closes_at=in_days(7), by=by)[0]
    # At noon, so that an answer an hour later is one of that day.
    asked_at = timezone.localtime(in_days(-9)).replace(hour=12)
    return open_rounds(wordings=[wording], opened_at=asked_at, closes_at=in_days(-2), by=by)[0]


def look_through(comment: Comment, wording: Wording) -> None:
    """Have somebody read a comment by itself, and code it."""
    there = Theme.objects.filter(parent=wording.action.theme).first()
    code = there or make_theme(wording.project, "Swings", parent=wording.action.theme)
    change_codes(project=wording.project, comment=comment.pk, add=[code.uuid], by=wording.by)


def answer(round: Round, answers: Iterable[str], by: User) -> None:
    """Have the first seats of a round answer, each for themselves, in the time it took them."""
    # Not in an hour that has not come: it may be tomorrow.
    at = min(round.opened_at + timedelta(hours=1), timezone.now())
    for seat, said in zip(round.electorate.order_by("pk"), answers, strict=False):
        give_answer(round=round, seat=seat, answer=said, by=seat.user or by, at=at)


def agree(wording: Wording, by: User) -> Decision:
    """Put a wording to the group, have everyone agree, and record it as agreed."""
    round = make_round(wording, by)
    answer(round, ["agree"] * round.electorate.count(), by)
    return record_decision(round=round, outcome="agreed", reason={"en": "Everyone agrees."}, by=by)


def agree_to_review(wording: Wording, by: User, *, due: bool = True) -> Decision:
    """Have a wording agreed with a day to look at it again: today, or unless ``due``, tomorrow."""
    round = make_round(wording, by, closed=True)
    answer(round, ["agree"] * round.electorate.count(), by)
    today = timezone.localdate()
    return record_decision(
        round=round,
        outcome="agreed",
        reason={"en": "For now."},
        decided_on=today - timedelta(days=1),
        review_on=today if due else today + timedelta(days=1),
        by=by,
    )


def let_all_come_in(round: Round) -> Round:
    """Let half a minute pass since a round closed, in which answers sent in time still come in."""
    ago = timedelta(seconds=31)
    Round.objects.filter(pk=round.pk).update(
        opened_at=round.opened_at - ago, closes_at=round.closes_at - ago
    )
    round.refresh_from_db()
    return round


def decide_early(round: Round, by: User) -> Decision:
    """Record a round as sent back, whoever has answered by now: its time is made to be over."""
    Round.objects.filter(pk=round.pk).update(
        opened_at=in_days(-9), closes_at=timezone.now() - timedelta(minutes=1)
    )
    round.refresh_from_db()
    return record_decision(round=round, outcome="sent_back", reason={"en": "Say more."}, by=by)


def set_quorum(project: Project, by: User, quorum: int, method: str = "consent") -> None:
    """Write the group's terms."""
    set_terms(project=project, quorum=quorum, decision_method=method, by=by)
