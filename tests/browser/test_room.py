"""What looks for room, names and colours sees a page that lacks them."""

import pytest
from playwright.sync_api import Page

from tests.browser.names import unheard
from tests.browser.room import covered, cramped, faint, moving

FRAME = "<!doctype html><html lang=en><title>t</title><body><main>{}</main>"


@pytest.fixture
def drawn(page: Page):
    """Draw a page of ours with a fault in it."""

    def draw(inside: str) -> Page:
        page.set_content(FRAME.format(inside))
        page.evaluate("window.titleGiven = document.title")
        return page

    return draw


@pytest.mark.parametrize(
    "inside",
    [
        "<p style='width: 400px'>Wide</p>",
        "<details><summary>More</summary><p style='width: 400px'>Wide</p></details>",
        "<p style='width: 250px; white-space: nowrap'>Wider gaps alone put this line out.</p>",
    ],
)
def test_what_sticks_out_is_seen(drawn, inside) -> None:
    assert cramped(drawn(inside))
    assert not cramped(drawn("<p>Short</p>"))


def test_what_a_bar_covers_is_seen(drawn) -> None:
    bar = "<div style='position: fixed; inset: 0 0 auto 0; height: {}'>Bar</div>"
    link = "<p style='margin-top: 4em'><a href='/a'>A</a></p>"
    looked, wrong = covered(drawn(bar.format("100%") + link))
    assert looked == 3
    assert len(wrong) == 3
    looked, wrong = covered(drawn(bar.format("1em") + link))
    assert (looked, wrong) == (3, [])


def test_words_of_a_drawing_that_forced_colours_swallow_are_seen(drawn) -> None:
    drawing = (
        "<svg viewBox='0 0 200 40' style='forced-color-adjust: none'>"
        "<rect width='200' height='40' fill='{}'/><text x='5' y='25' fill='#222'>Count</text></svg>"
    )
    looked, wrong = faint(drawn(drawing.format("#333")))
    assert looked == 2
    assert len(wrong) == 2
    looked, wrong = faint(drawn(drawing.format("#fff")))
    assert (looked, wrong) == (2, [])


def test_what_moves_when_nothing_should_is_seen(drawn) -> None:
    assert moving(drawn("<p style='transition: color 1s'>A</p>"))
    assert not moving(drawn("<p>A</p>"))


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("<a href='/a'>More</a> <a href='/b'>More</a>", "2 targets named 'More'"),
        ("<a href='/a'></a> <a href='/b'></a>", "2 controls without a name"),
        ("<table><tr><th>A<td>1</table>", "table without a name"),
        ("<aside>Note</aside>", "complementary without a name"),
        ("<nav>A</nav> <nav>B</nav>", "navigation without a name"),
        ("<button>Save <kbd>s</kbd></button>", "a key in a name"),
        (
            "<q lang=cy>Mae angen llwybr newydd</q><p>Mae angen llwybr newydd</p>",
            "without its language",
        ),
        (
            "<q lang=cy>Mae angen llwybr newydd</q>"
            "<button aria-label='Mae angen llwybr newydd'>x</button>",
            "without its language",
        ),
    ],
)
def test_what_nobody_could_tell_by_hearing_is_seen(drawn, inside, told) -> None:
    _looked, wrong = unheard(drawn(inside))
    assert [each for each in wrong if told in each], wrong


def test_a_title_taken_by_a_piece_of_the_page_is_seen(drawn) -> None:
    page = drawn("<a href='/a'>More</a><table><caption>Figures</caption><tr><th>A<td>1</table>")
    looked, wrong = unheard(page)
    assert wrong == []
    assert looked["controls"] == looked["tables"] == 1
    page.evaluate("document.title = 'Another'")
    assert unheard(page)[1] == ["a piece fetched into the page made its title 'Another'"]
