"""Taking comments out in a browser, with scripts and without: narrowed, and both kinds of file."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import expect

from engagements.models import Engagement, Method
from engagements.services.engagement import plan_engagement
from engagements.services.question import ensure_questions
from engagements.services.submission import CommentDraft, SubmissionDraft, add_submissions
from tests.browser.coding import come_in
from tests.cast import make_member, make_project
from tests.workbooks import cells_of

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_what_a_list_shows_is_downloaded_as_csv_and_as_a_workbook(
    transactional_db, new_person, live_server, axe, scripts
) -> None:
    project = make_project("bryn", "Bryn")
    by = make_member(project, "coordinator")
    questions = ensure_questions(project=project, by=by)
    held = plan_engagement(
        project=project,
        title="Fun day",
        method=Method.EVENT,
        place="The park",
        date=date(2024, 5, 4),
        status=Engagement.Status.HELD,
        by=by,
    )
    said = [*(f"=A swing, {number}" for number in range(60)), "A bus"]
    add_submissions(
        engagement=held,
        entries=[SubmissionDraft([CommentDraft(questions["need"], text)]) for text in said],
        channel="typed",
        by=by,
    )
    page = new_person(java_script_enabled=scripts)
    come_in(page.context, by, live_server.url)
    page.goto("/bryn/engagements/comments/")
    page.get_by_label("Words").fill("swing")
    page.get_by_role("button", name="Show").click()
    page.get_by_text("Change or take out").click()
    page.get_by_role("link", name="Take these out as a file").click()
    expect(page.locator("[data-found]")).to_contain_text("60 comments go into the file.")
    expect(page.locator("dd", has_text="swing")).to_be_visible()
    if scripts:
        axe(page)

    def download(kind: str) -> Path:
        page.get_by_label(kind).check()
        with page.expect_download() as begun:
            page.get_by_role("button", name="Take them out").click()
        assert begun.value.suggested_filename.startswith("bryn-comments-")
        return Path(begun.value.path())

    text = download("CSV").read_text("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text, newline="")))
    assert [row["Comment"] for row in rows] == [f"'{each}" for each in said[:-1]]
    assert {row["Engagement"] for row in rows} == {"Fun day"}
    with download("XLSX").open("rb") as file:
        headings, *cells = cells_of(file)
    place = headings.index("Comment")
    assert [row[place] for row in cells] == [f"'{each}" for each in said[:-1]]
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_label("Words")).to_have_value("swing")
    page.goto("/bryn/settings/audit/")
    for kind in ("CSV", "XLSX"):
        expect(
            page.get_by_text(f"60 comments as {kind}, narrowed by: words searched for")
        ).to_be_visible()
