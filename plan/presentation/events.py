"""The golden thread forward from a place: what came of an occasion or of a workshop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from coproduction.languages.templatetags.languages import with_lang
from engagements.disclosure.small_numbers import PublicCount
from engagements.models import Method
from plan.presentation.plan import Chapter, Plan, PublishedAction, Row, Words, words
from workshops.models import Note


@dataclass(frozen=True)
class PublishedEvent:
    """An occasion or a workshop as an edition froze it, and the actions that it led to."""

    title: Words
    date: date
    place: str
    facts: Sequence[tuple[str, PublicCount | str]]
    promises: Sequence[PublishedAction]
    turned_down: Sequence[PublishedAction]
    chapter: Chapter | None = None
    notes: Sequence[Note] = ()

    @property
    def keeps_back(self) -> bool:
        """Whether one of its numbers is small, or not shown because of one."""
        return any(
            isinstance(told, PublicCount) and not told.is_number for _label, told in self.facts
        )


def published_engagement(plan: Plan, uuid: str) -> PublishedEvent | None:
    """Return an occasion of the plan with what it led to, or None."""
    for at, row in enumerate(plan.snapshot["engagements"]):
        if row["uuid"] == uuid:
            return PublishedEvent(
                title=with_lang(row["title"], plan.project.languages[0]),
                date=date.fromisoformat(row["date"]),
                place=row["place"],
                facts=[
                    (_("How"), str(Method(row["method"]).label)),
                    (_("People heard"), PublicCount.read(row["people"])),
                    (_("Comments"), PublicCount.read(row["comments"])),
                ],
                promises=[one for one in plan.promises if at in one.thread["engagements"]],
                turned_down=[one for one in plan.turned_down if at in one.thread["engagements"]],
            )
    return None


def published_workshop(plan: Plan, uuid: str, notes: Sequence[Note]) -> PublishedEvent | None:
    """Return a workshop of the plan with what it led to, or None; ``notes`` are read live."""
    row: Row | None = next((row for row in plan.snapshot["workshops"] if row["uuid"] == uuid), None)
    if row is None:
        return None
    return PublishedEvent(
        title=words(row["title"]),
        date=date.fromisoformat(row["date"]),
        place=row["place"],
        facts=[
            (_("Residents"), PublicCount(row["residents"])),
            (_("Partners"), PublicCount(row["partners"])),
            (_("Notes"), PublicCount(row["notes"])),
        ],
        promises=[one for one in plan.promises if uuid in one.thread["workshops"]],
        turned_down=[one for one in plan.turned_down if uuid in one.thread["workshops"]],
        chapter=next((one for one in plan.chapters if one.uuid == row["theme"]), None),
        notes=[note for note in notes if str(note.workshop.uuid) == uuid],
    )
