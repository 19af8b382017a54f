"""Taking out: comments as a file, written as they are read."""

from collections.abc import Iterator

from bench import limits
from bench.figures import Figure, amount, ratio
from bench.memory import watched
from bench.running import Run
from bench.stores import LARGE


def export(run: Run) -> Iterator[Figure]:
    """Write 100,000 comments as CSV and as a workbook, turn about with bare ones; weigh both."""
    on = f"{run.kind}, {LARGE:,}"
    with run.copy(LARGE) as store, store.child() as child:
        child.ask("taking_out.settle")
        for kind, limit in (("csv", limits.EXPORT_CSV), ("xlsx", limits.EXPORT_XLSX)):
            name = f"comments taken out as {kind.upper()}"
            turns, grown = [], []
            for _turn in range(run.times(3)):
                with watched(child.pid) as seen:
                    turns.append(child.ask("taking_out.turn", kind=kind))
                # What the first tenth of the rows fills is kept for good.
                grown.append(max(seen) - seen[len(seen) // 10])
            samples = {side: [turn[side] / 1000 for turn in turns] for side in ("ours", "bare")}
            yield ratio(f"{name}, to a bare one of the same rows", on, limit, samples, unit="s")
            yield amount(
                f"memory it takes, {kind.upper()}", on, limits.EXPORT_GROWS, grown, "MB more"
            )
            yield amount(
                f"the first bytes of it, {kind.upper()}",
                on,
                None,
                [turn["first"] for turn in turns],
                "ms",
            )
