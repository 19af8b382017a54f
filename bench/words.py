"""The words of a published plan, for the baseline's own page of it: taken from what was frozen."""

from typing import Any

from django.utils import translation
from django.utils.html import strip_tags

from coproduction.projects.models import Project
from plan.models import Edition
from plan.presentation.chapters import Chapter, PublishedAction
from plan.presentation.plan import Plan
from plan.queries.masking import mask_of
from plan.queries.published import present_edition

_OPENING = ("foreword", "what_people_value", "how_we_listened")
_ENDING = ("how_we_decided", "what_happens_next", "thanks")


def words_of_plan(project: Project) -> dict[str, Any]:
    """Return what the committed template draws: plain texts and counts, no markup of ours."""
    edition = Edition.objects.latest_of(project)
    if edition is None:
        raise RuntimeError("There is no edition.")
    with translation.override("en"):
        plan = present_edition(edition, mask_of(edition))
        kinds = {each.kind: str(each.name.best("en")[0]) for each in plan.questions}
        return {
            "title": str(plan.title),
            "subtitle": f"Edition {plan.number}, {plan.published_on}",
            "ways": [("What we heard", "/heard"), ("The plan", "/plan"), ("My comment", "/follow")],
            "figures": [
                (word.replace("_", " "), str(getattr(plan.figures, word)))
                for word in ("engagements", "people", "comments", "themes", "workshops", "actions")
            ],
            "opening": _texts(plan, _OPENING),
            "ending": _texts(plan, _ENDING),
            "tables": _tables(plan, kinds),
            "chapters": [_chapter(chapter, kinds) for chapter in plan.chapters],
            "ideas": [
                {
                    "title": str(idea.title),
                    "address": f"/ideas/{idea.number}",
                    "reason": str(idea.reason),
                    "decided": f"Decided on {idea.decided_on}. {idea.comments}",
                }
                for idea in plan.not_taken_forward
            ],
        }


def _texts(plan: Plan, kinds: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the editor's texts, each with a heading."""
    return [
        (kind.replace("_", " "), strip_tags(plan.sections[kind]))
        for kind in kinds
        if kind in plan.sections
    ]


def _tables(plan: Plan, kinds: dict[str, str]) -> list[tuple[str, list[str], list[list[str]]]]:
    """Return the figures of the two charts as tables: a bare page draws none."""
    months: dict[str, int] = {}
    for engagement in plan.snapshot.engagements:
        month = engagement.date.strftime("%b")
        months[month] = months.get(month, 0) + int(engagement.comments.frozen or 0)
    themes = [
        [str(chapter.name), *(str(chapter.by_question.get(kind, 0)) for kind in kinds)]
        for chapter in plan.chapters
    ]
    return [
        (
            "Comments, month by month",
            ["When", "Comments"],
            [[m, str(n)] for m, n in months.items()],
        ),
        ("What people talked about", ["", *kinds.values()], themes),
    ]


def _chapter(chapter: Chapter, kinds: dict[str, str]) -> dict[str, Any]:
    """Return the words of one theme."""
    return {
        "name": str(chapter.name),
        "why": strip_tags(chapter.why),
        "counts": [("Comments", str(chapter.comments))]
        + [(name, str(chapter.by_question.get(kind, 0))) for kind, name in kinds.items()],
        "quotes": [
            (quote.text, str(quote.speaker), str(quote.translation)) for quote in chapter.quotes[:3]
        ],
        "finding": str(chapter.finding),
        "actions": [_action(action) for action in chapter.actions],
    }


def _action(action: PublishedAction) -> dict[str, Any]:
    """Return the words of one action."""
    return {
        "number": action.number,
        "title": str(action.title),
        "address": f"/actions/{action.number}",
        "text": str(action.text),
        "facts": [
            ("Lead", str(action.lead)),
            ("When", str(action.when)),
            ("With", ", ".join(str(body) for body in action.supporting)),
        ],
        "steps": [(step.number, str(step.label), f"/{step.number}") for step in action.steps],
    }
