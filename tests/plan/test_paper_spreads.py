"""The plan on paper, at the scale of the sample: cards whole, feet under pages, contents true."""

import re
import subprocess
from collections.abc import Mapping

import pytest
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from coproduction.projects.models import Project
from plan.infographics.charts import chart_of_chapter
from plan.models import Edition
from plan.paper.pdf import write_pdf
from plan.paper.spreads import IDEA_ROWS_A_PAGE, in_pages, in_rows, spread_of
from plan.presentation.plan import Plan
from plan.queries.masking import mask_of
from plan.queries.published import present_edition
from plan.services.rendering import html_of_edition
from tests.copying import Original
from tests.plan.long_plan import Case, Write, full, short

pytestmark = pytest.mark.once
LANGUAGES = ("en", "cy")


def plain(words: object) -> str:
    """Return words without markup, one space apart, as pdftotext gives them back."""
    return " ".join(re.sub(r"<[^>]+>", " ", str(words)).replace("&#x27;", "'").split())


class Paper:
    """The sample's plan in one language, and the words on each page of its PDF."""

    def __init__(self, edition: Edition, language: str) -> None:
        """Draw it and read it back."""
        with translation.override(language):
            self.plan: Plan = present_edition(edition, mask_of(edition))
            self.not_yet = gettext("The lead has not given its word yet.")
            self.parts = [
                gettext("From the steering group"),
                gettext("How we listened"),
                gettext("What we couldn’t include, and why"),
                gettext("How we decided, and what happens next"),
                gettext("All figures and their sources"),
            ]
        content = write_pdf(html_of_edition(edition, language)).content
        read = subprocess.run(
            ["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True
        )
        self.pages = [plain(page) for page in read.stdout.decode().split("\f")[:-1]]

    def holding(self, words: object) -> list[int]:
        """Return the numbers of the pages that hold these words."""
        return [at for at, page in enumerate(self.pages, start=1) if plain(words) in page]


@pytest.fixture(scope="module")
def papers(
    first_sample: Original[Project], django_db_blocker: pytest.FixtureRequest
) -> Mapping[str, Paper]:
    """Draw the sample's plan once for all these tests, and leave nothing behind."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        edition = Edition.objects.get(project=first_sample.copy())
        drawn = {language: Paper(edition, language) for language in LANGUAGES}
        transaction.set_rollback(True)
    return drawn


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_card_is_split(papers: Mapping[str, Paper], language: str):
    """What a card begins with and what it ends with are on one page."""
    paper = papers[language]
    looked_at, uncommitted = 0, dict.fromkeys(range(1, len(paper.pages) + 1), 0)
    for action in paper.plan.actions:
        (page,) = paper.holding(action.text)
        assert page in paper.holding(action.title), action.number
        if action.commitment:
            assert page in paper.holding(f"“{plain(action.commitment)}”"), action.number
        if not action.committed_on:
            uncommitted[page] += 1
        looked_at += 1
    assert looked_at == 40
    told = {at: page.count(paper.not_yet) for at, page in enumerate(paper.pages, start=1)}
    assert told == uncommitted
    assert sum(told.values()) == 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_idea_is_split_or_stands_alone_on_a_page(papers: Mapping[str, Paper], language: str):
    paper = papers[language]
    pages = []
    for idea in paper.plan.not_taken_forward:
        (page,) = paper.holding(idea.reason)
        assert page in paper.holding(idea.title)
        pages.append(page)
    assert len(pages) == 11
    assert min(pages.count(page) for page in pages) > 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_says_at_its_foot_where_one_is(papers: Mapping[str, Paper], language: str):
    paper = papers[language]
    assert not paper.pages[0].endswith(" 1")
    names = [plain(chapter.name) for chapter in paper.plan.chapters]
    part = ""
    for at, page in enumerate(paper.pages[2:], start=3):
        found = [name for name in [*names, *paper.parts] if page.endswith(f" {name} {at}")]
        assert len(found) == 1, page[-80:]
        part = found[0]
    assert part == paper.parts[-1]
    assert paper.pages[1].endswith(" 2")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_lead_to_the_pages_where_things_begin(
    papers: Mapping[str, Paper], language: str
):
    paper = papers[language]
    contents, seen = paper.pages[1], 0
    for chapter in paper.plan.chapters:
        found = re.search(rf"{re.escape(plain(chapter.name))} .*?\d+.*? (\d+) ", contents)
        assert found, chapter.name
        opening = paper.pages[int(found[1]) - 1]
        assert plain(chapter.why)[:60] in opening, chapter.name
        seen += 1
    for part in paper.parts:
        found = re.search(rf"{re.escape(part)} (\d+) ", contents)
        assert found, part
        assert paper.pages[int(found[1]) - 1].startswith(part)
        seen += 1
    assert seen == 11


@pytest.mark.parametrize(
    ("ideas", "rows"), [(0, []), (1, [1]), (8, [4]), (9, [3, 2]), (11, [3, 3]), (18, [3, 3, 3])]
)
def test_ideas_are_shared_out_over_their_pages(ideas: int, rows: list[int]):
    found = Case(themes=1, actions=0, ideas=ideas).plan("en").not_taken_forward
    pages = in_pages(found)
    assert [len(page) for page in pages] == rows
    assert [idea for page in pages for row in page for idea in row.cards] == list(found)
    assert max(rows, default=0) <= IDEA_ROWS_A_PAGE


def test_a_long_action_has_the_width_to_itself_and_actions_keep_their_order():
    def write(of: str, most: int) -> str:
        return full(of, most) if of.startswith("text3q") else short(of, most)

    actions = Case(write=write, actions=6).plan("en").actions
    rows = in_rows(actions)
    assert [[one.number for one in row.cards] for row in rows] == [[1, 2], [3], [4, 5], [6]]
    assert [(row.is_wide, row.has_room) for row in rows] == [
        (False, False),
        (True, False),
        (False, False),
        (False, True),
    ]


@pytest.mark.parametrize("quotes", range(7))
@pytest.mark.parametrize("actions", range(5))
@pytest.mark.parametrize("write", [short, full])
def test_the_first_quotes_of_a_theme_are_shown_whatever_room_there_is(
    quotes: int, actions: int, write: Write
):
    plan = Case(write=write, quotes=quotes, actions=actions).plan("en")
    (chapter,) = plan.chapters
    spread = spread_of(chapter, chart_of_chapter(plan, chapter))
    shown = [*spread.quotes, *spread.more_quotes]
    assert shown == chapter.quotes[: len(shown)]
    assert min(quotes, 3) <= len(shown) <= min(quotes, 5)
    assert not (spread.quotes_beside and spread.quotes_below)
    assert bool(spread.more_quotes) == (spread.quotes_beside or spread.quotes_below)
    assert spread.has_more or (not actions and not spread.more_quotes)
