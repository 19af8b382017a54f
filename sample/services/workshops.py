"""Loading Bryncoed's seven workshops and the actions they proposed, with their evidence."""

from typing import Any

from coproduction.projects.models import Organisation
from sample.services.listening import Sample
from sample.story.reading import chapter, hour_of
from themes.models import Finding, Theme
from workshops.models import Action, Attendee, Workshop
from workshops.services.action import propose_action
from workshops.services.attendee import add_attendees
from workshops.services.evidence import cite_evidence
from workshops.services.note import NewNote, add_notes
from workshops.services.workshop import plan_workshop


def hold_workshops(sample: Sample, themes: dict[str, Theme]) -> dict[str, Workshop]:
    """Hold the workshops: who came, and what the tables wrote. Returns them by slug."""
    facilitator = sample.people["facilitator"]
    workshops = {}
    for about in chapter("workshops")["workshops"]:
        workshop = workshops[about["slug"]] = plan_workshop(
            project=sample.project,
            title=about["title"],
            theme=themes[about["theme"]],
            place=about["place"],
            date=about["date"],
            purpose=about["purpose"],
            tables=about["tables"],
            by=facilitator,
        )
        came: list[tuple[str, int, Organisation | None]] = [
            (Attendee.Kind.RESIDENT, about["residents"], None),
            *(
                (Attendee.Kind.PARTNER, count, sample.organisations[slug])
                for slug, count in about["partners"].items()
            ),
        ]
        for kind, count, organisation in came:
            add_attendees(
                workshop=workshop, kind=kind, count=count, organisation=organisation, by=facilitator
            )
        tables = {table.number: table for table in workshop.tables.all()}
        notes = about["notes"]
        cited_by = [note.pop("actions", []) for note in notes]
        added = add_notes(
            workshop=workshop,
            notes=[
                NewNote(**note | {"table": tables[note["table"]]}, may_be_read_by_all=True)
                for note in notes
            ],
            by=facilitator,
        )
        for note, numbers in zip(added, cited_by, strict=True):
            for number in numbers:
                sample.notes[number].append(note)
    return workshops


def promise_of(sample: Sample, about: dict[str, Any]) -> dict[str, Any]:
    """Return what an action of the story promises, as the services take it."""
    return {
        "title": about["title"],
        "text": about["text"],
        "lead": sample.organisations[about["lead"]],
        "supporting": [sample.organisations[slug] for slug in about["partners"]],
        "timescale": about["timescale"],
        "timescale_note": about["timescale_note"],
    }


def propose_actions(
    sample: Sample,
    themes: dict[str, Theme],
    workshops: dict[str, Workshop],
    findings: dict[str, Finding],
) -> dict[int, Action]:
    """Write the 51 actions, in the words first put to the group. Returns them by number."""
    facilitator = sample.people["facilitator"]
    actions = {}
    for about in chapter("actions")["actions"]:
        workshop, number = workshops[about["workshop"]], about["number"]
        action = actions[number] = propose_action(
            project=sample.project,
            theme=themes[about["theme"]],
            workshop=workshop,
            number=number,
            at=hour_of(workshop.date, 20),
            by=facilitator,
            **promise_of(sample, about)
            | {key: about[f"first_{key}"] for key in ("title", "text") if about["revised"]},
        )
        cite_evidence(
            action=action,
            comments=[comment for comment, saying in sample.comments if number in saying.actions],
            notes=sample.notes[number],
            findings=[findings[about["theme"]]],
            at=hour_of(workshop.date, 20),
            by=facilitator,
        )
    return actions
