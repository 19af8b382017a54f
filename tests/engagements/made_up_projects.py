"""Projects made up at random, told in four editions, and taken apart: what comes to a few?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from random import Random

from engagements.disclosure.over_time import Line, settle_line

EVENTS, KINDS, THEMES = "abcd", "xyz", "uvw"
Lines = dict[str, Line]


class MadeUp:
    """A project of made-up comments: each at an event, on a question, in some themes."""

    def __init__(self, seed: int, size: int) -> None:
        """Begin with so many comments at most."""
        self.random = Random(seed)  # noqa: S311
        self.said: list[tuple[str, str, frozenset[str]]] = []
        self.editions: list[Lines] = []
        self._add(self.random.randint(5, size), EVENTS)
        for _number in range(4):
            self.editions.append(self._tell())
            for _turn in range(self.random.randint(0, 3)):
                self._go_on()

    def _add(self, number: int, events: str) -> None:
        """Have some more said."""
        for _turn in range(number):
            themes = frozenset(theme for theme in THEMES if self.random.random() < 0.45)
            (kind,) = self.random.choices(KINDS, weights=(5, 3, 1))
            self.said.append((self.random.choice(events), kind, themes))

    def _go_on(self) -> None:
        """Have an event more, late words, or some sorted or put right."""
        turn = self.random.random()
        if turn < 0.4:
            self._add(self.random.randint(1, 30), self.random.choice("abcdefg"))
        elif turn < 0.6:
            self._add(self.random.randint(1, 5), EVENTS)
        else:
            number = min(len(self.said), self.random.randint(1, 15))
            for at in self.random.sample(range(len(self.said)), number):
                event, kind, themes = self.said[at]
                if turn < 0.8:
                    themes ^= {self.random.choice(THEMES)}
                else:
                    kind = self.random.choice(KINDS)
                self.said[at] = event, kind, themes

    def _tell(self) -> Lines:
        """Tell what may be told, as an edition does."""
        before = self.editions[-1] if self.editions else {}
        events = Counter(event for event, _kind, _themes in self.said)
        kinds = Counter(kind for _event, kind, _themes in self.said)
        known = before["kinds"].counted if before else {}
        lines = {"events": settle_line(events, before.get("events"), 10)}
        lines["kinds"] = asked = settle_line(
            {kind: kinds[kind] for kind in KINDS if kinds[kind] or kind in known},
            before.get("kinds"),
            10,
            adds_up_to=lines["events"].total,
        )
        for theme in THEMES:
            on_it = Counter(kind for _event, kind, themes in self.said if theme in themes)
            exact = {kind: on_it[kind] for kind in asked.counted}
            lines[theme] = settle_line(exact, before.get(theme), 10, part_of=asked)
        return lines


def differences(editions: Sequence[Lines]) -> Iterator[tuple[int, str]]:
    """Yield every difference that may be taken, and of what."""
    for lines in editions:
        for whole, part, name in _wholes(lines, lines):
            yield whole[0] - part[0], f"{name} in one edition"
    for before, after in combinations(editions, 2):
        for name in before:
            yield from _over_time(before[name], after[name], name)
        for whole, part, name in _wholes(before, after):
            if whole[0] != whole[1] and part[0] != part[1]:
                yield (whole[1] - whole[0]) - (part[1] - part[0]), f"{name} over time"


def _over_time(before: Line, after: Line, name: str) -> Iterator[tuple[int, str]]:
    """Yield how one line changed: each count, the sum, and what is hidden of it."""
    for key in before.told:
        was, now = before.of(key).value, after.of(key).value
        if was is not None and now is not None:
            yield now - was, f"{name} {key}"
    if (was := before.whole.value) is not None and (now := after.whole.value) is not None:
        yield now - was, f"all of {name}"
        yield (now - _shown(after)) - (was - _shown(before)), f"hidden of {name}"


def _shown(line: Line) -> int:
    """Add up what is told of a line."""
    return sum(count.value or 0 for count in line.told.values())


def _wholes(before: Lines, after: Lines) -> Iterator[tuple[tuple[int, int], tuple[int, int], str]]:
    """Yield wholes and parts that are told at both times, each as it was and is."""
    for theme in THEMES:
        told = before["kinds"], after["kinds"], before[theme], after[theme]
        pairs = [tuple(line.of(kind) for line in told) for kind in before["kinds"].told]
        wholes = before["events"].whole, after["events"].whole
        for four in [*pairs, (*wholes, before[theme].whole, after[theme].whole)]:
            numbers = [count.value for count in four if count.value]
            if len(numbers) == 4:
                yield (numbers[0], numbers[1]), (numbers[2], numbers[3]), theme
