"""What the public reads of how much was heard: every page of everyone asks here, and the plan.

Once there is an edition, pages tell what was counted for it, until the next. Before that, and for
what came since, they tell it in steps.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from coproduction.projects.models import Project
from engagements.disclosure.over_time import (
    Line,
    read_lines,
    settle_line,
    settle_overlapping,
)
from engagements.disclosure.small_numbers import PublicCount
from engagements.models import Engagement, PublishedCounts, Question
from engagements.queries.counts import (
    count_engagements_held,
    heard_at_engagements,
    list_engagements_held,
    said_by_question,
)
from themes.models import Theme
from themes.queries.codebook import Codebook, codebook_of
from themes.queries.counts import count_said

PEOPLE, COMMENTS, QUESTIONS = "people", "comments", "questions"


def theme_line(uuid: UUID | str) -> str:
    """Name the line of a theme's comments, by question."""
    return f"theme:{uuid}"


def codes_line(uuid: UUID | str) -> str:
    """Name the line of a theme's comments, by code."""
    return f"codes:{uuid}"


def lines_published(project: Project) -> dict[str, Line]:
    """Return what was published last, by the names of its lines; one query."""
    last = PublishedCounts.objects.filter(project=project).first()
    return read_lines(last.lines) if last else {}


def lines_to_publish(
    project: Project,
    before: Mapping[str, Line],
    codebook: Codebook,
    held: Iterable[Any],
    asked: Sequence[tuple[Question, int]],
) -> dict[str, Line]:
    """Return what may be published now of what was heard, after what was published before.

    ``held`` are the engagements of ``engagements_held``, or of ``heard_at_engagements``; ``asked``
    what ``said_by_question`` says.
    """
    smallest, held = project.small_number, list(held)
    people = {str(each.uuid): each.people_heard for each in held}
    comments = {str(each.uuid): each.said_count for each in held}
    lines = {
        PEOPLE: settle_line(people, before.get(PEOPLE), smallest),
        COMMENTS: settle_line(comments, before.get(COMMENTS), smallest),
    }
    known = before[QUESTIONS].counted if QUESTIONS in before else {}
    lines[QUESTIONS] = questions = settle_line(
        {each.kind: count for each, count in asked if count or each.kind in known},
        before.get(QUESTIONS),
        smallest,
        adds_up_to=lines[COMMENTS].total,
    )
    kinds = {each.pk: each.kind for each, _count in asked}
    said = count_said(project)
    for theme in codebook.themes:
        exact = dict.fromkeys(questions.counted, 0)
        for question, count in said[theme.pk].by_question.items():
            exact[kinds[question]] += count
        name = theme_line(theme.uuid)
        line = settle_line(exact, before.get(name), smallest, part_of=questions)
        codes = {str(code.uuid): said[code.pk].total for code in codebook.codes_under(theme)}
        lines[name], name = line, codes_line(theme.uuid)
        lines[name] = settle_overlapping(codes, before.get(name), smallest, total=line.total)
    return lines


@dataclass(frozen=True)
class PublicEngagement:
    """An engagement, with how much was heard there as the public reads it."""

    engagement: Engagement
    people_heard: PublicCount
    comments: PublicCount


class PublicCounts:
    """What the public reads now of what was heard in a project."""

    def __init__(self, project: Project, codebook: Codebook | None = None) -> None:
        """Look up what was published last. ``codebook`` is the project's, where it is known."""
        self.project, self._codebook = project, codebook
        last = PublishedCounts.objects.filter(project=project).first()
        self._published = read_lines(last.lines) if last else {}
        # By which day what is told was counted; None where it is counted now, and told in steps.
        self.counted_on = last.counted_on if last else None

    @property
    def are_told(self) -> bool:
        """Whether anybody may read a number: the team said so, or published a plan with them."""
        return self.project.figures_are_public or self.counted_on is not None

    @cached_property
    def _in_steps(self) -> dict[str, Line]:
        """What was never published, in steps."""
        codebook = self._codebook or codebook_of(self.project)
        held, asked = heard_at_engagements(self.project), said_by_question(self.project)
        now = lines_to_publish(self.project, {}, codebook, held, asked)
        return {name: line.in_steps(self.project.small_number) for name, line in now.items()}

    def line(self, name: str) -> Line:
        """Return the line of this name; an empty one where there is nothing of it."""
        if name in self._published:
            return self._published[name]
        return self._in_steps.get(name, Line())

    @cached_property
    def engagement_count(self) -> int:
        """How many times people were met: nobody's secret."""
        return count_engagements_held(self.project)

    @property
    def people_heard(self) -> PublicCount:
        """How many people were heard in all."""
        return self.line(PEOPLE).whole

    @property
    def comments(self) -> PublicCount:
        """How many comments there are in all."""
        return self.line(COMMENTS).whole

    def engagements(self) -> QuerySet[Any]:
        """Return the engagements held, oldest first; ``told_of`` says what was heard at them."""
        return list_engagements_held(self.project)

    def told_of(self, engagements: Iterable[Engagement]) -> list[PublicEngagement]:
        """Say of some engagements how much was heard there."""
        people, comments = self.line(PEOPLE), self.line(COMMENTS)
        return [
            PublicEngagement(each, people.of(str(each.uuid)), comments.of(str(each.uuid)))
            for each in engagements
        ]

    def by_question(
        self, questions: Sequence[Question], theme: Theme | None = None
    ) -> list[tuple[Question, PublicCount]]:
        """Return comments by question, of all or of a theme.

        A question without an answer is left out where that may be said.
        """
        line = self.line(theme_line(theme.uuid) if theme else QUESTIONS)
        told = [(each, line.told.get(each.kind)) for each in questions]
        return [(each, count) for each, count in told if count]

    def of_theme(self, theme: Theme) -> PublicCount:
        """Return how many comments a theme has."""
        return self.line(theme_line(theme.uuid)).whole

    def by_code(self, theme: Theme, codes: Sequence[Theme]) -> list[tuple[Theme, PublicCount]]:
        """Return a theme's codes with their comments, the most used first.

        Those kept back come last in the codebook's order, which tells nothing of their size.
        """
        line = self.line(codes_line(theme.uuid))
        told = [(code, line.of(str(code.uuid))) for code in codes]
        return sorted(told, key=lambda row: (row[1].value is None, -(row[1].value or 0)))
