"""Figures beside the limits they are to keep: how one is judged, printed and handed on."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bench.timing import Spread, p95, ratios


@dataclass(frozen=True)
class Figure:
    """One thing measured. ``value`` is what the limit is for; without a limit it is only told.

    ``ours``, ``bare`` and ``spread`` are in ``unit``, but ``spread`` of a ratio is of the ratios
    turn by turn. ``on`` says where: which database, how many comments, over HTTP or in process.
    """

    name: str
    on: str
    value: float
    limit: float | None
    spread: Spread
    unit: str = "×"
    at_least: bool = False
    ours: Spread | None = None
    bare: Spread | None = None
    ours_unit: str = "ms"
    note: str = ""
    # Figures of one kind, one for each page: those that are reached share a line.
    family: str = ""

    @classmethod
    def fault(cls, name: str, on: str, why: str) -> "Figure":
        """Make the figure of what could not be measured: a limit that was not shown is missed."""
        last = why.strip().splitlines()[-1:] or ["nothing was said"]
        return cls(name, on, 1, 0, Spread(1, 1, 1), unit="fault", note=last[0])

    @classmethod
    def left_out(cls, name: str, on: str, why: str) -> "Figure":
        """Make the figure of what this machine can't measure: it is told, not missed."""
        return cls(name, on, 0, None, Spread(0, 0, 0), unit="", note=f"left out, {why}")

    @property
    def is_missed(self) -> bool:
        """Whether it is on the wrong side of its limit."""
        if self.limit is None:
            return False
        return self.value < self.limit if self.at_least else self.value > self.limit

    @property
    def verdict(self) -> str:
        """The word for it."""
        if self.limit is None:
            return "told"
        return "MISSED" if self.is_missed else "reached"


def ratio(
    name: str,
    on: str,
    limit: float | None,
    samples: dict[str, list[float]],
    *,
    at_least: bool = False,
    unit: str = "ms",
    note: str = "",
) -> Figure:
    """Compare ours with the bare of each turn; the middle of the ratios counts.

    ``at_least``: samples are rates, of which more is better.
    """
    ours, bare = samples["ours"], samples["bare"]
    spread = Spread.of(ratios(ours, bare))
    return Figure(
        name,
        on,
        spread.middle,
        limit,
        spread,
        at_least=at_least,
        ours=Spread.of(ours),
        bare=Spread.of(bare),
        ours_unit=unit,
        note=note,
    )


def ratio_of_p95(name: str, on: str, limit: float, samples: dict[str, list[float]]) -> Figure:
    """Compare what 95 in 100 of ours stay under with the same of the bare ones."""
    ours, bare = samples["ours"], samples["bare"]
    value = p95(ours) / p95(bare)
    spread = Spread.of(ratios(ours, bare))
    return Figure(name, on, value, limit, spread, ours=Spread.of(ours), bare=Spread.of(bare))


def amount(
    name: str, on: str, limit: float | None, samples: Sequence[float], unit: str, *, note: str = ""
) -> Figure:
    """Compare an amount with its limit; the middle of the samples counts."""
    spread = Spread.of(samples)
    return Figure(name, on, spread.middle, limit, spread, unit=unit, note=note)


def line_of(figure: Figure) -> list[str]:
    """Give a figure's cells: name, where, ours, bare, its value with its spread, limit, verdict."""
    sign = "≥" if figure.at_least else "≤"
    spread = figure.spread
    return [
        figure.name,
        figure.on,
        _cell(figure.ours, figure.ours_unit),
        _cell(figure.bare, figure.ours_unit),
        f"{number(figure.value)} {figure.unit} ({number(spread.low)}–{number(spread.high)})",
        "" if figure.limit is None else f"{sign} {number(figure.limit)} {figure.unit}",
        figure.verdict + (f": {figure.note}" if figure.note else ""),
    ]


def _cell(spread: Spread | None, unit: str) -> str:
    """Give the middle of some samples, with the least and the most."""
    if spread is None:
        return ""
    low, high = number(spread.low), number(spread.high)
    return f"{number(spread.middle)} {unit} ({low}–{high})"


def number(value: float) -> str:
    """Write a number with three figures that count: 0.82, 12.3, 1,240."""
    size = abs(value)
    return f"{value:,.0f}" if size >= 100 else f"{value:.1f}" if size >= 10 else f"{value:.2f}"


def lines_of(figures: Sequence[Figure]) -> list[list[str]]:
    """Give the lines of a table: each figure's, but one for all of a family that are reached.

    That one is of the page that comes nearest to the limit.
    """
    lines, told = [], set()
    for figure in figures:
        if not figure.family or figure.is_missed:
            lines.append(line_of(figure))
        elif (kind := (figure.family, figure.on)) not in told:
            told.add(kind)
            alike = [each for each in figures if (each.family, each.on) == kind]
            kept = [each for each in alike if not each.is_missed]
            worst = line_of(max(kept, key=lambda each: each.value / (each.limit or 1)))
            worst[0] = f"{figure.family}: {len(kept)} of {len(alike)} pages; the most, {worst[0]}"
            lines.append(worst)
    return lines


HEADINGS = ["figure", "on", "ours", "bare", "value (least–most)", "limit", ""]


def table_of(lines: Iterable[Sequence[str]], headings: Sequence[str] = HEADINGS) -> str:
    """Set cells as a table in Markdown whose columns stand under each other."""
    rows = [list(headings), *map(list, lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(headings))]
    ruled = [rows[0], ["-" * width for width in widths], *rows[1:]]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in ruled
    )


def as_json(figures: Iterable[Figure], pages: Sequence[dict[str, Any]]) -> str:
    """Give a machine ``{"figures": […], "pages": […]}``; each figure says whether it is missed."""
    told = [{**asdict(figure), "missed": figure.is_missed} for figure in figures]
    return json.dumps({"figures": told, "pages": pages}, ensure_ascii=False, indent=1)
