"""Counts that are published again and again: what of a change may be told.

Who keeps what was published before can take one number from the other. Ten less three is as small
as three. So a count that was published stays as it was until it has changed by as many as may be
told at once, from all that it was ever told as; and what a total is made of is counted with it or
not at all, so that rows and totals go on adding up. The same goes for how many of something are not
of it: of 23 that came, 22 would tell of one. Nothing here knows of people taking words back: what
they take back stays counted, since it was said (``is_said``), so no number can show who did.

- What was kept back stays kept back as long as any of it has to: one of three that is told later
  would tell what the three were without it.
- What is new and small is told as small, and in no total. So is what has become small.
- Before anything was published, counts are told in steps: somebody looks every day.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from engagements.disclosure.small_numbers import (
    PublicCount,
    disclose_count,
    disclose_overlapping,
    disclose_whole,
)

UNSAID = PublicCount(None)
# What something was before, by its name.
Past = Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class Line:
    """The counts of one kind that stand side by side, by what each is of.

    ``counted`` is what each stands at, for the team's machine alone; ``told`` is what the public
    reads of it, and ``whole`` of their sum. ``past`` is all that each ever stood at, and ``gaps``
    how many there were besides, of what each is a part of; of their sum by no name.
    """

    counted: Mapping[str, int] = field(default_factory=dict)
    told: Mapping[str, PublicCount] = field(default_factory=dict)
    whole: PublicCount = field(default_factory=lambda: PublicCount(0))
    past: Past = field(default_factory=dict)
    gaps: Past = field(default_factory=dict)

    @property
    def total(self) -> int:
        """What they add up to, for the team's machine alone."""
        return sum(self.counted.values())

    def of(self, key: str) -> PublicCount:
        """Return what the public reads of one; of what came since, that it is not shown."""
        return self.told.get(key, UNSAID)

    @property
    def kept_back(self) -> frozenset[str]:
        """Whose numbers are not told: they stay so while any of them has to."""
        return frozenset(key for key, count in self.told.items() if not count.is_number)

    def in_steps(self, step: int) -> "Line":
        """Return it told in steps: "30+" from 30 until 40 are reached."""
        told = {key: _in_steps(count, step) for key, count in self.told.items()}
        return replace(self, told=told, whole=_in_steps(self.whole, step))

    def after(self, before: "Line | None", part_of: "Line | None") -> "Line":
        """Return it with what it is added to what it was."""
        gaps = self.gaps_of(part_of) if part_of else {}
        was = before or Line()
        return replace(self, past=_more(was.past, self.counted), gaps=_more(was.gaps, gaps))

    def gaps_of(self, part_of: "Line") -> dict[str, int]:
        """Return how many there are besides, of each and of their sum."""
        gaps = {key: part_of.counted.get(key, 0) - count for key, count in self.counted.items()}
        return gaps | {"": part_of.total - self.total}

    def kept(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        told = {key: count.frozen for key, count in self.told.items()}
        kept = {"counted": dict(self.counted), "told": told, "whole": self.whole.frozen}
        return kept | {"past": dict(self.past), "gaps": dict(self.gaps)}

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> "Line":
        """Read one that was kept."""
        told = {key: PublicCount.read(count) for key, count in raw["told"].items()}
        whole = PublicCount.read(raw["whole"])
        return cls(raw["counted"], told, whole, raw["past"], raw["gaps"])


def _in_steps(count: PublicCount, step: int) -> PublicCount:
    """Return a count as so many at least."""
    if not count.value or step < 2:
        return count
    return PublicCount(count.value // step * step, is_least=True)


def settle_line(
    now: Mapping[str, int],
    before: Line | None,
    smallest: int,
    *,
    adds_up_to: int | None = None,
    part_of: Line | None = None,
) -> Line:
    """Return what is told of counts that add up, given what was told of them before.

    ``adds_up_to`` is what their sum stands at elsewhere; ``part_of`` the line of which each is a
    part of the one by its name.
    """
    counted = _carry(now, before, smallest)
    is_told = True
    if before is not None and adds_up_to is not None:
        _share(counted, before, adds_up_to - sum(counted.values()), smallest)
    if before is not None and part_of is not None:
        is_told = _keep_gaps(counted, before, part_of, smallest)
    keys, values = list(counted), list(counted.values())
    of = [part_of.counted.get(key, 0) for key in keys] if part_of else None
    whole, parts = disclose_whole(values, smallest, of)
    told = _as_told(dict(zip(keys, parts, strict=True)), now, counted, before, smallest)
    if not is_told:
        told, whole = dict.fromkeys(told, UNSAID), UNSAID
    return Line(counted, told, whole).after(before, part_of)


def settle_overlapping(
    now: Mapping[str, int], before: Line | None, smallest: int, *, total: int
) -> Line:
    """Return what is told of counts that may overlap, beside how many there are in all."""
    counted = _carry(now, before, smallest)
    parts = disclose_overlapping(list(counted.values()), total, smallest)
    told = dict(zip(counted, parts, strict=True))
    told = _as_told(told, now, counted, before, smallest)
    return Line(counted, told, disclose_count(total, smallest)).after(before, None)


def _carry(now: Mapping[str, int], before: Line | None, smallest: int) -> dict[str, int]:
    """Return what each counts as: as before, where too few came or went."""
    if before is None:
        return dict(now)
    counted = {}
    # In the order of now: what was kept as JSON has none.
    for key in dict.fromkeys([*now, *before.counted]):
        was, known, count = before.counted.get(key, 0), key in now, now.get(key, 0)
        # As it was told last, or before that: what comes back to it would tell the difference.
        near = [each for each in (was, *before.past.get(key, ())) if abs(count - each) < smallest]
        if near and (known or was):
            counted[key] = near[0]
        elif known:
            counted[key] = count if count >= smallest else 0
    return counted


def _is_far(count: int, past: Iterable[int], smallest: int) -> bool:
    """Say whether a count tells no small difference from what it was."""
    return all(count == each or abs(count - each) >= smallest for each in past)


def _keep_gaps(counted: dict[str, int], before: Line, part_of: Line, smallest: int) -> bool:
    """Leave parts as they were where the change of the whole less theirs would be small.

    Returns whether that is enough.
    """

    def is_safe(key: str, count: int, all_of_it: int) -> bool:
        is_told = count >= smallest and all_of_it >= smallest
        return not is_told or _is_far(all_of_it - count, before.gaps.get(key, ()), smallest)

    def are_safe() -> bool:
        each = (is_safe(key, counted[key], part_of.counted.get(key, 0)) for key in counted)
        return all(each) and is_safe("", sum(counted.values()), part_of.total)

    for key, count in list(counted.items()):
        if not is_safe(key, count, part_of.counted.get(key, 0)):
            counted[key] = before.counted.get(key, 0)
    if not are_safe():
        counted |= {key: before.counted.get(key, 0) for key in counted}
    return are_safe()


def _share(counted: dict[str, int], before: Line, rest: int, smallest: int) -> None:
    """Add what is missing to a total to one of its parts: to one that has changed anyway."""
    changed = [key for key, count in counted.items() if count != before.counted.get(key, 0)]
    if not rest:
        return

    def fits(key: str) -> bool:
        count = counted[key] + rest
        return count >= smallest and _is_far(count, before.past.get(key, ()), smallest)

    largest = sorted(counted, key=lambda key: -counted[key])
    if (takes := _first([*(key for key in largest if key in changed), *largest], fits)) is None:
        # None can take it up: all stay as they were, and one takes what the total has changed.
        rest += sum(counted[key] - before.counted.get(key, 0) for key in changed)
        counted |= {key: before.counted.get(key, 0) for key in changed}
        takes = _first(largest, fits)
    if takes is not None:
        counted[takes] += rest


def _first(keys: Iterable[str], fits: Callable[[str], bool]) -> str | None:
    """Return the first that fits."""
    return next((key for key in keys if fits(key)), None)


def _as_told(
    told: dict[str, PublicCount],
    now: Mapping[str, int],
    counted: Mapping[str, int],
    before: Line | None,
    smallest: int,
) -> dict[str, PublicCount]:
    """Keep back what was kept back while any of it is small, and say of what is few that it is."""
    if before is not None:
        # Of what they come to nothing was told where the sum was not.
        stays = before.kept_back & told.keys() if before.whole.is_number else frozenset()
        if any(_is_hidden(told[key]) for key in stays):
            told |= {key: told[key] if _is_hidden(told[key]) else UNSAID for key in stays}
        hidden = [key for key in told if _is_hidden(told[key]) and counted[key]]
        if any(counted[key] >= smallest for key in hidden):
            told |= dict.fromkeys(hidden, UNSAID)
    few = {
        key: PublicCount(None, smallest)
        for key, count in told.items()
        if count == PublicCount(0) and 0 < now.get(key, 0) < smallest
    }
    return told | few


def _more(past: Past, now: Mapping[str, int]) -> dict[str, list[int]]:
    """Add what is now to what was."""
    keys = dict.fromkeys([*past, *now])
    added = {key: [*past.get(key, ()), *([now[key]] if key in now else [])] for key in keys}
    return {key: sorted(set(counts)) for key, counts in added.items()}


def _is_hidden(count: PublicCount) -> bool:
    """Whether a count is not told."""
    return not count.is_number


def kept_lines(lines: Mapping[str, Line]) -> dict[str, Any]:
    """Return lines by name as plain JSON."""
    return {name: line.kept() for name, line in lines.items()}


def read_lines(raw: Mapping[str, Any]) -> dict[str, Line]:
    """Read lines that were kept, by name."""
    return {name: Line.read(line) for name, line in raw.items()}
