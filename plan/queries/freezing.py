"""The whole of an edition, frozen: everything a page, the PDF or the open data says of the plan."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from coproduction.projects.models import Project
from engagements.queries.counts import comments_by_question, engagements_held
from plan.edition.disclosed_counts import parts_by_question
from plan.edition.snapshot import (
    SHAPE,
    Figures,
    Fingerprints,
    FrozenAction,
    FrozenGroup,
    Snapshot,
)
from plan.models import Section
from plan.queries.action import comments_behind, freeze_actions
from plan.queries.fingerprints import words_fingerprints
from plan.queries.listening import (
    freeze_engagements,
    freeze_questions,
    freeze_themes,
    freeze_workshops,
)
from steering.queries.agreement import ActionStatus, statuses_of_actions
from steering.queries.counts import count_seats_by_sector, days_met
from themes.queries.codebook import codebook_of


def snapshot_of(
    project: Project, *, draft: bool = False, known: Iterable[ActionStatus] | None = None
) -> Snapshot:
    """Freeze the plan as it stands. ``draft`` lets in what the group has not agreed, marked.
    ``known`` says where each action stands, where that was asked before.
    """
    codebook = codebook_of(project)
    engagements = list(engagements_held(project))
    answers = comments_by_question(project)
    questions = [question for question, _number in answers]
    by_question = {question.kind: number for question, number in answers if number}
    asked = list(by_question)
    sections = list(Section.objects.of(project))
    why = {row.theme_id: row.body for row in sections}
    themes = freeze_themes(project, codebook, questions, why, asked)
    workshops = freeze_workshops(project, codebook)
    group = _group(project)
    actions, turned_down = freeze_actions(
        project,
        statuses_of_actions(project).values() if known is None else known,
        codebook,
        asked=asked,
        draft=draft,
    )
    snapshot = Snapshot(
        shape=SHAPE,
        languages=tuple(project.languages),
        texts={row.kind: row.body for row in sections if row.body and not row.theme_id},
        questions=freeze_questions(questions),
        engagements=freeze_engagements(engagements, project.small_number),
        themes=themes,
        workshops=workshops,
        steering_group=group,
        actions=actions,
        not_taken_forward=turned_down,
        figures=Figures(
            **_heard(engagements, by_question, project.small_number),
            themes=len(themes),
            workshops=len(workshops),
            residents=sum(row.residents for row in workshops),
            partners=sum(row.partners for row in workshops),
            **_decided(actions, group),
            not_taken_forward=len(turned_down),
        ),
        words=Fingerprints(quotes={}, notes={}),
    )
    return msgspec.structs.replace(snapshot, words=words_fingerprints(project, snapshot))


def _heard(
    engagements: Sequence[Any], by_question: Mapping[str, int], smallest: int
) -> dict[str, Any]:
    """Add up what was heard from the rows that are listed, so that the two never differ."""
    days = [engagement.date for engagement in engagements]
    return {
        "engagements": len(engagements),
        "people": sum(engagement.people_heard for engagement in engagements),
        "comments": sum(by_question.values()),
        "by_question": parts_by_question(by_question, smallest),
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


def cited_comments(project: Project, snapshot: Snapshot) -> list[tuple[int, int]]:
    """Pair the numbers of a snapshot's actions with the ids of the comments they rest on."""
    numbers = [idea.number for idea in snapshot.ideas]
    behind = comments_behind(project).filter(action__number__in=numbers)
    return list(behind.values_list("action__number", "comment").distinct())


def _group(project: Project) -> FrozenGroup:
    """Freeze who sits on the group, by sector, and on which days it met."""
    sectors = count_seats_by_sector(project)
    return FrozenGroup(
        seats=sum(sectors.values()), sectors=sectors, meetings=tuple(days_met(project))
    )
