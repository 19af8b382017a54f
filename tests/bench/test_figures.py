"""When a figure is missed, and what the table and the machine are told of it."""

import json

import pytest

from bench.figures import (
    Figure,
    amount,
    as_json,
    lines_of,
    number,
    ratio,
    ratio_of_p95,
    table_of,
)
from bench.timing import Spread


def page_figure(name: str, value: float) -> Figure:
    """A page of twelve queries at the most."""
    spread = Spread(value, value, value)
    return Figure(name, "SQLite", value, 12, spread, unit="queries", family="queries")


@pytest.mark.parametrize(
    ("value", "limit", "at_least", "is_missed"),
    [
        (1.2, 1.2, False, False),
        (1.21, 1.2, False, True),
        (0.8, 0.8, True, False),
        (0.79, 0.8, True, True),
        (99, None, False, False),
    ],
)
def test_a_limit_is_kept_up_to_itself(
    value: float, limit: float | None, *, at_least: bool, is_missed: bool
) -> None:
    figure = Figure("it", "here", value, limit, Spread(value, value, value), at_least=at_least)
    assert figure.is_missed == is_missed


def test_the_middle_of_the_turns_counts_not_one_bad_one() -> None:
    figure = ratio("it", "here", 2.0, {"ours": [2, 300, 2], "bare": [1, 10, 1]})
    assert (figure.value, figure.spread) == (2, Spread(2, 2, 30))
    assert not figure.is_missed


def test_of_rates_more_is_better() -> None:
    assert ratio("it", "here", 0.8, {"ours": [70], "bare": [100]}, at_least=True).is_missed
    assert not ratio("it", "here", 0.8, {"ours": [90], "bare": [100]}, at_least=True).is_missed


def test_a_p95_is_missed_where_one_in_ten_takes_long() -> None:
    samples = {"ours": [1.0] * 18 + [50.0] * 2, "bare": [10.0] * 20}
    assert ratio_of_p95("it", "here", 1, samples).is_missed
    assert not ratio("it", "here", 1, samples).is_missed


def test_what_could_not_be_measured_is_missed_and_what_is_left_out_is_told() -> None:
    fault = Figure.fault("it", "here", "a long story\nand its end")
    assert (fault.is_missed, fault.note) == (True, "and its end")
    assert not Figure.left_out("it", "here", "no wrk").is_missed


def test_pages_that_keep_a_limit_share_a_line_and_one_that_misses_it_has_its_own() -> None:
    lines = lines_of([page_figure("a", 5), page_figure("b", 40), page_figure("c", 11)])
    assert [line[0] for line in lines] == ["queries: 2 of 3 pages; the most, c", "b"]
    assert lines[1][-1] == "MISSED"


def test_the_columns_of_a_table_stand_under_each_other() -> None:
    lines = table_of([["a", "1"], ["longer", "2"]], ["name", "n"]).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert len(lines) == 4


def test_a_machine_is_told_what_was_missed() -> None:
    told = json.loads(as_json([amount("lock", "here", 50, [60, 70, 80], "ms")], [{"page": "a"}]))
    assert told["pages"] == [{"page": "a"}]
    (figure,) = told["figures"]
    assert (figure["missed"], figure["value"], figure["spread"]["high"]) == (True, 70, 80)


@pytest.mark.parametrize(
    ("value", "written"), [(0.824, "0.82"), (12.34, "12.3"), (1240.4, "1,240"), (100, "100")]
)
def test_numbers_have_three_figures_that_count(value: float, written: str) -> None:
    assert number(value) == written
