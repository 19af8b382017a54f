"""The whole of an edition, frozen: everything a page, the PDF or the open data says of the plan."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from coproduction.projects.models import Project
from engagements.disclosure.over_time import Line
from plan.edition.snapshot import (
    SHAPE,
    Figures,
    Fingerprints,
    FrozenAction,
    FrozenGroup,
    Snapshot,
)
from plan.queries.action import (
    EditionCounts,
    action_line,
    comments_behind,
    counts_for_edition,
    freeze_actions,
)
from plan.queries.basis import Basis
from plan.queries.fingerprints import words_fingerprints
from plan.queries.listening import (
    freeze_engagements,
    freeze_questions,
    freeze_themes,
    freeze_workshops,
)
from steering.queries.agreement import ActionStatus
from steering.queries.counts import seats_and_days_met
from themes.queries.public_counts import COMMENTS, PEOPLE, QUESTIONS


def snapshot_of(project: Project, *, draft: bool = False, basis: Basis | None = None) -> Snapshot:
    """Freeze the plan as it stands. ``draft`` lets in what the group has not agreed, marked.

    ``basis`` is the project's, where more is made of it.
    """
    return freeze(basis or Basis(project), draft=draft)[0]


def freeze(basis: Basis, *, draft: bool = False) -> tuple[Snapshot, EditionCounts]:
    """Freeze the plan as it stands, and return with it what its counts stand at."""
    project, engagements = basis.project, basis.engagements
    counts = counts_for_edition(basis)
    themes = freeze_themes(basis, counts.lines, counts.asked)
    workshops = freeze_workshops(basis)
    group = _group(project)
    actions, not_taken_forward = freeze_actions(basis, counts=counts, draft=draft)
    snapshot = Snapshot(
        shape=SHAPE,
        languages=tuple(project.languages),
        texts={row.kind: row.body for row in basis.sections if row.body and not row.theme_id},
        questions=freeze_questions([question for question, _count in basis.said]),
        engagements=freeze_engagements(engagements, counts.lines),
        themes=themes,
        workshops=workshops,
        steering_group=group,
        actions=actions,
        not_taken_forward=not_taken_forward,
        figures=Figures(
            **_heard(engagements, counts),
            themes=len(themes),
            workshops=len(workshops),
            residents=sum(row.residents for row in workshops),
            partners=sum(row.partners for row in workshops),
            **_decided(actions, group),
            not_taken_forward=len(not_taken_forward),
        ),
        words=Fingerprints(quotes={}, notes={}),
    )
    words = words_fingerprints(snapshot, basis.shown_quotes, counts.notes)
    return msgspec.structs.replace(snapshot, words=words), counts


def _heard(engagements: Sequence[Any], counts: EditionCounts) -> dict[str, Any]:
    """Say what was heard in all: the sums of the rows that are listed, so that no two differ."""
    lines = counts.lines
    days = [engagement.date for engagement in engagements]
    return {
        "engagements": len(engagements),
        "people": lines[PEOPLE].whole,
        "comments": lines[COMMENTS].whole,
        "by_question": {kind: lines[QUESTIONS].of(kind) for kind in counts.asked},
        "first_day": min(days, default=None),
        "last_day": max(days, default=None),
    }


def _decided(actions: Sequence[FrozenAction], group: FrozenGroup) -> dict[str, Any]:
    """Add up what the group decided; a draft shows undecided actions too, and counts none."""
    return {
        "actions": sum(row.is_agreed for row in actions),
        "committed": sum(row.commitment is not None for row in actions),
        "seats": group.seats,
        "meetings": len(group.meetings),
    }


def lines_told(
    counts: EditionCounts, known: Iterable[ActionStatus], snapshot: Snapshot
) -> dict[str, Line]:
    """Return the counts that a snapshot tells, each with what it stands at: for those after it."""
    told = {action_line(idea.number) for idea in snapshot.ideas}
    others = {action_line(one.action.number) for one in known} - told
    return {name: line for name, line in counts.lines.items() if name not in others}


def cited_comments(known: Iterable[ActionStatus], snapshot: Snapshot) -> list[tuple[int, int]]:
    """Pair the numbers of a snapshot's actions with the ids of the comments they rest on."""
    numbers = {idea.number for idea in snapshot.ideas}
    return comments_behind(one for one in known if one.action.number in numbers)


def _group(project: Project) -> FrozenGroup:
    """Freeze who sits on the group, by sector, and on which days it met."""
    sectors, days = seats_and_days_met(project)
    return FrozenGroup(seats=sum(sectors.values()), sectors=sectors, meetings=tuple(days))
