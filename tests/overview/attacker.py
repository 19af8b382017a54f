"""Somebody who keeps all that a project ever published, and works out of it what was not told.

It reads what everyone may read, at several times: the live pages, plan.json and actions.csv. It
knows what is a part of what, what adds up to what, and the rules (docs/open-data.md). It looks for
a few people: a number of one to nine that it can be sure of.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from django.test import Client

from coproduction.projects.models import Project
from tests.overview.sweep.figures import Figure
from tests.overview.sweep.of_plan import PlanPrinter
from tests.overview.sweep.of_stages import PublicPrinter
from tests.overview.sweep.printer import Printed

# A line of figures that add up: what they are called, and the figure of their sum.
Lines = Mapping[tuple[str, ...], tuple[Figure, Sequence[Figure]]]
# Of whom: people heard, and comments. Workshops and seats are public.
OF_PEOPLE = {"people", "comments", "led by"}


@dataclass
class Sighting:
    """What was published at one time: each figure as it stood there."""

    when: str
    told: dict[Figure, str]
    lines: Lines
    wholes: Sequence[tuple[Figure, Figure]]


@dataclass
class Attacker:
    """Keeps what it saw, and says what it found out."""

    project: Project
    client: Client
    smallest: int = 10
    seen: list[Sighting] = field(default_factory=list)
    tried: int = 0
    found: list[str] = field(default_factory=list)

    def look(self, when: str, *, plan: bool = True) -> None:
        """Read everything there is to read now: the live pages, and the plan's files."""
        printer = PublicPrinter(self.project, self.client)
        self._keep(f"{when}, live", printer.everything())
        if not plan:
            return
        of_plan = PlanPrinter(self.project, self.client)
        self._keep(f"{when}, plan", [*of_plan.open_data(), *of_plan.spreadsheet()], of_plan)

    def _keep(self, when: str, printed: Iterable[Printed], plan: PlanPrinter | None = None) -> None:
        """Keep what was read, with how its figures hang together."""
        told: dict[Figure, str] = {}
        for each in printed:
            if each.figure[0] in OF_PEOPLE:
                assert told.setdefault(each.figure, each.text) == each.text, each
        kinds, events = self._kinds(told), self._events(told)
        lines: dict[tuple[str, ...], tuple[Figure, Sequence[Figure]]] = {}
        for noun in ("people", "comments"):
            lines[noun, "events"] = (noun,), [(noun, event) for event in events]
        lines["comments", "questions"] = ("comments",), [("comments", kind) for kind in kinds]
        wholes: list[tuple[Figure, Figure]] = []
        themes = {each[1] for each in told if each[0] == "comments" and len(each) == 3}
        for theme in themes:
            whole = ("comments", theme)
            lines[whole] = whole, [("comments", theme, kind) for kind in kinds]
            wholes.append((("comments",), whole))
            wholes += [(("comments", kind), ("comments", theme, kind)) for kind in kinds]
        for number in {each[1] for each in told if each[0] == "led by"}:
            whole = ("led by", number)
            lines[whole] = whole, [("led by", number, kind) for kind in kinds]
            wholes.append((("comments",), whole))
            wholes += [(("comments", kind), ("led by", number, kind)) for kind in kinds]
        self.seen.append(Sighting(when, told, lines, wholes))

    def _kinds(self, told: Mapping[Figure, str]) -> list[str]:
        """Find the questions: a theme's comments on each were told."""
        found = [each[2] for each in told if len(each) == 3]
        return list(dict.fromkeys(found))

    def _events(self, told: Mapping[Figure, str]) -> list[str]:
        """Find the events: the people heard at each were told."""
        return [each[1] for each in told if each[0] == "people" and len(each) == 2]

    def attack(self) -> None:
        """Try everything."""
        for sighting in self.seen:
            self._solve_lines(sighting)
            self._take_parts_from_wholes(sighting)
        for before, after in combinations(self.seen, 2):
            self._compare(before, after)
            self._compare_what_is_hidden(before, after)

    def _suspect(self, few: int, sentence: str) -> None:
        """Count one try; keep it where it is a few."""
        self.tried += 1
        if 0 < abs(few) < self.smallest:
            self.found.append(f"{abs(few)}: {sentence}")

    def _compare(self, before: Sighting, after: Sighting) -> None:
        """Take every figure from what it was at another time; and the sums of every two."""
        changes: dict[Figure, int] = {}
        for figure, text in before.told.items():
            was, now = number_in(text), number_in(after.told.get(figure, ""))
            if was is not None and now is not None:
                changes[figure] = now - was
                name = f"{figure} from {before.when} to {after.when}"
                self._suspect(now - was, name)
        for whole, part in after.wholes:
            if changes.get(part) and changes.get(whole):
                left = changes[whole] - changes[part]
                self._suspect(left, f"{whole} less {part} from {before.when} to {after.when}")

    def _compare_what_is_hidden(self, before: Sighting, after: Sighting) -> None:
        """Take from how a total changed how its parts did: what is left is of the hidden ones."""
        for name in before.lines.keys() & after.lines.keys():
            left = self._hidden_of(before, name), self._hidden_of(after, name)
            if None not in left:
                change = (left[1] or 0) - (left[0] or 0)
                self._suspect(change, f"hidden of {name} from {before.when} to {after.when}")

    def _hidden_of(self, sighting: Sighting, name: tuple[str, ...]) -> int | None:
        """Work out what the hidden figures of a line add up to."""
        whole, parts = sighting.lines[name]
        total = number_in(sighting.told.get(whole, ""))
        if total is None:
            return None
        return total - sum(number_in(sighting.told.get(part, "")) or 0 for part in parts)

    def _take_parts_from_wholes(self, sighting: Sighting) -> None:
        """Take each figure from that of which it is a part."""
        for whole, part in sighting.wholes:
            all_of_it = number_in(sighting.told.get(whole, ""))
            some = number_in(sighting.told.get(part, ""))
            if all_of_it is not None and some is not None:
                self._suspect(all_of_it - some, f"{whole} less {part}, {sighting.when}")

    def _solve_lines(self, sighting: Sighting) -> None:
        """Narrow every figure of every line down, until nothing moves; then look at the hidden."""
        ranges = {figure: range_of(text, self.smallest) for figure, text in sighting.told.items()}
        moved = True
        rounds = 0
        while moved and rounds < 50:
            moved, rounds = False, rounds + 1
            for whole, parts in sighting.lines.values():
                known = [part for part in parts if part in ranges]
                if whole in ranges and len(known) == len(parts):
                    moved |= narrow(ranges, whole, known)
        for figure, (low, high) in ranges.items():
            self.tried += 1
            # What is new and small is in no total: nothing is left for it.
            if number_in(sighting.told[figure]) is not None or not 0 < high < self.smallest:
                continue
            if high - low + 1 < self.smallest // 2:
                self.found.append(f"{low} to {high}: {figure}, {sighting.when}")


def number_in(text: str) -> int | None:
    """Return the number that a figure says exactly, where it says one."""
    plain = text.replace(",", "")
    return int(plain) if plain.isdecimal() else None


def range_of(text: str, smallest: int) -> tuple[int, int]:
    """Return between what a figure may be, by what is written."""
    if (exact := number_in(text)) is not None:
        return exact, exact
    if found := re.fullmatch(r"([\d,]+)\+", text):
        least = int(found[1].replace(",", ""))
        return least, least + smallest - 1
    # Zeros may stand among what is fewer than ten.
    return (0, smallest - 1) if any(each.isdigit() for each in text) else (0, 10**6)


def narrow(ranges: dict[Figure, tuple[int, int]], whole: Figure, parts: Sequence[Figure]) -> bool:
    """Narrow a total and its parts down by each other. Returns whether anything moved."""
    before = [ranges[each] for each in (whole, *parts)]
    lows, highs = sum(ranges[each][0] for each in parts), sum(ranges[each][1] for each in parts)
    low, high = ranges[whole]
    ranges[whole] = low, high = max(low, lows), min(high, highs)
    for each in parts:
        least, most = ranges[each]
        ranges[each] = max(least, low - (highs - most)), min(most, high - (lows - least))
    return before != [ranges[each] for each in (whole, *parts)]
