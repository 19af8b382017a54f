"""Five questions with names as long as they may be fit the pages, on a phone and at a desk."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engagements.models import Comment, Question
from engagements.services.question import add_question, change_question
from plan.edition.format import write
from plan.models import Edition
from plan.queries.freezing import snapshot_of
from tests.architecture.examples import World
from tests.architecture.walk import ADDRESSES
from tests.browser.looking import DESKTOP, PHONE, axe, crossed_labels, sticking_out
from tests.browser.test_pages import whose
from tests.themes.comments import make_comments
from themes.services.coding import code_comment

# Forty letters are the most that a short name may have; some words are long as well.
NAMES = (
    ("What we have and would not want to lose", "Beth sydd gyda ni na fyddem am ei golli"),
    ("What we need, whatever it may take us", "Beth sydd ei angen arnom ni yn ein bro"),
    ("What should change in how we are served", "Beth ddylai newid yn ein gwasanaethau ni"),
    ("Getting around without a car of your own", "Symud o gwmpas yn annibynnol heb gerbyd"),
    ("Opportunities for intergenerational work", "Cyfleoedd gwrthgymdeithasol rhyngwladol"),
)
# Every page that names questions: in a table, a chart, a filter, a form.
PAGES = (
    *("engagements:questions", "engagements:question_change", "engagements:engagement"),
    *("themes:comment_list", "engagements:comment", "engagements:comment_correct"),
    *("engagements:submission_type", "engagements:submission_paste", "engagements:survey"),
    *("engagements:engagement_slips", "engagements:import_start", "engagements:import_map"),
    "engagements:import_layout",
    *("themes:theme_tree", "themes:theme_counts", "themes:theme", "themes:coding"),
    *("themes:what_we_heard", "themes:what_we_heard_theme", "themes:what_we_heard_engagements"),
    *("workshops:theme_pack", "workshops:evidence_choose", "workshops:action"),
    *("steering:action_status", "steering:round"),
    *("plan:plan", "plan:action", "plan:theme", "plan:event", "plan:figures", "plan:printable"),
    *("plan:preview", "plan:editor", "plan:follow_receipt", "overview:team"),
)
BY_NAME = {address.name: address for address in ADDRESSES}
# Numbers that stand under a chart are read too.
OPEN = "document.querySelectorAll('main details').forEach(each => { each.open = true })"


@pytest.fixture(scope="module", autouse=True)
def asked(site) -> list[Question]:
    """Ask five, have each answered often enough to be printed, and put all into the plan."""
    world: World = site.world
    project, by = world.project, world.coordinator
    rows = {each.kind: each for each in Question.objects.of(project)}
    for kind, name in zip(("asset", "need", "change"), NAMES, strict=False):
        named = {"name": dict(zip(("en", "cy"), name, strict=True)), "symbol": rows[kind].symbol}
        change_question(question=rows[kind], wording={"en": f"{name[0]}?"}, by=by, **named)
    for english, welsh in NAMES[3:]:
        words = {"en": english, "cy": welsh}
        add_question(project=project, name=words, wording=words, by=by)
    questions = list(Question.objects.of(project).asked())
    for question in questions:
        texts = [f"About {question.kind}, number {number}" for number in range(12)]
        for comment in make_comments(project, *texts, kind=question.kind):
            code_comment(comment=comment, codes=[world.things["code"]], by=world.analyst)
    Edition.objects.create(
        project=project,
        number=2,
        title=world.things["edition"].title,
        snapshot=write(snapshot_of(project)),
        by=world.editor,
    )
    return questions


def too_wide(page: Page) -> list[str]:
    """Return what sticks out of a phone or a desk, or is written over something else."""
    page.evaluate(OPEN)
    wide = [each for size in (PHONE, DESKTOP) for each in sticking_out(page, size["width"])]
    return wide + crossed_labels(page)


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("name", PAGES)
def test_it_fits(site, name: str, language: str) -> None:
    address = BY_NAME[name]
    page, problems = site.page_of(whose(address, site.world))
    page.goto(address.url(site.world.kwargs(name), language))
    wrong = too_wide(page)
    assert not wrong + problems, "\n".join([page.url, *wrong, *problems])


def test_the_questions_are_there_to_be_measured(site, asked: list[Question]) -> None:
    shown = 0
    for name in (
        "themes:theme_counts",
        "plan:plan",
        "plan:printable",
        "themes:what_we_heard_theme",
    ):
        page, _problems = site.page_of(whose(BY_NAME[name], site.world))
        page.goto(BY_NAME[name].url(site.world.kwargs(name)))
        page.evaluate(OPEN)
        words = page.locator("body").inner_text()
        shown += all(each.label.text("en") in words for each in asked)
    assert shown >= 3
    assert all(Comment.objects.filter(question=each).count() >= 12 for each in asked)


def test_a_table_wider_than_its_place_is_reached_and_moved_by_the_keyboard(site) -> None:
    page, _problems = site.page_of(whose(BY_NAME["themes:theme_counts"], site.world))
    page.set_viewport_size(PHONE)
    page.goto(BY_NAME["themes:theme_counts"].url(site.world.kwargs("themes:theme_counts")))
    wide = page.locator(".table-wrap").first
    assert wide.get_attribute("aria-label")
    # Names are broken where they must be, so it takes more columns than a project has.
    wide.locator("table").evaluate("each => { each.style.minWidth = '60rem'; }")
    wide.focus()
    expect(wide).to_be_focused()
    before = wide.evaluate("each => each.scrollLeft")
    assert wide.evaluate("each => each.scrollWidth > each.clientWidth")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("x => document.querySelector('.table-wrap').scrollLeft > x", arg=before)
    axe(page)


def test_a_row_of_a_file_that_answers_several_questions_says_which_is_which(
    site, tmp_path: Path, asked: list[Question]
) -> None:
    """Label and answers stand side by side on a phone: no answer is taken for a label."""
    file = tmp_path / "answers.csv"
    names = [each.label.text("en") for each in asked]
    headings = ",".join(f'"{each}"' for each in names)
    file.write_text(f"{headings},Who\nThe park,A bus,The bins,By train,A club,A parent\n")
    page, problems = site.page_of(site.world.coordinator)
    page.goto(
        BY_NAME["engagements:import_start"].url(site.world.kwargs("engagements:import_start"))
    )
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    page.get_by_role("link", name="Go on").click()
    page.get_by_role("button", name="See how the rows come in").click()
    expect(page.get_by_role("heading", name="How the first rows come in")).to_be_visible()
    wrong = too_wide(page)
    assert not wrong + problems, "\n".join([*wrong, *problems])
    page.set_viewport_size(PHONE)
    left = [
        page.get_by_text(each, exact=True).last.bounding_box()["x"]
        for each in ("The park", "A club")
    ]
    assert left[0] == left[1] > 100
    axe(page)
