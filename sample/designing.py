"""Loads Bryncoed's seven workshops and the actions they proposed, with their evidence."""

import re
from collections import defaultdict
from typing import Any

from engagements.models import Comment
from sample.files import hour_of, story
from sample.listening import Sample
from themes.models import Finding, Theme
from workshops.models import Action, Attendee, Note, Workshop
from workshops.services.action import propose_action
from workshops.services.attendee import add_attendees
from workshops.services.evidence import cite_evidence
from workshops.services.note import NewNote, add_notes
from workshops.services.workshop import plan_workshop

_WORD = re.compile(r"[^\W\d_]{5,}")
# Too common in these actions to say what one is about.
_EVERYWHERE = {"bryncoed", "people", "every", "their", "there", "where", "which", "about", "other"}


def stems(text: str) -> set[str]:
    """Return the beginnings of a text's longer words, to find what it has in common with others."""
    words = {word.casefold() for word in _WORD.findall(text)} - _EVERYWHERE
    return {word[:5] for word in words}


def hold_workshops(sample: Sample, themes: dict[str, Theme]) -> dict[str, Workshop]:
    """Hold the workshops: who came, and what the tables wrote. Returns them by slug."""
    facilitator = sample.people["facilitator"]
    workshops = {}
    for told in story("workshops")["workshops"]:
        workshop = plan_workshop(
            project=sample.project,
            title=told["title"],
            theme=themes[told["theme"]],
            place=told["place"],
            date=told["date"],
            purpose=told["purpose"],
            tables=told["tables"],
            by=facilitator,
        )
        workshops[told["slug"]] = workshop
        _who_came(sample, workshop, told)
        tables = {table.number: table for table in workshop.tables.all()}
        add_notes(
            workshop=workshop,
            notes=[
                NewNote(
                    kind=note["kind"],
                    text=note["text"],
                    language=note["language"],
                    table=tables[note["table"]],
                    may_be_read_by_all=True,
                )
                for note in told["notes"]
            ],
            by=facilitator,
        )
    return workshops


def _who_came(sample: Sample, workshop: Workshop, told: dict[str, Any]) -> None:
    """Count who came: residents, and partners from each organisation in turn."""
    facilitator = sample.people["facilitator"]
    add_attendees(
        workshop=workshop,
        kind=Attendee.Kind.RESIDENT,
        count=told["residents"],
        by=facilitator,
    )
    bodies = told["partner_organisations"]
    counts: dict[str, int] = defaultdict(int)
    for place in range(told["partners"]):
        counts[bodies[place % len(bodies)]] += 1
    for slug, count in counts.items():
        add_attendees(
            workshop=workshop,
            kind=Attendee.Kind.PARTNER,
            count=count,
            organisation=sample.organisations[slug],
            by=facilitator,
        )


def propose_actions(
    sample: Sample,
    themes: dict[str, Theme],
    workshops: dict[str, Workshop],
    findings: dict[str, Finding],
) -> dict[int, Action]:
    """Write the 51 actions, in the words first put to the group. Returns them by number."""
    by_code: dict[str, list[Comment]] = defaultdict(list)
    for comment, said in sample.comments:
        for slug in said.codes:
            by_code[slug].append(comment)
    actions = {}
    for told in story("actions")["actions"]:
        action = propose_action(
            project=sample.project,
            theme=themes[told["theme"]],
            workshop=workshops[told["workshop"]],
            title=told["first_title"] if told["revised"] else told["title"],
            text=told["first_text"] if told["revised"] else told["text"],
            lead=sample.organisations[told["lead"]],
            supporting=[sample.organisations[slug] for slug in told["partners"]],
            timescale=told["timescale"],
            timescale_note=told["timescale_note"],
            number=told["number"],
            at=hour_of(workshops[told["workshop"]].date, 20),
            by=sample.people["facilitator"],
        )
        actions[told["number"]] = action
        _give_evidence(sample, action, told, by_code, findings[told["theme"]])
    return actions


def _give_evidence(
    sample: Sample,
    action: Action,
    told: dict[str, Any],
    by_code: dict[str, list[Comment]],
    finding: Finding,
) -> None:
    """Cite what an action answers: comments and notes on its subject, and the finding."""
    about = stems(" ".join([*told["title"].values(), *told["text"].values()]))
    coded = list(
        {comment.pk: comment for slug in told["codes"] for comment in by_code[slug]}.values()
    )
    close = [comment for comment in coded if about & stems(comment.text)]
    notes = list(Note.objects.filter(workshop=action.workshop))
    cite_evidence(
        action=action,
        comments=close if len(close) >= 12 else coded[:12],
        notes=[note for note in notes if about & stems(note.text)] or notes[:1],
        findings=[finding],
        at=hour_of(action.workshop.date, 20) if action.workshop else None,
        by=sample.people["facilitator"],
    )
