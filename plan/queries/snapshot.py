"""The whole of an edition, frozen: everything a page, the PDF or the open data says of the plan."""

from collections.abc import Iterable
from typing import Any

from coproduction.projects.models import Project
from plan.edition.small_numbers import keep_small_counts_back
from plan.models import Section
from plan.queries import action, listening
from plan.queries.fingerprints import words_fingerprints
from steering.queries.agreement import ActionStatus, statuses_of_actions
from steering.queries.counts import count_seats_by_sector, days_met
from themes.queries.codebook import codebook_of

# Raised when the shape changes, so that an old edition can be read by what it says of itself.
SHAPE = 2


def snapshot_of(
    project: Project, *, draft: bool = False, known: Iterable[ActionStatus] | None = None
) -> dict[str, Any]:
    """Freeze the plan as it stands. ``draft`` lets in what the group has not agreed, marked.
    ``known`` says where each action stands, where that was asked before.

    It holds no words of quotes and notes, only their uuids and fingerprints: they are read when
    shown, so that a person who takes their words back is heard at once, and shown only as long as
    they are the words that were published. Nothing in it depends on when it was made.
    """
    codebook = codebook_of(project)
    engagements = listening.engagement_rows(project)
    workshops = listening.workshop_rows(project, codebook)
    themes = listening.theme_rows(project, codebook)
    actions, turned_down = action.action_rows(
        project,
        statuses_of_actions(project).values() if known is None else known,
        engagements,
        codebook,
        draft=draft,
    )
    group = _group(project)
    snapshot = {
        "shape": SHAPE,
        "languages": list(project.languages),
        "sections": _sections(project),
        "questions": listening.question_rows(project),
        "engagements": engagements,
        "themes": themes,
        "workshops": workshops,
        "group": group,
        "actions": actions,
        "not_taken_forward": turned_down,
        "figures": headline_figures(engagements, themes, workshops, actions, turned_down)
        | {"seats": group["seats"], "meetings": len(group["meetings"])},
    }
    words = words_fingerprints(project, quotes=quotes_in(snapshot), notes=notes_in(snapshot))
    return keep_small_counts_back(snapshot, smallest=project.small_number) | {"words": words}


def headline_figures(
    engagements: list[dict[str, Any]],
    themes: list[dict[str, Any]],
    workshops: list[dict[str, Any]],
    actions: list[dict[str, Any]],
    turned_down: list[dict[str, Any]],
) -> dict[str, Any]:
    """Add up every headline figure from the rows it counts, so that the two never differ.

    A draft shows undecided actions too, marked: they are shown, and never counted as agreed.
    """
    by_question: dict[str, int] = {}
    for row in engagements:
        for kind, number in row["comments"].items():
            by_question[kind] = by_question.get(kind, 0) + number
    held = [row for row in engagements if row["is_held"]]
    days = [row["date"] for row in held]
    return {
        "engagements": len(held),
        "people": sum(row["people"] for row in held),
        "comments": sum(by_question.values()),
        "by_question": by_question,
        "first_day": min(days, default=None),
        "last_day": max(days, default=None),
        "themes": len(themes),
        "workshops": len(workshops),
        "residents": sum(row["residents"] for row in workshops),
        "partners": sum(row["partners"] for row in workshops),
        "actions": sum(row["is_agreed"] for row in actions),
        "committed": sum(row["commitment"] is not None for row in actions),
        "not_taken_forward": len(turned_down),
    }


def cited_comments(project: Project, snapshot: dict[str, Any]) -> list[tuple[int, int]]:
    """Pair the numbers of a snapshot's actions with the ids of the comments they rest on."""
    numbers = [row["number"] for row in [*snapshot["actions"], *snapshot["not_taken_forward"]]]
    behind = action.comments_behind(project).filter(action__number__in=numbers)
    return list(behind.values_list("action__number", "comment").distinct())


def quotes_in(snapshot: dict[str, Any]) -> list[str]:
    """List every quote an edition shows, once."""
    found = [quote for theme in snapshot["themes"] for quote in theme["quotes"]]
    found += [
        quote
        for row in [*snapshot["actions"], *snapshot["not_taken_forward"]]
        for quote in row["thread"]["quotes"]
    ]
    return list(dict.fromkeys(found))


def notes_in(snapshot: dict[str, Any]) -> list[str]:
    """List every workshop note that an edition's threads lead to, once."""
    rows = [*snapshot["actions"], *snapshot["not_taken_forward"]]
    return list(dict.fromkeys(note for row in rows for note in row["thread"]["notes"]))


def _sections(project: Project) -> dict[str, Any]:
    """Freeze the texts that are not a theme's."""
    rows = Section.objects.of(project).filter(theme__isnull=True)
    return {row.kind: row.body.entries for row in rows if row.body}


def _group(project: Project) -> dict[str, Any]:
    """Freeze who sits on the group, by sector, and how often it met."""
    sectors = count_seats_by_sector(project)
    return {
        "seats": sum(sectors.values()),
        "sectors": sectors,
        "meetings": [day.isoformat() for day in days_met(project)],
    }
