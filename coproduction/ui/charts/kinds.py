"""The kinds of chart: bars, stacked bars, waffles and timelines."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from coproduction.ui import palette
from coproduction.ui.charts.chart import Chart, Datum, Drawing, Label, Pen, table_row
from coproduction.ui.charts.drawing import (
    WIDTH,
    DrawnText,
    PlacedBox,
    box_at,
    px,
    shape_at_each,
    text_at,
    width_of,
)
from coproduction.ui.numbers import format_number

BAR = 20.0
_STEPS = (1, 2, 5, 10, 20, 25)
_MOST_MARKS = 102


@dataclass(frozen=True, kw_only=True)
class ValuesChart(Chart):
    """A chart of values, each with its label."""

    data: Sequence[Datum]

    @property
    def headers(self) -> list[str]:
        """The headings of two columns: what was counted, without a word, and how many."""
        return ["", str(self.unit) or _("Number")]

    @property
    def rows(self) -> list[list[dict[str, Any]]]:
        """A row for each value, with its label, and a link where it has one."""
        return [table_row(datum.label, datum.words, url=datum.url) for datum in self.data]


@dataclass(frozen=True, kw_only=True)
class Bar(ValuesChart):
    """One bar for each value, its label above it."""

    template: ClassVar[str] = "ui/charts/bar.svg"

    @cached_property
    def drawing(self) -> Drawing:
        """Bars as long as their values, each with its number at its end."""
        pen = Pen()
        top = max((datum.value for datum in self.data), default=0)
        room = WIDTH - max((width_of(format_number(d.value)) for d in self.data), default=0) - 12
        marked = len({datum.colour for datum in self.data}) > 1
        for datum in self.data:
            pen.label(datum.label, datum.colour if marked else "", shape=datum.shape)
            length = room * max(datum.value, 0) / top if top else 0
            if length:
                pen.boxes.append(box_at(0, pen.y, max(length, 2), BAR, datum.colour))
            end = max(length, 2) + 8 if length else 0
            pen.words.append(text_at(end, pen.y + 15.5, format_number(datum.value), bold=True))
            pen.y += BAR + 14
        return pen.drawing()


@dataclass(frozen=True)
class Series:
    """One kind of thing in a stacked bar: its name, colour, and shape if not the colour's."""

    label: Label
    colour: str
    shape: str = ""


@dataclass(frozen=True)
class Stack:
    """One stacked bar: its label and a value for each series."""

    label: Label
    values: Sequence[float]
    url: str = ""
    # What is written of each value and then of all, where some may not be said.
    written: Sequence[str] = ()

    @property
    def words(self) -> list[str]:
        """Each number as it is written, and last their sum."""
        return list(self.written) or [
            format_number(value) for value in (*self.values, sum(self.values))
        ]


@dataclass(frozen=True, kw_only=True)
class StackedBar(Chart):
    """A bar for each group, divided by what the key above names."""

    template: ClassVar[str] = "ui/charts/stacked_bar.svg"
    series: Sequence[Series]
    stacks: Sequence[Stack]

    @property
    def headers(self) -> list[str]:
        """The name of each series, and all together."""
        return ["", *(str(series.label) for series in self.series), _("All")]

    @property
    def rows(self) -> list[list[dict[str, Any]]]:
        """Label, each value, and their sum."""
        return [table_row(stack.label, *stack.words, url=stack.url) for stack in self.stacks]

    @cached_property
    def drawing(self) -> Drawing:
        """First the key, a line for each series; then the bars."""
        pen = Pen()
        for series in self.series:
            pen.label(series.label, series.colour, shape=series.shape)
        pen.y += 10
        top = max((sum(stack.values) for stack in self.stacks), default=0)
        for stack in self.stacks:
            pen.label(stack.label, value=stack.words[-1])
            self._bar(pen, stack, top)
            pen.y += BAR + 18
        return pen.drawing()

    def _bar(self, pen: Pen, stack: Stack, whole: float) -> None:
        """Draw one bar in its parts, each with its number where there is room."""
        x = 0.0
        for series, value in zip(self.series, stack.values, strict=True):
            length = WIDTH * value / whole if whole else 0
            if length <= 0:
                continue
            # A line of ground between parts, so that they part without colour too.
            gap = 2.0 if length > 4 else 0.0
            pen.boxes.append(box_at(x, pen.y, length - gap, BAR + 6, series.colour))
            text = format_number(value)
            if width_of(text) + 12 < length:
                ink = "ink" if series.colour in palette.LIGHT else "white"
                middle = x + (length - gap) / 2
                pen.words.append(
                    text_at(middle, pen.y + 19, text, anchor="middle", bold=True, on_shape=ink)
                )
            x += length


@dataclass(frozen=True, kw_only=True)
class Waffle(ValuesChart):
    """A mark for every so many, in the shape and colour of its kind."""

    template: ClassVar[str] = "ui/charts/waffle.svg"
    across: int = 17

    @property
    def total(self) -> int:
        """The sum of what is counted, which the marks share out."""
        return int(sum(datum.value for datum in self.data))

    @property
    def each(self) -> int:
        """How many one mark stands for: the smallest round number that keeps the marks few."""
        scale = 1
        while True:
            for step in _STEPS:
                if self.total <= step * scale * _MOST_MARKS:
                    return step * scale
            scale *= 10

    @cached_property
    def counts(self) -> list[int]:
        """How many marks each kind gets: they sum to the whole, and nobody is rounded away."""
        exact = [datum.value / self.each for datum in self.data]
        counts = [max(int(share), 1 if share else 0) for share in exact]
        whole = max(round(self.total / self.each), sum(1 for share in exact if share))
        while sum(counts) > whole:
            counts[counts.index(max(counts))] -= 1
        by_rest = sorted(range(len(exact)), key=lambda kind: int(exact[kind]) - exact[kind])
        for kind in by_rest[: whole - sum(counts)]:
            counts[kind] += 1
        return counts

    @property
    def caption(self) -> str:
        """The note, and what one mark stands for."""
        if not self.total:
            return _("There is nothing to show yet.")
        if self.each == 1:
            scale = _("One shape for each.")
        else:
            scale = _("One shape stands for %(number)s %(unit)s.") % {
                "number": format_number(self.each),
                "unit": self.unit or _("of them"),
            }
        return f"{self.note} {scale}".strip()

    @cached_property
    def drawing(self) -> Drawing:
        """The marks row by row, then the key, a line for each kind."""
        pen = Pen()
        pitch = WIDTH / self.across
        size = pitch * 0.84
        marks = sum(self.counts)
        places = (
            (number % self.across * pitch + 1, number // self.across * pitch + 1)
            for number in range(marks)
        )
        for datum, count in zip(self.data, self.counts, strict=True):
            if taken := list(islice(places, count)):
                pen.signs.append(shape_at_each(taken, size, datum.colour, datum.shape))
        pen.y = pitch * math.ceil(marks / self.across) + (14 if marks else 0)
        for datum in self.data:
            pen.label(datum.label, datum.colour, datum.words, datum.shape)
        return pen.drawing()


@dataclass(frozen=True, kw_only=True)
class Timeline(ValuesChart):
    """How much, stop by stop along the thread: months, meetings."""

    template: ClassVar[str] = "ui/charts/timeline.svg"
    tall: float = 120.0

    @property
    def headers(self) -> list[str]:
        """The headings of two columns: when it was, and how many."""
        return [_("When"), *super().headers[1:]]

    @cached_property
    def drawing(self) -> Drawing:
        """A column over each stop; labels and numbers only where they fit."""
        count = max(len(self.data), 1)
        pitch, small = WIDTH / count, 13.0
        top = max((datum.value for datum in self.data), default=0)
        line = 22 + self.tall + 12
        words: list[DrawnText] = []
        boxes: list[PlacedBox] = []
        thread: list[str] = []
        labels = self._every([str(datum.label) for datum in self.data], pitch, small)
        numbers = self._every([format_number(datum.value) for datum in self.data], pitch, small)
        for number, datum in enumerate(self.data):
            middle = pitch * (number + 0.5)
            high = self.tall * max(datum.value, 0) / top if top else 0
            wide = min(pitch * 0.62, 44)
            if high:
                boxes.append(box_at(middle - wide / 2, line - 12 - high, wide, high, datum.colour))
            thread.append(px(middle))
            shown = (
                (number % numbers == 0, line - 18 - high, format_number(datum.value), True),
                (number % labels == 0, line + 27, str(datum.label), False),
            )
            words += [
                text_at(middle, y, text, anchor="middle", bold=bold, size=small)
                for fits, y, text, bold in shown
                if fits
            ]
        return Drawing(line + 36, words, boxes, [], thread, px(line))

    @staticmethod
    def _every(texts: list[str], pitch: float, size: float) -> int:
        """Return how many stops apart these texts must stand so as not to touch."""
        widest = max((width_of(text, size) for text in texts), default=0) + 6
        return max(1, math.ceil(widest / pitch))
