"""A fourth and a fifth question, added in the browser, are in every place where questions are."""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from engagements.models import Comment, Engagement, ImportBatch, Question
from engagements.services.import_batch import run_import
from engagements.services.survey import open_survey
from tests.browser.looking import axe
from tests.browser.story.publishing import pdf_text
from tests.cast import make_project
from tests.plan.story import Story, make_story
from tests.themes.comments import make_comments
from themes.services.coding import code_comment

# So many of each are pasted that no count of them is too small to be published.
PASTED = 12


@dataclass(frozen=True)
class Added:
    """A question as the co-ordinator words it."""

    kind: str
    name: tuple[str, str]
    wording: tuple[str, str]
    symbol: str


FOURTH = Added(
    "getting-about",
    ("Getting about", "Mynd o le i le"),
    ("How do you get about?", "Sut ydych chi'n mynd o le i le?"),
    "Berry cross",
)
FIFTH = Added(
    "play",
    ("Play", "Chwarae"),
    ("Where do children play?", "Ble mae plant yn chwarae?"),
    "Sky hexagon",
)
BOTH = (FOURTH, FIFTH)


@dataclass
class Search:
    """The co-ordinator's browser, a story to publish, and where the questions were found."""

    page: Page
    story: Story
    folder: Path
    found: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Open one of the project's pages, and look for barriers."""
        self.page.goto(f"/bryn/{path}")
        axe(self.page)

    def press(self, name: str) -> None:
        """Press a button of the page."""
        self.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()

    def said(self, added: Added) -> list[Comment]:
        """Return what was said to a question."""
        return list(Comment.objects.visible().filter(question__kind=added.kind))

    @property
    def engagement(self) -> Engagement:
        """The occasion of the story."""
        engagement: Engagement = self.story.swings.engagement
        return engagement


@pytest.mark.django_db(transaction=True)
def test_a_fourth_and_a_fifth_question_are_found_in_every_place(
    page: Page,
    sign_in: Callable[[Page, str], None],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    search = Search(page, make_story(make_project("bryn", "Bryn")), tmp_path)
    sign_in(page, search.story.coordinator.email)
    add_in_the_browser(search)
    say_something(search)
    code_and_publish(search)
    for place in (theming, what_we_heard, comment_filters, plan_page, paper, open_data):
        place(search)
    with capsys.disabled():
        print(f"\n{len(search.found)} places have both new questions: {', '.join(search.found)}")
    assert len(search.found) == len(set(search.found)) >= 11


def add_in_the_browser(search: Search) -> None:
    """Add both, with the keyboard alone once the page is open."""
    page = search.page
    for added in BOTH:
        search.open("engagements/questions/")
        page.get_by_role("link", name="Add a question").press("Enter")
        for label, texts in (("Short name", added.name), ("How you will ask it", added.wording)):
            boxes = page.get_by_role("group", name=label)
            for language, text in zip(("English", "Cymraeg"), texts, strict=True):
                boxes.get_by_label(language).press_sequentially(text)
        symbol = page.get_by_label(added.symbol)
        symbol.press("Space")
        expect(symbol).to_be_checked()
        axe(page)
        page.get_by_label(added.symbol).press("Enter")
        expect(page.get_by_text("The question is added.")).to_be_visible()
        expect(page.get_by_role("heading", level=2, name=added.name[0])).to_be_visible()
    rows = Question.objects.of(search.story.project).asked()
    assert [each.kind for each in rows] == ["asset", "need", "change", "getting-about", "play"]


def say_something(search: Search) -> None:
    """Answer both in the survey, type, paste and bring in: each way counts up."""
    for way in (survey, typing, pasting, import_page, import_command):
        before = [len(search.said(added)) for added in BOTH]
        way(search)
        after = [len(search.said(added)) for added in BOTH]
        assert all(now > then for now, then in zip(after, before, strict=True)), way.__name__


def survey(search: Search) -> None:
    """The survey asks both, in the language of its page."""
    open_survey(
        project=search.story.project,
        engagement=search.engagement,
        slug="tell-us",
        title={"en": "Tell us", "cy": "Dywedwch"},
        by=search.story.coordinator,
    )
    search.page.goto("/cy/bryn/tell-us/tell-us/")
    for added in BOTH:
        expect(search.page.get_by_label(added.wording[1])).to_be_visible()
    search.open("tell-us/tell-us/")
    for added in BOTH:
        search.page.get_by_label(added.wording[0]).fill(f"On foot, {added.kind}")
    search.press("Send my answers")
    expect(search.page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    search.found.append("survey")


def typing(search: Search) -> None:
    """Both are offered where one comment is typed."""
    for added in BOTH:
        search.open(f"engagements/{search.engagement.uuid}/type/")
        search.page.get_by_label("What they said, in their own words").fill(f"By bus, {added.kind}")
        search.page.get_by_label(added.name[0]).check()
        search.press("Keep the comment")
        expect(search.page.get_by_text(f"By bus, {added.kind}")).to_be_visible()
    search.found.append("typing")


def pasting(search: Search) -> None:
    """Both are offered where many comments are pasted."""
    for added in BOTH:
        lines = [f"Somewhere new, {added.kind} {number}" for number in range(PASTED)]
        search.open(f"engagements/{search.engagement.uuid}/paste/")
        search.page.get_by_label("Comments, one on each line").fill("\n".join(lines))
        search.page.get_by_label(added.name[0]).check()
        search.press("Show me how they will be kept")
        search.press("Keep these comments")
        expect(search.page.get_by_text("Print slips with codes")).to_be_visible()
    search.found.append("pasting")


def import_page(search: Search) -> None:
    """A column named as a question is guessed to hold its answers."""
    file = search.folder / "by_page.csv"
    headings = ",".join(added.name[0] for added in BOTH)
    file.write_text(f"{headings}\nA cycle path,A climbing frame\n")
    search.open(f"engagements/{search.engagement.uuid}/import/")
    search.page.get_by_label("Excel or CSV file").set_input_files(file)
    search.press("Read the file")
    search.page.get_by_role("link", name="Go on").click()
    for added in BOTH:
        choice = search.page.get_by_label(added.name[0], exact=True).first
        assert choice.locator("option:checked").inner_text() == f"Comments on “{added.name[0]}”"
    search.press("See how the rows come in")
    search.press("Bring the rows in")
    expect(search.page.get_by_role("heading", level=1)).to_contain_text("by_page.csv")
    run_import(batch=ImportBatch.objects.get(file_name="by_page.csv"))
    search.found.append("import in the browser")


def import_command(search: Search) -> None:
    """The command takes both codes, as the question of a file and of a column."""
    file = search.folder / "by_command.csv"
    file.write_text("Said,Where\nA safer crossing,In the woods\n")
    call_command(
        "import_comments",
        str(file),
        project="bryn",
        engagement=search.engagement.title,
        question=FOURTH.kind,
        map=["text=Said", f"{FIFTH.kind}=Where"],
        stdout=StringIO(),
    )
    search.found.append("import by command")


def code_and_publish(search: Search) -> None:
    """Give everything a code, let an action rest on it, and publish: no question has few."""
    story = search.story
    for kind in ("asset", "need", "change"):
        more = [f"Benches, {kind} {number}" for number in range(PASTED)]
        story.cite(story.mend, *make_comments(story.project, *more, kind=kind))
    for added in BOTH:
        comments = search.said(added)
        for comment in comments:
            code_comment(comment=comment, codes=[story.code], by=story.analyst)
        story.cite(story.mend, *comments)
    story.publish()


def theming(search: Search) -> None:
    """The queue can be narrowed to both; the numbers have a column and a colour for each."""
    page, theme = search.page, search.story.theme
    search.open("themes/counts/")
    for added in BOTH:
        expect(page.get_by_role("columnheader", name=added.name[0])).to_have_count(2)
        cell = page.locator(f"a[href*='{theme.uuid}/?question=']").filter(
            has_text=str(len(search.said(added)))
        )
        expect(cell.first).to_be_visible()
        expect(page.locator("svg text", has_text=added.name[0]).first).to_be_attached()
    search.found += ["theming counts", "theming chart"]
    search.open(f"themes/{theme.uuid}/")
    for added in BOTH:
        assert added.name[0] in page.get_by_role("main").inner_text()
    search.found.append("theme page")


def what_we_heard(search: Search) -> None:
    """The public page of a theme counts both, in both languages."""
    for number, prefix in enumerate(("", "/cy")):
        search.page.goto(f"{prefix}/bryn/what-we-heard/themes/{search.story.theme.uuid}/")
        axe(search.page)
        for added in BOTH:
            assert added.wording[number] in search.page.get_by_role("main").inner_text()
    search.found.append("what we heard")


def comment_filters(search: Search) -> None:
    """The list of comments can be narrowed to either."""
    for added in BOTH:
        search.open("engagements/comments/")
        # How many each leaves stands beside its name once that is counted.
        choice = search.page.get_by_label("About").locator("option", has_text=added.name[0])
        search.page.get_by_label("About").select_option(value=choice.get_attribute("value"))
        search.press("Show")
        shown = search.page.get_by_text(f"{len(search.said(added))} comments", exact=True)
        expect(shown).to_be_visible()
    search.found.append("comment filters")


def plan_page(search: Search) -> None:
    """The plan draws both in its charts, and an action's page counts them."""
    for number, prefix in enumerate(("", "/cy")):
        for path, place in (("plan/", "plan page"), ("plan/actions/1/", "action page")):
            search.page.goto(f"{prefix}/bryn/{path}")
            axe(search.page)
            for added in BOTH:
                assert added.name[number] in search.page.content(), (path, added.name[number])
            if place not in search.found:
                search.found.append(place)


def paper(search: Search) -> None:
    """The PDF has both in both languages."""
    for number, language in enumerate(("en", "cy")):
        out = search.folder / f"{language}.pdf"
        call_command("render_plan", "bryn", out=str(out), language=language, stdout=StringIO())
        words = pdf_text(out.read_bytes(), search.folder)
        for added in BOTH if words else ():
            assert added.name[number] in words
    search.found.append("PDF")


def open_data(search: Search) -> None:
    """The open data has both by their codes, in the JSON and in the spreadsheet."""
    get = search.page.request.get
    plan = json.loads(get("/bryn/plan/plan.json").body())
    names = {each["kind"]: each["name"] for each in plan["questions"]}
    text = get("/bryn/plan/actions.csv").body().decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text, newline="")))
    for added in BOTH:
        count = len(search.said(added))
        assert names[added.kind] == dict(zip(("en", "cy"), added.name, strict=True))
        assert plan["figures"]["by_question"][added.kind] == count
        # The action rests on nearly all there is: that the rest is few is not told.
        assert rows[0][f"comments_{added.kind}"] == ""
    search.found += ["plan.json", "actions.csv"]
