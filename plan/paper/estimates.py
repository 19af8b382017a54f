"""About how much room things take on paper, in millimetres: nobody can measure type unset.

An estimate that is wrong looks worse and loses nothing: what flows on where a page ends is all
block under block, and what stands side by side moves to the next page whole.
"""

import math
import re

from coproduction.ui.charts.chart import Chart
from coproduction.ui.charts.drawing import WIDTH
from plan.presentation.chapters import PublishedAction, PublishedQuote

# What stands side by side is never taller: a page has room for this much, with a heading over it.
TALLEST = 190.0
# A card in half the width of a page: past this height it would be too narrow a column.
TALLEST_CARD = 126.0
# A line of each kind of text, and about how many letters go on it.
HEADING = (14.5, 20)
WHY = (6.5, 84)
FINDING = (5.6, 96)
BUBBLE = (5.5, 36)
VOICE = (6.5, 34)
CARD = (4.9, 46)
CARD_TITLE = (5.2, 24)
BESIDE = (6.3, 42)
# What each brings besides its words: edges, a speaker, the days of a thread.
AROUND_FINDING, AROUND_BUBBLE, AROUND_CARD, AROUND_CHART = 18.0, 19.0, 26.0, 28.0
CHART_WIDTH = 74.0
# Letters as wide as two: Chinese, Japanese, Korean, and pictures.
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60"
    "\U0001f300-\U0001faff\U00020000-\U0003fffd]"
)


def height_of_text(text: object, kind: tuple[float, int]) -> float:
    """Estimate the height of a text; its own line breaks count, and wide letters for two."""
    line, letters = kind
    words = str(text)
    if not words:
        return 0.0
    wide = len(_WIDE.findall(words))
    return line * (math.ceil((len(words) + wide) / letters) + words.count("<br>"))


def height_of_quote(quote: PublishedQuote, kind: tuple[float, int] = BUBBLE) -> float:
    """Estimate the height of somebody's words in a bubble, with what they mean."""
    said = height_of_text(quote.text, kind)
    return AROUND_BUBBLE + said + height_of_text(quote.translation, kind)


def height_of_card(action: PublishedAction) -> float:
    """Estimate the height of an action, or of an idea not taken forward, in half the width."""
    height = AROUND_CARD + height_of_text(action.title, CARD_TITLE)
    if not action.is_taken_forward:
        return height + height_of_text(action.reason, CARD)
    parts = (action.text, action.lead, action.partners, action.when, action.commitment)
    return height + sum(height_of_text(part, CARD) for part in parts)


def height_of_chart(chart: Chart) -> float:
    """Say how tall a chart is in half the width of a page: it is drawn to scale."""
    return AROUND_CHART + chart.drawing.height * CHART_WIDTH / WIDTH
