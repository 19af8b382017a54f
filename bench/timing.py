"""Pairs two ways of doing something, turn and turn about, and sets one against the other."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured ratio beside the one we want to reach."""

    name: str
    ours: float
    bare: float
    ratio: float
    reach: float
    at_least: bool = False
    unit: str = "ms"

    @property
    def reached(self) -> bool:
        """Whether it is good enough."""
        return self.ratio >= self.reach if self.at_least else self.ratio <= self.reach

    def line(self) -> str:
        """Say it in one line."""
        sign = "≥" if self.at_least else "≤"
        word = "reached" if self.reached else "MISSED"
        return (
            f"{self.name:<46} {self.ours:9.2f} {self.unit} against {self.bare:9.2f} {self.unit}"
            f"  {self.ratio:5.2f} ×  ({sign} {self.reach} ×)  {word}"
        )


def once(work: Callable[[], object]) -> float:
    """Return how many milliseconds it took."""
    gc.collect()
    gc.disable()
    began = time.perf_counter()
    work()
    took = time.perf_counter() - began
    gc.enable()
    return took * 1000


def paired(
    ours: Callable[[], object], bare: Callable[[], object], *, times: int, warm: int = 3
) -> tuple[list[float], list[float]]:
    """Do both ``times`` times, turn and turn about, after ``warm`` turns not counted."""
    for _turn in range(warm):
        ours()
        bare()
    mine, theirs = [], []
    for _turn in range(times):
        mine.append(once(ours))
        theirs.append(once(bare))
    return mine, theirs


def p95(samples: list[float]) -> float:
    """Return the value that 95 in 100 samples stay under."""
    return statistics.quantiles(samples, n=20)[-1]
