"""Writing: coding a comment, bringing in a file, publishing while others write."""

import statistics
import time
from collections.abc import Iterator

from bench import limits
from bench.figures import Figure, amount, ratio
from bench.running import Run
from bench.stores import LARGE, SMALL
from bench.timing import Spread, ratios

ROWS = 100_000


def coding(run: Run) -> Iterator[Figure]:
    """Save a coding and hear what is next, with none there and with 100,000, turn about."""
    with (
        run.copy(SMALL) as small,
        run.copy(LARGE) as large,
        small.child() as with_none,
        large.child() as with_many,
    ):
        none = with_none.ask("coding.begin", without_codings=True)["codings"]
        many = with_many.ask("coding.begin")["codings"]
        taken: dict[str, dict[str, list[float]]] = {}
        for block in range(run.times(16)):
            for name, child in (("none", with_none), ("many", with_many)):
                found = child.ask("coding.turns", times=12, warm=0 if block else 10)
                mine = taken.setdefault(name, {"ours": [], "bare": []})
                for side, samples in found.items():
                    mine[side] += samples
        share = with_many.ask("coding.nothing", times=run.times(100))
    name = "code a comment and hear what is next"
    yield ratio(name, f"{small.kind}, {none:,} codings", limits.CODING, taken["none"])
    yield ratio(name, f"{large.kind}, {many:,} codings", limits.CODING, taken["many"])
    growth = [ratios(found["ours"], found["bare"]) for found in (taken["many"], taken["none"])]
    value = statistics.median(growth[0]) / statistics.median(growth[1])
    yield Figure(
        f"the same, {many:,} codings to none",
        run.kind,
        value,
        limits.CODING_AT_MANY,
        Spread(value, value, value),
        ours=Spread.of(growth[0]),
        bare=Spread.of(growth[1]),
        ours_unit="× bare",
    )
    yield ratio("of the bare write, an empty page is", large.name, None, share)


def importing(run: Run) -> Iterator[Figure]:
    """Bring in 100,000 rows, turn about with bulk_create; in a process that did nothing before."""
    for kind, limit in (("csv", limits.IMPORT), ("xlsx", limits.IMPORT_XLSX)):
        name = kind.upper()
        with run.copy(SMALL) as store, store.child() as child:
            turns = [
                child.ask("importing.turn", rows=ROWS, kind=kind) for _turn in range(run.times(3))
            ]
        samples = {side: [turn[side] / 1000 for turn in turns] for side in ("ours", "bare")}
        yield ratio(f"import {ROWS:,} rows, {name}", run.kind, limit, samples, unit="s")
        grown = [turn["most"] - turn["before"] for turn in turns]
        yield amount(
            f"memory it takes as rows come in, {name}",
            run.kind,
            limits.IMPORT_GROWS,
            grown,
            "MB more",
        )


def publishing(run: Run) -> Iterator[Figure]:
    """Publish, while another process tries for the project's lock all the time."""
    for size in run.sizes:
        locked, whole = [], []
        with run.copy(size) as store, store.child() as publisher, store.child() as other:
            for _turn in range(run.times(5)):
                other.begin("publishing.longest_lock")
                while not (store.folder / "watching").exists():
                    time.sleep(0.01)
                whole.append(publisher.ask("publishing.publish_once"))
                (store.folder / "published").touch()
                locked.append(other.finish())
        yield amount(
            "others wait while the plan is published", store.name, limits.LOCK, locked, "ms"
        )
        yield amount("publishing, all of it", store.name, None, whole, "ms")
