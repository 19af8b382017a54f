"""The events of the plan, engagements and workshops, and the golden thread forward from each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from coproduction.languages.templatetags.languages import in_language, with_lang
from coproduction.projects.pages import url_for
from engagements.disclosure.small_numbers import PublicCount
from engagements.models import Method
from plan.edition.snapshot import FrozenEngagement, FrozenWorkshop
from plan.presentation.chapters import Chapter, PublishedAction
from plan.presentation.plan import Plan
from plan.presentation.text import Words
from workshops.models import Note


@dataclass(frozen=True)
class PublishedEvent:
    """An engagement or a workshop as an edition froze it; ``facts`` are what is counted there."""

    plan: Plan = field(repr=False)
    frozen: FrozenEngagement | FrozenWorkshop
    title: Words
    url: str
    facts: Sequence[tuple[str, PublicCount]]
    method: str = ""
    # What everyone may read now of what was written down there.
    notes: Sequence[Note] = ()

    @property
    def actions(self) -> list[PublishedAction]:
        """The plan's actions that cite what was said or noted there."""
        return self._led_to(self.plan.actions)

    @property
    def not_taken_forward(self) -> list[PublishedAction]:
        """The ideas not taken forward that cite what was said or noted there."""
        return self._led_to(self.plan.not_taken_forward)

    def _led_to(self, ideas: Sequence[PublishedAction]) -> list[PublishedAction]:
        """List those of these that rest on it."""
        threads = [(idea, idea.frozen.thread) for idea in ideas]
        uuid = self.frozen.uuid
        return [idea for idea, at in threads if uuid in at.engagements or uuid in at.workshops]

    @property
    def chapter(self) -> Chapter | None:
        """The theme of a workshop."""
        theme = self.frozen.theme if isinstance(self.frozen, FrozenWorkshop) else ""
        return next((one for one in self.plan.chapters if one.uuid == theme), None)

    @property
    def keeps_back(self) -> bool:
        """Whether one of its numbers is small, or not shown because of one."""
        return not all(count.is_number for _label, count in self.facts)


def engagements_of(plan: Plan) -> list[PublishedEvent]:
    """List the engagements of a plan, oldest first."""
    return [
        PublishedEvent(
            plan,
            row,
            title=with_lang(row.title, plan.project.languages[0]),
            url=url_for(plan.project, "plan:event", uuid=row.uuid),
            method=str(Method(row.method).label),
            facts=[(_("People heard"), row.people), (_("Comments"), row.comments)],
        )
        for row in plan.snapshot.engagements
    ]


def workshops_of(plan: Plan, notes: Sequence[Note] = ()) -> list[PublishedEvent]:
    """List the workshops of a plan, oldest first, each with those of ``notes`` made there."""
    return [
        PublishedEvent(
            plan,
            row,
            title=in_language(row.title),
            url=url_for(plan.project, "plan:workshop", uuid=row.uuid),
            facts=[
                (_("Residents"), PublicCount(row.residents)),
                (_("Partners"), PublicCount(row.partners)),
                (_("Notes"), PublicCount(row.notes)),
            ],
            notes=[note for note in notes if str(note.workshop.uuid) == row.uuid],
        )
        for row in plan.snapshot.workshops
    ]
