"""Reads figures off a project's pages: what each is of, where it stands, what is written there."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.test import Client

from coproduction.projects.models import Project
from engagements.models import Engagement, Question
from tests.overview.sweep.figures import Figure
from tests.overview.sweep.page import Page
from themes.models import Theme
from workshops.models import Workshop


class Printed(NamedTuple):
    """A figure, where it stands, and what is written there."""

    figure: Figure
    place: str
    text: str


def printed(
    page: Page, hook: str, figures: Sequence[Figure], texts: Sequence[str]
) -> list[Printed]:
    """Say what stands at a place of a page, one figure after the other."""
    assert len(figures) == len(texts), f"{page.path} {hook}: {texts} for {figures}"
    place = f"{page.path} {hook}"
    return [Printed(*each) for each in zip(figures, [place] * len(texts), texts, strict=True)]


class Printer:
    """Reads a project's pages, in the active language, at addresses that begin with ``prefix``."""

    def __init__(self, project: Project, client: Client, *, prefix: str = "") -> None:
        """Know what there is to read of."""
        self.project, self.client = project, client
        self.base = f"{prefix}/{project.slug}/"
        self.data = f"/{project.slug}/plan/"
        themes = list(Theme.objects.of(project).current().order_by("position", "pk"))
        self.themes = [each for each in themes if each.is_theme]
        self.codes = [each for each in themes if not each.is_theme]
        self.questions = [
            each for each in Question.objects.of(project) if each.comments.visible().exists()
        ]
        self.kinds = [each.kind for each in self.questions]
        self.names = {str(each): each.kind for each in Question.objects.of(project)}
        self.all_kinds = [each.kind for each in Question.objects.of(project)]

    def page(self, path: str) -> Page:
        """Open one of the project's pages."""
        return Page(self.client, f"{self.base}{path}")

    def named(self, records: Sequence[Theme | Workshop]) -> dict[str, str]:
        """Return the uuids of records by their names in the active language."""
        return {str(getattr(each, "title", None) or each.name): str(each.uuid) for each in records}

    def by_question(self, uuid: str, kinds: Sequence[str]) -> list[Figure]:
        """Name a theme's comments on each question."""
        return [("comments", uuid, kind) for kind in kinds]

    def events_table(self, page: Page, table: object, columns: Sequence[int]) -> Iterator[Printed]:
        """Read a table of occasions, with the people heard and the comments of each."""
        events = {each.title: str(each.uuid) for each in Engagement.objects.of(self.project)}
        for title, texts in page.rows(table):
            figures: list[Figure] = [("people", events[title]), ("comments", events[title])]
            yield from printed(page, "events", figures, [texts[at] for at in columns])
