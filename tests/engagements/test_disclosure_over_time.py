"""Counts told again and again: no two tellings give a few away, whatever happens between them."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements.disclosure.over_time import Line, settle_line, settle_overlapping
from engagements.disclosure.small_numbers import PublicCount
from tests.cases import cases
from tests.engagements.made_up_projects import MadeUp, differences

CASES = cases(500)
FEW, UNSAID = PublicCount(None, 10), PublicCount(None)


def tell(*times: dict[str, int]) -> list[Line]:
    """Tell a line at several times."""
    told: list[Line] = []
    for now in times:
        told.append(settle_line(now, told[-1] if told else None, 10))
    return told


def numbers(line: Line) -> dict[str, int | None]:
    return {key: count.value for key, count in line.told.items()}


def test_a_count_stays_until_enough_has_changed() -> None:
    counts = (40, 39, 44, 49, 50, 52, 41, 30)
    told = tell(*({"fair": count, "hall": 25} for count in counts))
    assert [line.of("fair").value for line in told] == [40, 40, 40, 40, 50, 50, 50, 30]
    assert [line.whole.value for line in told] == [65, 65, 65, 65, 75, 75, 75, 55]


def test_what_comes_back_to_what_it_was_is_told_as_it_was() -> None:
    told = tell(*({"fair": count, "hall": 25} for count in (40, 52, 41)))
    assert [line.of("fair").value for line in told] == [40, 52, 40]


def test_what_is_new_and_small_is_in_no_total() -> None:
    before, after, later = tell(
        {"fair": 40, "hall": 25},
        {"fair": 40, "hall": 25, "doorstep": 3},
        {"fair": 40, "hall": 25, "doorstep": 14},
    )
    assert after.of("doorstep") == FEW
    assert after.whole == before.whole == PublicCount(65)
    assert (later.of("doorstep"), later.whole) == (PublicCount(14), PublicCount(79))


def test_what_was_hidden_stays_so_while_any_of_it_is_small() -> None:
    before, after, later = tell(
        {"fair": 40, "a": 6, "b": 5, "c": 4},
        {"fair": 40, "a": 19, "b": 5, "c": 4},
        {"fair": 40, "a": 19, "b": 18, "c": 17},
    )
    assert numbers(before) == {"fair": 40, "a": None, "b": None, "c": None}
    # Told alone, nineteen would leave nine for the others now, and six for what it was.
    assert numbers(after) == numbers(before)
    assert numbers(later) == {"fair": 40, "a": 19, "b": 18, "c": 17}


def test_one_that_is_gone_leaves_no_hole_where_it_was_hidden() -> None:
    before, after = tell({"fair": 40, "a": 9, "b": 8}, {"fair": 40, "b": 8})
    assert before.whole == after.whole == PublicCount(57)
    assert list(after.counted) == ["fair", "b", "a"]


def test_what_adds_up_to_a_total_goes_on_adding_up() -> None:
    before = settle_line({"asset": 30, "need": 40, "change": 20}, None, 10, adds_up_to=90)
    now = {"asset": 38, "need": 43, "change": 32}
    line = settle_line(now, before, 10, adds_up_to=113)
    # Only "change" has changed by enough; it takes up the eight and the three.
    assert line.counted == {"asset": 30, "need": 40, "change": 43}
    assert line.whole == PublicCount(113)


def test_a_part_tells_no_few_by_how_much_less_it_has_changed_than_the_whole() -> None:
    asked = settle_line({"need": 100, "change": 50}, None, 10)
    theme = settle_line({"need": 60, "change": 30}, None, 10, part_of=asked)
    more = settle_line({"need": 123, "change": 50}, asked, 10)
    line = settle_line({"need": 82, "change": 30}, theme, 10, part_of=more)
    assert (more.of("need"), line.of("need")) == (PublicCount(123), PublicCount(60))
    last = settle_line({"need": 87, "change": 30}, line, 10, part_of=more)
    assert last.of("need") == PublicCount(60)
    # Forty and 63 were besides; thirty are far from both.
    last = settle_line({"need": 93, "change": 30}, line, 10, part_of=more)
    assert last.of("need") == PublicCount(93)


def test_nearly_all_of_something_is_not_told() -> None:
    asked = settle_line({"need": 30, "change": 20}, None, 10)
    line = settle_line({"need": 27, "change": 20}, None, 10, part_of=asked)
    assert line.whole == UNSAID
    assert set(line.told.values()) == {UNSAID}


def test_codes_stay_as_they_were_too() -> None:
    codes = settle_overlapping({"parks": 30, "bins": 25}, None, 10, total=45)
    later = settle_overlapping({"parks": 33, "bins": 36}, codes, 10, total=50)
    assert numbers(later) == {"parks": 30, "bins": 36}


def test_before_a_plan_counts_are_told_in_steps() -> None:
    line = settle_line({"fair": 40, "hall": 29, "none": 0}, None, 10).in_steps(10)
    assert [str(line.of(key)) for key in ("fair", "hall", "none", "later")] == [
        "40+",
        "20+",
        "0",
        "not shown",
    ]
    assert str(line.whole) == "60+"


def test_a_line_that_is_kept_is_read_as_it_was() -> None:
    _first, line = tell({"fair": 40, "a": 9, "b": 8}, {"fair": 52, "a": 9, "b": 8, "c": 3})
    assert Line.read(line.kept()) == line


@pytest.mark.parametrize("smallest", [1, 2])
def test_a_project_that_shows_every_number_is_told_each(smallest: int) -> None:
    before = settle_line({"fair": 40, "hall": 25}, None, smallest)
    after = settle_line({"fair": 42, "hall": 20}, before, smallest)
    assert after.counted == {"fair": 42, "hall": 20}


@given(
    times=st.lists(
        st.lists(st.one_of(st.integers(0, 12), st.integers(0, 60)), min_size=3, max_size=3),
        min_size=2,
        max_size=5,
    )
)
def test_no_two_tellings_of_a_line_differ_by_a_few(times: list[list[int]]) -> None:
    told = tell(*(dict(zip("abc", counts, strict=True)) for counts in times))
    for before, after in combinations(told, 2):
        for key in before.told:
            was, now = before.of(key).value, after.of(key).value
            if was is not None and now is not None:
                assert was == now or abs(was - now) >= 10, (key, was, now, times)
    for line in told:
        # Rows and what is hidden of them make the total, which counts no more than it tells.
        if line.whole.value is not None:
            shown = sum(count.value or 0 for count in line.told.values())
            hidden = line.whole.value - shown
            assert hidden == 0 or hidden >= 10, (line, times)


@pytest.mark.parametrize("size", [20, 40, 80, 200, 600])
def test_made_up_projects_tell_of_no_few_in_four_editions(
    size: int, capsys: pytest.CaptureFixture[str]
) -> None:
    tried, found = 0, []
    for seed in range(CASES):
        for number, name in differences(MadeUp(seed * 1_000 + size, size).editions):
            tried += 1
            if 0 < abs(number) < 10:
                found.append(f"{number}: {name}, project {seed}")
    with capsys.disabled():
        print(f"\n{CASES} made-up projects of up to {size}: {tried} tries, {len(found)} of a few")
    assert found == []
    assert tried > 10 * CASES
