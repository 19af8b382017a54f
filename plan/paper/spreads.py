"""How the plan is set on paper: what fits where a theme opens, cards two by two, ideas by page."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from coproduction.ui.charts.kinds import Waffle
from plan.presentation.chapters import Chapter, PublishedAction, PublishedQuote

# In millimetres: what stands below the shape on an opening page, and what each thing takes of it.
ROOM = 212.0
HEADING_LINE, HEADING_LETTERS = 14.5, 20
WHY_LINE, WHY_LETTERS = 6.5, 84
FINDING_LINE, FINDING_LETTERS = 5.6, 96
QUOTE_LINE, QUOTE_LETTERS = 5.5, 36
CHART = 64
# How many rows of cards a page takes, and how many quotes stand where they leave room.
ROWS_A_PAGE, MORE_QUOTES = 2, 2
# How many rows of ideas not taken forward a page takes.
IDEA_ROWS_A_PAGE = 4


@dataclass(frozen=True)
class Spread:
    """A theme on paper: its opening page, then its actions."""

    chapter: Chapter
    chart: Waffle
    quotes: Sequence[PublishedQuote]
    more_quotes: Sequence[PublishedQuote]
    finding_fits: bool

    @property
    def quotes_below(self) -> bool:
        """Whether the quotes left over stand under the last actions, and not beside the last."""
        return bool(self.more_quotes) and len(self.chapter.actions) % 2 == 0

    @property
    def pairs(self) -> list[list[PublishedAction]]:
        """The actions, two beside each other."""
        return in_pairs(self.chapter.actions)


def in_pairs(actions: Sequence[PublishedAction]) -> list[list[PublishedAction]]:
    """Set actions two beside each other."""
    return [list(actions[at : at + 2]) for at in range(0, len(actions), 2)]


def in_pages(ideas: Sequence[PublishedAction]) -> list[list[list[PublishedAction]]]:
    """Set ideas two beside each other, as many rows on each page, so that none is left alone."""
    rows = in_pairs(ideas)
    pages = math.ceil(len(rows) / IDEA_ROWS_A_PAGE)
    each = math.ceil(len(rows) / pages) if pages else 1
    return [rows[at : at + each] for at in range(0, len(rows), each)]


def spread_of(chapter: Chapter, chart: Waffle) -> Spread:
    """Set a theme: as much on its opening page as fits there, by a careful estimate.

    The estimate is generous, since nobody can measure type before it is set: what does not fit
    stands with the actions instead.
    """
    left = ROOM - 12
    left -= HEADING_LINE * _lines(str(chapter.name), HEADING_LETTERS)
    left -= WHY_LINE * _lines(chapter.why, WHY_LETTERS) + 9
    finding = FINDING_LINE * _lines(str(chapter.finding), FINDING_LETTERS) + 18
    quotes, height = _quotes_within(chapter.quotes, max(left - finding, CHART + 6))
    left -= max(height, CHART)
    room = MORE_QUOTES if _leaves_room(len(chapter.actions)) else 0
    return Spread(
        chapter=chapter,
        chart=chart,
        quotes=quotes,
        more_quotes=chapter.quotes[len(quotes) :][:room],
        finding_fits=finding <= left,
    )


def _leaves_room(actions: int) -> bool:
    """Whether quotes fit where a theme's actions end: beside a last one, or under a last row.

    Two rows of cards fill a page, so a third, or a fifth, begins one.
    """
    rows = math.ceil(actions / 2)
    return bool(actions % 2 or rows % ROWS_A_PAGE)


def _quotes_within(
    quotes: Sequence[PublishedQuote], room: float
) -> tuple[list[PublishedQuote], float]:
    """Choose the first quotes, three at most, that fit one under another; the first always does."""
    chosen: list[PublishedQuote] = []
    height = 0.0
    for quote in quotes[:3]:
        tall = 19 + QUOTE_LINE * _lines(quote.text, QUOTE_LETTERS)
        tall += QUOTE_LINE * (_lines(quote.translation, QUOTE_LETTERS) if quote.translation else 0)
        if chosen and height + tall > room:
            break
        chosen.append(quote)
        height += tall
    return chosen, height


def _lines(text: str, letters: int) -> int:
    """Estimate how many lines a text takes."""
    return max(1, math.ceil(len(text) / letters))
