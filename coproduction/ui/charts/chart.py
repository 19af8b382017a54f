"""Charts as plain drawings: geometry and formatted numbers, ready for the SVG templates.

The same drawing is shown by browsers and printed by WeasyPrint, so it carries its own colours and
fonts and needs no CSS. Give every chart a title that says what it shows, in the page's language.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from coproduction.fingerprints import fingerprint
from coproduction.ui.charts.drawing import (
    LEADING,
    SIZE,
    WIDTH,
    DrawnText,
    PlacedBox,
    PlacedShape,
    break_lines,
    px,
    shape_at,
    text_at,
    width_of,
)
from coproduction.ui.numbers import format_number

Label = str | Promise
SIGN = 15.0  # a shape beside words


@dataclass(frozen=True)
class Datum:
    """One value: its label, its colour, and the address of the records behind it."""

    label: Label
    value: float
    colour: str = "teal"
    url: str = ""
    written: str = ""  # words in place of the number, where it may not be said
    shape: str = ""  # where another than the colour's own is meant

    @property
    def words(self) -> str:
        """The number as it is written."""
        return self.written or format_number(self.value)


@dataclass(frozen=True)
class Drawing:
    """All that a chart puts on its ground."""

    height: float
    words: list[DrawnText] = field(default_factory=list)
    boxes: list[PlacedBox] = field(default_factory=list)
    signs: list[PlacedShape] = field(default_factory=list)
    thread: list[str] = field(default_factory=list)  # the x of every stop, on the line
    thread_y: str = ""

    @property
    def view_box(self) -> str:
        """The size of the ground."""
        return f"0 0 {px(WIDTH)} {px(self.height)}"


class Pen:
    """Draws downwards: remembers how far it has got."""

    def __init__(self) -> None:
        """Start at the top of an empty ground."""
        self.y = 0.0
        self.words: list[DrawnText] = []
        self.boxes: list[PlacedBox] = []
        self.signs: list[PlacedShape] = []

    def label(self, text: Label, colour: str = "", value: str = "", shape: str = "") -> None:
        """Write a label over as many lines as it needs, after its shape in its colour."""
        left = SIGN + 7 if colour else 0.0
        room = WIDTH - left - (width_of(value) + 12 if value else 0)
        lines = break_lines(str(text), room)
        if colour:
            self.signs.append(shape_at(0, self.y + 2, SIGN, colour, shape))
        for number, line in enumerate(lines):
            bold = value if number == len(lines) - 1 else ""
            y = self.y + SIZE + number * LEADING
            self.words.append(text_at(left, y, line, number=bold))
        self.y += LEADING * len(lines) + 4

    def drawing(self) -> Drawing:
        """Return what was drawn, with a little room at the foot."""
        return Drawing(max(self.y, LEADING) + 2, self.words, self.boxes, self.signs)


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What every chart has: a title, a note, words for those who cannot see it, a table."""

    template: ClassVar[str]

    title: Label
    note: Label = ""
    unit: Label = ""  # what is counted, in the plural
    about: Label = ""  # what it is of, where several charts of one title stand on a page
    id: str = ""  # only where the same chart stands twice on a page

    @cached_property
    def uid(self) -> str:
        """An id of its own: the same chart gives the same bytes, so that pages can be cached."""
        content = [type(self).__name__, self.title, self.rows]
        return self.id or f"chart-{fingerprint(content, length=10)}"

    @property
    def name(self) -> str:
        """Its title, and what it is of: no other chart of the page has the same name."""
        return f"{self.title}: {self.about}" if self.about else str(self.title)

    @property
    def headers(self) -> list[str]:
        """The headings of the table beside the chart. Each kind of chart says its own."""
        raise NotImplementedError

    @property
    def rows(self) -> list[list[dict[str, Any]]]:
        """The rows of the table beside the chart. Each kind of chart says its own."""
        raise NotImplementedError

    @property
    def description(self) -> str:
        """What the chart shows, in words."""
        content = [f"{row[0]['text']}: {', '.join(self._said(row))}" for row in self.rows]
        return ". ".join(content) + "." if content else _("There is nothing to show yet.")

    def _said(self, row: list[dict[str, Any]]) -> list[str]:
        """Give the numbers of a row as they are read out: of several, each with what it counts."""
        numbers = [cell["text"] for cell in row[1:]]
        if len(numbers) < 2:
            return numbers
        return [f"{name} {text}" for name, text in zip(self.headers[1:], numbers, strict=True)]

    @property
    def drawing(self) -> Drawing:
        """The shapes and words of the picture, placed. Each kind of chart says its own."""
        raise NotImplementedError

    @property
    def caption(self) -> str:
        """The line under the title."""
        return str(self.note)


def table_row(label: Label, *numbers: str, url: str = "") -> list[dict[str, Any]]:
    """Make a table row: the label, then the numbers."""
    return [
        {"text": str(label), "url": ""},
        *({"text": written, "url": url} for written in numbers),
    ]
