"""Times ways of doing something turn about, and says how the samples spread."""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """The least, the middle and the most of some samples."""

    low: float
    middle: float
    high: float

    @classmethod
    def of(cls, samples: Sequence[float]) -> "Spread":
        """Sum up samples. Raises StatisticsError where there are none."""
        return cls(min(samples), statistics.median(samples), max(samples))


def once(work: Callable[[], object]) -> float:
    """Return how many milliseconds it took, with the collector of garbage out of the way."""
    gc.collect()
    gc.disable()
    began = time.perf_counter()
    try:
        work()
        return (time.perf_counter() - began) * 1000
    finally:
        gc.enable()


def whole(work: Callable[[], object]) -> float:
    """Return how many milliseconds a long piece of work took, garbage collected as ever.

    For what is weighed meanwhile: without the collector, whatever refers to itself would be held.
    """
    gc.collect()
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def paired(
    ours: Callable[[], object], bare: Callable[[], object], *, times: int, warm: int = 2
) -> dict[str, list[float]]:
    """Do both ``times`` times, turn about, after ``warm`` turns not counted; milliseconds of each.

    Whatever else the machine does meanwhile falls on both alike.
    """
    for _turn in range(warm):
        ours()
        bare()
    taken: dict[str, list[float]] = {"ours": [], "bare": []}
    for _turn in range(times):
        taken["ours"].append(once(ours))
        taken["bare"].append(once(bare))
    return taken


def ratios(ours: Sequence[float], bare: Sequence[float]) -> list[float]:
    """Divide each sample of ours by the bare one of its own turn."""
    return [mine / theirs for mine, theirs in zip(ours, bare, strict=True)]


def p95(samples: Sequence[float]) -> float:
    """Return the value that 95 in 100 samples stay under."""
    return statistics.quantiles(samples, n=20, method="inclusive")[-1]
