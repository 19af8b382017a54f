"""How the plan is set on paper: what stands beside what, cards two by two, ideas by page."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from coproduction.ui.charts.chart import Chart
from plan.paper import estimates
from plan.presentation.chapters import Chapter, PublishedAction, PublishedQuote

# In millimetres: what stands below the shape on an opening page, less the theme's number.
ROOM = 200.0
# What it gains where it begins higher, beside the shape.
HIGHER = 28.0
# What a theme's reason has around it.
AROUND_WHY = 9.0
# How many quotes of a theme are always shown; how many rows of cards a page takes, and how many
# quotes more stand where they leave room.
QUOTES, ROWS_A_PAGE, MORE_QUOTES = 3, 2, 2
# How many rows of ideas not taken forward a page takes.
IDEA_ROWS_A_PAGE = 4
# What a page has below its title; what each stop of the journey in figures takes, and what is
# around them.
UNDER_A_TITLE = 225.0
STOP, AROUND_STOPS = 11.0, 21.0


@dataclass(frozen=True)
class CardRow:
    """Cards beside each other: two, one with room beside it, or one as wide as the page."""

    cards: Sequence[PublishedAction]

    @property
    def is_wide(self) -> bool:
        """Whether its one card has the width to itself."""
        return is_long(self.cards[0])

    @property
    def has_room(self) -> bool:
        """Whether something else fits beside its one card."""
        return len(self.cards) == 1 and not self.is_wide


@dataclass(frozen=True)
class Spread:
    """A theme on paper: its opening page, then its actions."""

    chapter: Chapter
    chart: Chart
    quotes: Sequence[PublishedQuote]
    more_quotes: Sequence[PublishedQuote]
    finding_fits: bool
    rows: Sequence[CardRow]
    begins_higher: bool

    @property
    def is_beside(self) -> bool:
        """Whether the quotes on the opening page stand beside its chart, and not under it."""
        voices = sum(estimates.height_of_quote(quote) for quote in self.quotes)
        return max(voices, estimates.height_of_chart(self.chart)) <= estimates.TALLEST

    @property
    def has_more(self) -> bool:
        """Whether anything follows the opening page."""
        return bool(self.chapter.actions or self.more_quotes or not self.finding_fits)

    @property
    def has_long_quotes(self) -> bool:
        """Whether one of the quotes left over is too long for half the width."""
        return any(
            estimates.height_of_quote(quote, estimates.VOICE) > estimates.TALLEST_CARD
            for quote in self.more_quotes
        )

    @property
    def quotes_beside(self) -> bool:
        """Whether the quotes left over stand beside the last action, which leaves them room."""
        if not self.more_quotes or not self.rows or not self.rows[-1].has_room:
            return False
        heights = [estimates.height_of_quote(quote, estimates.VOICE) for quote in self.more_quotes]
        return sum(heights) <= estimates.TALLEST

    @property
    def quotes_below(self) -> bool:
        """Whether they stand under the last actions."""
        return bool(self.more_quotes) and not self.quotes_beside


@dataclass(frozen=True)
class Listening:
    """How the listening is set: what is told of it, the journey in figures, and two charts."""

    # Whether what is told of it stands over the first chart, in half the width.
    is_short: bool
    # Whether the charts stand in two columns, and not one under another.
    is_beside: bool


def is_long(action: PublishedAction) -> bool:
    """Say whether an action, or an idea, would be a long ribbon in half the width of a page."""
    return estimates.height_of_card(action) > estimates.TALLEST_CARD


def in_rows(actions: Sequence[PublishedAction]) -> list[CardRow]:
    """Set actions two beside each other, in their order; a long one stands alone."""
    rows: list[CardRow] = []
    for action in actions:
        if rows and rows[-1].has_room and not is_long(action):
            rows[-1] = CardRow([*rows[-1].cards, action])
        else:
            rows.append(CardRow([action]))
    return rows


def in_pages(ideas: Sequence[PublishedAction]) -> list[list[CardRow]]:
    """Set ideas two beside each other, as many rows on each page, so that none is left alone."""
    rows = in_rows(ideas)
    pages = math.ceil(len(rows) / IDEA_ROWS_A_PAGE)
    each = math.ceil(len(rows) / pages) if pages else 1
    return [rows[at : at + each] for at in range(0, len(rows), each)]


def listening_of(text: str, stops: int, by_month: Chart, by_theme: Chart) -> Listening:
    """Set how people were listened to: in two columns as long as they fit on one page."""
    told = estimates.height_of_text(text, estimates.BESIDE)
    left = estimates.height_of_chart(by_month)
    right = AROUND_STOPS + STOP * stops + estimates.height_of_chart(by_theme)
    is_beside = max(left, right) <= UNDER_A_TITLE
    return Listening(is_short=is_beside and left + told <= UNDER_A_TITLE, is_beside=is_beside)


def spread_of(chapter: Chapter, chart: Chart) -> Spread:
    """Set a theme: as much on its opening page as fits there; the rest stands with the actions.

    The first three quotes are always shown, and up to two more where the cards leave room. Where
    they leave none for the rest of the three, the opening begins higher on its page.
    """
    rows = in_rows(chapter.actions)
    spread = _spread(chapter, chart, rows, ROOM)
    if spread.more_quotes and not _leaves_room(rows):
        higher = _spread(chapter, chart, rows, ROOM + HIGHER, begins_higher=True)
        return spread if higher.more_quotes else higher
    return spread


def _spread(
    chapter: Chapter,
    chart: Chart,
    rows: Sequence[CardRow],
    room: float,
    *,
    begins_higher: bool = False,
) -> Spread:
    """Set a theme with so much room on its opening page."""
    left = room - AROUND_WHY
    left -= estimates.height_of_text(chapter.name, estimates.HEADING)
    left -= estimates.height_of_text(chapter.why, estimates.WHY)
    finding = estimates.AROUND_FINDING
    finding += estimates.height_of_text(chapter.finding, estimates.FINDING)
    drawn = estimates.height_of_chart(chart)
    quotes, height = _quotes_within(chapter.quotes, max(left - finding, drawn))
    shown = max(QUOTES, len(quotes) + MORE_QUOTES * _leaves_room(rows))
    return Spread(
        chapter=chapter,
        chart=chart,
        quotes=quotes,
        more_quotes=chapter.quotes[len(quotes) : shown],
        finding_fits=not chapter.finding or finding <= left - max(height, drawn),
        rows=rows,
        begins_higher=begins_higher,
    )


def _leaves_room(rows: Sequence[CardRow]) -> bool:
    """Whether quotes fit where a theme's actions end: beside a last one, or under a last row.

    Two rows of cards fill a page, so a third, or a fifth, begins one.
    """
    return bool(rows) and (rows[-1].has_room or len(rows) % ROWS_A_PAGE > 0)


def _quotes_within(
    quotes: Sequence[PublishedQuote], room: float
) -> tuple[list[PublishedQuote], float]:
    """Choose the first quotes, three at most, that fit one under another; the first always does."""
    chosen: list[PublishedQuote] = []
    height = 0.0
    for quote in quotes[:QUOTES]:
        tall = estimates.height_of_quote(quote)
        if chosen and height + tall > room:
            break
        chosen.append(quote)
        height += tall
    return chosen, height
