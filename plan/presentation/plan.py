"""An edition as a reader meets it: what it froze, put into one language, with live quotes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from coproduction.languages.models import Translated
from coproduction.languages.templatetags.languages import in_language
from coproduction.projects.models import Project, TrailHead
from coproduction.projects.pages import url_for
from plan.edition.snapshot import Figures, FrozenQuestion, Snapshot
from plan.models import Correction, Edition
from plan.presentation.chapters import (
    Chapter,
    PublishedAction,
    present_action,
    present_chapter,
    present_quote,
)
from plan.presentation.text import Words, prose
from themes.models import Quote


@dataclass(frozen=True)
class Plan:
    """The whole plan, in the active language."""

    project: Project
    number: int | None
    title: Words
    published_on: date | None
    snapshot: Snapshot
    sections: Mapping[str, SafeString]
    chapters: Sequence[Chapter]
    actions: Sequence[PublishedAction]
    not_taken_forward: Sequence[PublishedAction]
    corrections: Sequence[Correction]
    # The head of the trail that the edition prints; none of a draft, or of an old edition.
    head: TrailHead | None = None

    @property
    def is_draft(self) -> bool:
        """Whether nobody has published it."""
        return self.number is None

    @property
    def figures(self) -> Figures:
        """The figures of the whole plan, as its snapshot froze them."""
        return self.snapshot.figures

    @property
    def questions(self) -> list[FrozenQuestion]:
        """The questions that anybody answered, in their order."""
        return [each for each in self.snapshot.questions if each.kind in self.figures.by_question]

    @property
    def every_lead_committed(self) -> bool:
        """Whether every lead has given its word."""
        return 0 < len(self.actions) == sum(bool(one.committed_on) for one in self.actions)

    def action(self, number: int) -> PublishedAction | None:
        """Return the action, or the idea not taken forward, of this number; or None."""
        every = [*self.actions, *self.not_taken_forward]
        return next((one for one in every if one.number == number), None)


def present_plan(
    project: Project,
    snapshot: Snapshot,
    *,
    quotes: Sequence[Quote],
    edition: Edition | None = None,
    corrections: Sequence[Correction] = (),
    changes: Mapping[str, str] | None = None,
    names: Mapping[str, Translated] | None = None,
) -> Plan:
    """Put what an edition froze into the active language, with the quotes that may be shown now.

    ``edition`` is None for a preview. ``changes`` says which actions have a newer wording by now;
    without it, what was known when it was frozen. ``names`` are those of organisations now, by
    uuid; without them they are called as they were.
    """
    shown = {str(quote.uuid): present_quote(quote) for quote in quotes}
    chapters = [
        present_chapter(project, number, theme, shown)
        for number, theme in enumerate(snapshot.themes, start=1)
    ]
    url = url_for(project, "plan:plan") if edition else ""
    known = (url, shown, changes, names or {})
    actions = [present_action(row, *known) for row in snapshot.actions]
    ideas = [present_action(row, *known) for row in snapshot.not_taken_forward]
    by_theme = {chapter.uuid: chapter for chapter in chapters}
    for one in [*actions, *ideas]:
        if chapter := by_theme.get(one.frozen.theme):
            one.chapter = chapter
            (chapter.actions if one.is_taken_forward else chapter.not_taken_forward).append(one)
    return Plan(
        project=project,
        number=edition.number if edition else None,
        title=in_language(edition.title if edition else project.name),
        published_on=edition.published_on if edition else None,
        snapshot=snapshot,
        sections={kind: prose(text) for kind, text in snapshot.texts.items()},
        chapters=chapters,
        actions=actions,
        not_taken_forward=ideas,
        corrections=corrections,
        head=edition.head if edition else None,
    )
