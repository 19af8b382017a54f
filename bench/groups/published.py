"""The published plan: its page drawn anew, its weight, and its PDF."""

from collections.abc import Iterator

from bench import limits
from bench.figures import Figure, amount, ratio
from bench.memory import watched
from bench.running import Run
from bench.stores import SMALL


def page(run: Run) -> Iterator[Figure]:
    """Draw the plan's page with nothing kept, turn about with an honest page of the same words."""
    with run.copy(SMALL) as store, store.child() as child:
        taken = child.ask("plan.turns", times=run.times(40))
        weights = child.ask("plan.weights")
    rates = {side: [1000 / one for one in samples] for side, samples in taken.items()}
    name = "the plan's page, drawn anew"
    yield ratio(name, store.name, limits.PLAN_RATE, rates, at_least=True, unit="a second")
    ours, bare = weights["ours"], weights["bare"]
    yield amount("its queries", store.name, limits.PLAN_QUERIES, [ours["queries"]], "queries")
    for kind, limit in (("nodes", limits.PLAN_NODES), ("bytes", None)):
        both = {"ours": [ours[kind]], "bare": [bare[kind]]}
        yield ratio(f"its {kind}, not compressed", store.name, limit, both, unit=kind)


def pdf(run: Run) -> Iterator[Figure]:
    """Make the PDF of 40 actions beside WeasyPrint alone, and of 160 beside 40; weigh that."""
    with run.copy(SMALL) as store:
        with store.child() as child:
            taken = child.ask("plan.pdf_turns", times=run.times(5))
            longer = child.ask("plan.pdf_growth", times=run.times(3))
        yield ratio("the PDF of 40 actions", store.name, limits.PDF, _seconds(taken), unit="s")
        yield ratio(
            "of 160 actions, to 40", store.name, limits.PDF_LONG, _seconds(longer), unit="s"
        )
        most = []
        for _turn in range(2):
            # A process of its own each time: what was made before would count as well.
            with store.child() as child, watched(child.pid) as seen:
                child.ask("plan.pdf_once", actions=160)
            most.append(max(seen))
        yield amount("memory for 160 actions", store.name, limits.PDF_MEMORY, most, "MB")


def _seconds(taken: dict[str, list[float]]) -> dict[str, list[float]]:
    """Turn milliseconds into seconds."""
    return {side: [one / 1000 for one in samples] for side, samples in taken.items()}
