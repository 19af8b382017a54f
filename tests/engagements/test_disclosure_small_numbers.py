"""Small numbers: none can be worked out, not even by who knows the rules."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements.disclosure.small_numbers import (
    PublicCount,
    disclose_count,
    disclose_overlapping,
    disclose_parts,
    disclose_whole,
)

FEWER, UNSAID = "fewer than 10", "not shown"


def test_a_count_is_written_as_a_number_as_small_or_as_not_shown() -> None:
    counts = [PublicCount.read(each) for each in (1234, 0, "<10", None)]
    assert [str(each) for each in counts] == ["1,234", "0", FEWER, UNSAID]
    assert [bool(each) for each in counts] == [True, False, True, True]
    assert [each.drawn for each in counts] == [1234, 0, 0, 0]
    assert [each.grammar for each in counts] == [1234, 0, 10, 2]
    assert [each.says_size for each in counts] == [True, True, True, False]


def test_an_edition_keeps_a_count_as_it_was() -> None:
    kept = [12, 0, "<10", None]
    assert [PublicCount.read(each).frozen for each in kept] == kept


@pytest.mark.parametrize("parts", [[], [0, 0], [3, 0], [4, 5], [12, 3], [40, 12, 11]])
def test_where_a_whole_is_kept_back_so_are_its_parts(parts: list[int]) -> None:
    whole, shares = disclose_whole(parts, 10)
    assert shares == disclose_parts(parts, 10)
    assert whole.is_number or all(share == PublicCount(None, 10) for share in shares)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([12, 15, 40], ["12", "15", "40"]),
        ([12, 0, 15], ["12", "0", "15"]),
        ([12, 15, 3], [UNSAID, "15", UNSAID]),
        ([12, 3, 40], [UNSAID, UNSAID, "40"]),
        ([12, 4, 3], [UNSAID, UNSAID, UNSAID]),
        ([1, 1, 40], [UNSAID, UNSAID, UNSAID]),
        ([6, 5, 40], [FEWER, FEWER, "40"]),
        ([9, 9, 40], [UNSAID, UNSAID, UNSAID]),
        ([12, 12, 3, 40], [UNSAID, UNSAID, UNSAID, "40"]),
        ([6, 5, 0, 40], [FEWER, FEWER, FEWER, "40"]),
        ([3, 0, 0], [FEWER, FEWER, FEWER]),
        ([1] * 10, [FEWER] * 10),
        ([10, 10], ["10", "10"]),
        ([], []),
    ],
)
def test_parts_of_a_total(counts, said) -> None:
    assert [str(each) for each in disclose_parts(counts, 10)] == said


@pytest.mark.parametrize(
    ("counts", "total", "said"),
    [
        ([17, 15, 2], 32, ["17", "15", FEWER]),
        ([15, 9], 24, [UNSAID, UNSAID]),
        ([15, 9], 20, [UNSAID, UNSAID]),
        ([15, 9, 10, 0], 28, ["15", FEWER, "10", "0"]),
        ([9, 9], 18, [UNSAID, UNSAID]),
        ([3, 0], 3, [FEWER, "0"]),
        ([12, 0], 12, ["12", "0"]),
        ([], 0, []),
    ],
)
def test_parts_that_overlap(counts, total, said) -> None:
    assert [str(each) for each in disclose_overlapping(counts, total, 10)] == said


def ways(hidden: int, total: int, least: int, most: int) -> Iterator[tuple[int, ...]]:
    """Yield the ways that so many numbers can make a total."""
    if hidden == 1:
        if least <= total <= most:
            yield (total,)
        return
    for first in range(least, min(most, total) + 1):
        for others in ways(hidden - 1, total - first, least, most):
            yield (first, *others)


@given(
    counts=st.lists(st.one_of(st.integers(0, 9), st.integers(0, 30)), min_size=1, max_size=4),
    smallest=st.integers(3, 10),
)
def test_no_number_kept_back_is_told_by_those_shown(counts, smallest) -> None:
    found = disclose_parts(counts, smallest)
    hidden = [place for place, each in enumerate(found) if each.value is None]
    if not hidden:
        assert not any(disclose_count(count, smallest).value is None for count in counts)
        return
    total = disclose_count(sum(counts), smallest).value
    totals = range(1, smallest) if total is None else [total]
    seen: dict[int, set[int]] = defaultdict(set)
    most = sum(counts) if not found[hidden[0]].below else smallest - 1
    for each in totals:
        rest = each - sum(count.value or 0 for count in found)
        for way in ways(len(hidden), rest, 0, most):
            for place, value in zip(hidden, way, strict=True):
                seen[place].add(value)
    # Half of what a number that is kept back may be: "fewer than ten" leaves five at least.
    many = min((smallest + 1) // 2, max(totals) + 1)
    assert all(len(seen[place]) >= many for place in hidden), (counts, found)
    assert all(counts[place] in seen[place] for place in hidden)


def view(found: list[PublicCount]) -> tuple[str, ...]:
    return tuple(str(each) for each in found)


@pytest.mark.parametrize(("parts", "most"), [(1, 30), (2, 30), (3, 16), (4, 9)])
def test_no_number_kept_back_is_told_to_who_knows_the_rules(parts, most) -> None:
    smallest = 4
    same: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(most + 1), repeat=parts):
        said = view(disclose_parts(counts, smallest))
        same[str(disclose_count(sum(counts), smallest)), said].append(counts)
    told = [
        (said, every)
        for (_total, said), every in same.items()
        for place, words in enumerate(said)
        # What would need larger numbers than we tried is not judged.
        if not words.isdecimal()
        and len({counts[place] for counts in every}) < 2
        and max(map(max, every)) < most - smallest
    ]
    assert told == []


@pytest.mark.parametrize(("parts", "most"), [(1, 30), (2, 22), (3, 14)])
def test_nor_is_one_that_overlaps_others(parts, most) -> None:
    smallest = 4
    same: dict[object, set[tuple[int, ...]]] = defaultdict(set)
    for counts in product(range(most + 1), repeat=parts):
        for total in range(max(counts), min(sum(counts), most) + 1):
            said = view(disclose_overlapping(counts, total, smallest))
            same[str(disclose_count(total, smallest)), said].add(counts)
    told = [
        (said, every)
        for (_total, said), every in same.items()
        for place, words in enumerate(said)
        if not words.isdecimal() and len({counts[place] for counts in every}) < 2
    ]
    assert told == []
