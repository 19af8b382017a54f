"""How samples are taken turn about, and summed up."""

import gc

from bench.timing import Spread, once, p95, paired, ratios, whole


def test_ours_and_bare_are_done_by_turns_and_the_warm_ones_not_counted() -> None:
    done: list[str] = []
    taken = paired(lambda: done.append("ours"), lambda: done.append("bare"), times=4, warm=2)
    assert done == ["ours", "bare"] * 6
    assert (len(taken["ours"]), len(taken["bare"])) == (4, 4)


def test_the_collector_of_garbage_runs_again_whatever_was_timed() -> None:
    def fail() -> None:
        assert not gc.isenabled()
        raise ValueError

    try:
        once(fail)
    except ValueError:
        pass
    assert gc.isenabled()


def test_what_is_weighed_meanwhile_is_collected_as_it_goes() -> None:
    was: list[bool] = []
    assert whole(lambda: was.append(gc.isenabled())) >= 0
    assert was == [True]


def test_each_is_compared_with_the_bare_one_of_its_own_turn() -> None:
    # The second turn met a busy machine: both took ten times as long.
    assert ratios([2, 20, 2], [1, 10, 1]) == [2, 2, 2]


def test_a_spread_has_the_least_the_middle_and_the_most() -> None:
    assert Spread.of([9, 1, 5]) == Spread(1, 5, 9)


def test_95_in_100_stay_under_the_p95() -> None:
    assert 94 <= p95(list(range(1, 101))) <= 96
