"""The golden thread forward from an event: what came of an engagement or of a workshop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from coproduction.languages.templatetags.languages import in_language, with_lang
from engagements.disclosure.small_numbers import PublicCount
from engagements.models import Method
from plan.presentation.chapters import Chapter, PublishedAction
from plan.presentation.plan import Plan
from plan.presentation.text import Words
from workshops.models import Note


@dataclass(frozen=True)
class PublishedEvent:
    """An engagement or a workshop as an edition froze it, and the actions that it led to."""

    title: Words
    date: date
    place: str
    facts: Sequence[tuple[str, PublicCount | str]]
    actions: Sequence[PublishedAction]
    not_taken_forward: Sequence[PublishedAction]
    chapter: Chapter | None = None
    notes: Sequence[Note] = ()

    @property
    def keeps_back(self) -> bool:
        """Whether one of its numbers is small, or not shown because of one."""
        counts = [value for _label, value in self.facts if isinstance(value, PublicCount)]
        return not all(count.is_number for count in counts)


def published_engagement(plan: Plan, uuid: str) -> PublishedEvent | None:
    """Return an engagement of the plan with what it led to, or None."""
    row = next((row for row in plan.snapshot.engagements if row.uuid == uuid), None)
    if row is None:
        return None
    return PublishedEvent(
        title=with_lang(row.title, plan.project.languages[0]),
        date=row.date,
        place=row.place,
        facts=[
            (_("How"), str(Method(row.method).label)),
            (_("People heard"), row.people),
            (_("Comments"), row.comments),
        ],
        actions=[one for one in plan.actions if uuid in one.frozen.thread.engagements],
        not_taken_forward=[
            one for one in plan.not_taken_forward if uuid in one.frozen.thread.engagements
        ],
    )


def published_workshop(plan: Plan, uuid: str, notes: Sequence[Note]) -> PublishedEvent | None:
    """Return a workshop of the plan with what it led to, or None; ``notes`` are read live."""
    row = next((row for row in plan.snapshot.workshops if row.uuid == uuid), None)
    if row is None:
        return None
    return PublishedEvent(
        title=in_language(row.title),
        date=row.date,
        place=row.place,
        facts=[
            (_("Residents"), PublicCount(row.residents)),
            (_("Partners"), PublicCount(row.partners)),
            (_("Notes"), PublicCount(row.notes)),
        ],
        actions=[one for one in plan.actions if uuid in one.frozen.thread.workshops],
        not_taken_forward=[
            one for one in plan.not_taken_forward if uuid in one.frozen.thread.workshops
        ],
        chapter=next((one for one in plan.chapters if one.uuid == row.theme), None),
        notes=[note for note in notes if str(note.workshop.uuid) == uuid],
    )
