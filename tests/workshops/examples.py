"""One of each object of workshops, and what its addresses take."""

import datetime
from typing import Any

from coproduction.projects.services.organisation import add_organisation
from tests.workshops.material import add_note
from workshops.models import Timescale
from workshops.services.action import propose_action
from workshops.services.attendee import add_attendees
from workshops.services.evidence import cite_evidence
from workshops.services.workshop import plan_workshop


def make(world: Any) -> dict[str, dict[str, Any]]:
    """Make one of each through the services; return {URL name: what it takes}."""
    body = world.things.get("organisation") or add_organisation(
        project=world.project,
        name={"en": f"Friends of {world.key}", "cy": f"Cyfeillion {world.key}"},
        sector="community_group",
        by=world.coordinator,
    )
    workshop = plan_workshop(
        project=world.project,
        title={"en": f"Evening at {world.key}", "cy": f"Noson yn {world.key}"},
        theme=world.things["theme"],
        date=datetime.date(2024, 2, 20),
        place="The hall",
        purpose="To turn what was heard into actions.",
        tables=2,
        by=world.facilitator,
    )
    table = workshop.tables.get(number=1)
    add_attendees(workshop=workshop, kind="resident", count=3, table=table, by=world.facilitator)
    note = add_note(
        workshop=workshop,
        table=table,
        kind="disagreement",
        text="Dogs on leads.\nDogs free before ten.",
        language="en",
        by=world.facilitator,
    )
    action = propose_action(
        project=world.project,
        theme=world.things["theme"],
        workshop=workshop,
        title={"en": "Mend the park", "cy": "Trwsio'r parc"},
        text={"en": "New swings go in.", "cy": "Bydd siglenni newydd."},
        timescale=Timescale.WITHIN_1_YEAR,
        timescale_note={"en": "By June", "cy": "Erbyn Mehefin"},
        lead=body,
        by=world.facilitator,
    )
    comments = [world.things["comment"]] if "comment" in world.things else []
    cite_evidence(action=action, comments=comments, notes=[note], by=world.facilitator)
    wording = action.wordings.get()
    world.things |= {"workshop": workshop, "table": table, "action": action, "wording": wording}
    names = {
        "workshop": [
            "workshop",
            "workshop_call_off",
            "workshop_change",
            "workshop_revive",
            "theme_pack",
            "attendees",
            "attendees_remove",
            "tables",
            "notes_undo",
            "notes_restore",
        ],
        "table": ["table", "table_host"],
        "note": ["note_change"],
        "action": [
            "action",
            "action_reword",
            "action_move",
            "evidence_choose",
            "evidence_cite",
            "evidence_uncite",
        ],
        "wording": ["wording_translate"],
    }
    made = {
        "workshop": workshop,
        "table": table,
        "note": note,
        "action": action,
        "wording": wording,
    }
    return {
        f"workshops:{name}": {"uuid": made[thing].uuid}
        for thing, pages in names.items()
        for name in pages
    }
