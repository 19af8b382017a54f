"""The golden thread forward from a place: what came of an occasion or of a workshop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from engagements.models import Method
from plan.counts import Count, count_of
from plan.reading import Chapter, Plan, Promise, Row, Words, words
from workshops.models import Note


@dataclass(frozen=True)
class Place:
    """An occasion or a workshop as an edition froze it, and the actions that it led to."""

    title: Words
    date: date
    place: str
    facts: Sequence[tuple[str, Count | str]]
    promises: Sequence[Promise]
    turned_down: Sequence[Promise]
    chapter: Chapter | None = None
    notes: Sequence[Note] = ()

    @property
    def keeps_back(self) -> bool:
        """Whether one of its numbers is small, or not shown because of one."""
        return any(isinstance(told, Count) and not told.is_shown for _label, told in self.facts)


def event_of(plan: Plan, uuid: str) -> Place | None:
    """Return an occasion of the plan with what it led to, or None."""
    for at, row in enumerate(plan.snapshot["engagements"]):
        if row["uuid"] == uuid:
            return Place(
                title=row["title"],
                date=date.fromisoformat(row["date"]),
                place=row["place"],
                facts=[
                    (_("How"), str(Method(row["method"]).label)),
                    (_("People heard"), count_of(row["people"])),
                    (_("Comments"), count_of(row["comments"])),
                ],
                promises=[one for one in plan.promises if at in one.thread["engagements"]],
                turned_down=[one for one in plan.turned_down if at in one.thread["engagements"]],
            )
    return None


def workshop_of(plan: Plan, uuid: str, notes: Sequence[Note]) -> Place | None:
    """Return a workshop of the plan with what it led to, or None; ``notes`` are read live."""
    row: Row | None = next((row for row in plan.snapshot["workshops"] if row["uuid"] == uuid), None)
    if row is None:
        return None
    return Place(
        title=words(row["title"]),
        date=date.fromisoformat(row["date"]),
        place=row["place"],
        facts=[
            (_("Residents"), Count(row["residents"])),
            (_("Partners"), Count(row["partners"])),
            (_("Notes"), Count(row["notes"])),
        ],
        promises=[one for one in plan.promises if uuid in one.thread["workshops"]],
        turned_down=[one for one in plan.turned_down if uuid in one.thread["workshops"]],
        chapter=next((one for one in plan.chapters if one.uuid == row["theme"]), None),
        notes=[note for note in notes if str(note.workshop.uuid) == uuid],
    )
