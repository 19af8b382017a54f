"""Each real-shaped file that lies beside the checkout comes in by its pages, on a phone."""

from dataclasses import dataclass

import pytest
from django.db.models import QuerySet
from playwright.sync_api import Page, expect

from engagements.models import Comment, ImportBatch
from engagements.services.import_batch import run_import
from engagements.services.language_guess import guess_languages
from tests.architecture.examples import World
from tests.browser.looking import DESKTOP, PHONE, axe, sticking_out
from tests.engagements.cases import case
from themes.models import Coding
from themes.services.label import take_in_labels

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Case:
    """A file: what its pages say, what somebody chooses, and how many people say how much."""

    name: str
    people: int
    comments: int
    # The file that is in already when this one comes.
    after: str = ""
    # What the page of how it is read says, and the first look at what comes in.
    read: str = "The headings are in row 1."
    looked: str = ""
    # The labels of boxes, and the choice made in each.
    chosen: Choices = ()
    ticked: tuple[str, ...] = ()
    # How many may be quoted; words that come in, with every letter; their languages, the codes.
    quotable: int = 0
    words: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


CASES = (
    Case(
        "form-week-1.csv",
        *(12, 34),
        looked="12 people, 35 comments.",
        chosen=(
            ("“Yes, you may quote me anonymously”", "Yes, they may be quoted"),
            ("“n/a”", "Leave it out"),
        ),
        quotable=11,
    ),
    Case(
        "form-week-2.csv",
        *(2, 3),
        after="form-week-1.csv",
        looked="12 rows are here already, by their IDs. They are skipped.",
        quotable=3,
    ),
    Case(
        "two-heading-rows.csv",
        *(6, 16),
        read="The headings are in rows 1 to 2.",
        looked="6 people, 17 comments.",
        chosen=(("“n/a”", "Leave it out"),),
    ),
    Case("title-row.csv", 5, 5, read="The headings are in row 3."),
    Case(
        "separator-line.csv",
        *(5, 5),
        read="Between the cells: semicolons. The headings are in row 2.",
        quotable=5,
    ),
    Case(
        "welsh-8859-14.csv",
        *(2, 2),
        read="Welsh and other Celtic languages (ISO-8859-14)",
        words=("dŵr", "tŷ", "ffŵl"),
    ),
    Case("macintosh.csv", 2, 2, read="Old Macintosh (Mac Roman)", words=("café", "it’s", "Siôn’s")),
    Case("lost-letters.csv", 2, 2, read="Letters may be lost in 1 row", words=("d?r",)),
    Case(
        "language-codes.csv",
        *(7, 7),
        languages=("cy", "cy", "cy", "cy", "en", "en", "pl"),
    ),
    Case(
        "many-points-in-a-cell.csv",
        *(3, 8),
        looked="3 people, 3 comments.",
        ticked=("Each part between semicolons is a comment (2 cells)", "Each line is a comment"),
    ),
    Case(
        "old-codes.csv",
        *(3, 3),
        codes=("Buses", "Clubs", "Evenings", "Lighting"),
    ),
    Case(
        "listening-log.xlsx",
        *(60, 60),
        read="Read from the sheet “Comments”. The headings are in row 3.",
        looked="4 engagements will be made:",
        chosen=(
            ("“Strengths”", "What we have"),
            ("“Ideas for change”", "What should change"),
        ),
        quotable=22,
    ),
)


def bring_in(page: Page, world: World, each: Case) -> ImportBatch:
    """Take a file through its pages, as a co-ordinator does."""
    at = world.things["engagement"].uuid
    page.goto(f"/{world.project.slug}/engagements/{at}/import/")
    page.get_by_label("Excel or CSV file").set_input_files(case(each.name))
    page.get_by_role("button", name="Read the file").click()
    expect(page.locator("main")).to_contain_text(each.read)
    page.get_by_role("link", name="Go on").click()
    look = page.get_by_role("button", name="See how the rows come in")
    bring = page.get_by_role("button", name="Bring the rows in")
    expect(look.or_(bring)).to_be_visible()
    # A table with the headings of an earlier one is known, and shown at once.
    if look.is_visible():
        look.click()
    expect(page.locator("main")).to_contain_text(each.looked)
    for label, choice in each.chosen:
        page.get_by_label(label, exact=True).select_option(label=choice)
    for label in each.ticked:
        page.get_by_label(label).check()
    wide = [each for size in (PHONE, DESKTOP) for each in sticking_out(page, size["width"])]
    assert not wide, "\n".join(wide)
    page.set_viewport_size(PHONE)
    axe(page)
    bring.click()
    if each.chosen or each.ticked:
        # What was changed is seen before it goes in.
        bring.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(each.name)
    return ImportBatch.objects.get(file_name=each.name)


@pytest.mark.parametrize("each", CASES, ids=lambda each: each.name)
def test_it_comes_in_right(site, each: Case) -> None:
    page, problems = site.page_of(site.world.coordinator)
    page.set_viewport_size(PHONE)
    if each.after and not ImportBatch.objects.filter(file_name=each.after).exists():
        before = next(other for other in CASES if other.name == each.after)
        run_import(batch=bring_in(page, site.world, before))
    batch = bring_in(page, site.world, each)
    run_import(batch=batch)
    guess_languages(project=batch.project)
    take_in_labels(batch=batch)
    batch.refresh_from_db()
    assert (batch.imported, batch.refused) == (each.people, 0)
    said: QuerySet[Comment] = Comment.objects.visible().filter(submission__batch=batch)
    assert said.count() == each.comments
    assert said.filter(quote_consent=True).count() == each.quotable
    everything = "\n".join(said.values_list("text", flat=True))
    assert all(word in everything for word in each.words), everything
    if each.languages:
        assert tuple(sorted(said.values_list("language", flat=True))) == each.languages
    codes = Coding.objects.filter(comment__in=said).values_list("theme__name", flat=True)
    assert tuple(sorted({name.text("en") for name in codes})) == each.codes
    # From there what came in is seen, and nothing else.
    page.reload()
    page.get_by_role("link", name="Look at the comments").click()
    expect(page.get_by_role("link", name=f"Import: {each.name}")).to_be_visible()
    rows = page.locator("ul.rows > li")
    expect(rows).to_have_count(min(each.comments, 50))
    assert not problems, "\n".join(problems)
