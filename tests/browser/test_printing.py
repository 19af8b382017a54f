"""The plan's page, printed by a reader's own browser: no heading stands alone at a page's foot."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.browser.looking import IS_FIREFOX, sizes_of_paper

HEADINGS = "[...document.querySelectorAll('main h2')].map(each => each.innerText.trim())"


def pages_of(file: Path) -> list[list[str]]:
    """Return the lines of each page of a PDF, as they are read."""
    told = subprocess.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True
    )
    pages = told.stdout.removesuffix("\f").split("\f")
    return [[line.strip() for line in page.split("\n") if line.strip()] for page in pages]


def test_no_heading_is_left_behind(site, tmp_path: Path, say: Callable[[str], None]) -> None:
    page, _problems = site.page_of(None)
    page.goto("/bryn/plan/")
    headings = {words for words in page.evaluate(HEADINGS) if words}
    seen, alone = 0, []
    # Wherever a page ends, which is elsewhere on each size of paper.
    for paper in sizes_of_paper():
        page.pdf(path=tmp_path / "plan.pdf", width=paper[0], height=paper[1])
        for lines in pages_of(tmp_path / "plan.pdf"):
            for number, line in enumerate(lines):
                if line in headings:
                    seen += 1
                    alone += [(line, paper)] if number == len(lines) - 1 else []
    browser = "Firefox" if IS_FIREFOX else "Chromium"
    say(f"{browser}: {len(headings)} headings printed, {seen} times on pages of other lengths")
    assert not alone
    assert len(headings) > 3
    assert seen > 60
