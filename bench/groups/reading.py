"""Reading: every page at every size, search, and counts."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from bench import limits
from bench.child import Child
from bench.figures import Figure, amount, ratio, ratio_of_p95
from bench.running import Run
from bench.stores import HUGE, LARGE, SMALL, Store
from bench.timing import Spread, p95, ratios

# A page that takes longer than this (ms) is drawn less often.
_SLOW = 500
# Public pages that tell how much was heard.
_COUNTED = ("themes:what_we_heard", "overview:project_home")


def pages(run: Run) -> Iterator[Figure]:
    """Draw every page, nothing kept, at each size turn about; and weigh it at 100,000."""
    with ExitStack() as opened:
        stores = {size: opened.enter_context(run.copy(size)) for size in run.sizes}
        children = {size: opened.enter_context(stores[size].child()) for size in run.sizes}
        found = children[SMALL].ask("pages.find")
        count = len(found["pages"])
        yield Figure(
            "pages that open, of all addresses",
            run.kind,
            count,
            None,
            Spread(count, count, count),
            unit=f"of {found['addresses']}",
            note=_left_out(found["left_out"]),
        )
        wanted = [page for page in found["pages"] if run.only in page["name"]]
        for page in wanted:
            weights = {
                size: child.ask("pages.look", url=page["url"], role=page["role"])
                for size, child in children.items()
            }
            yield from _weighed(page, weights[LARGE], stores[LARGE])
            yield from _grown(run, page, weights, _taken(run, children, page))
        # What the public reads of counts is kept from one edition to the next: without one, too.
        for child in children.values():
            child.ask("pages.forget_published_counts")
        for page in wanted:
            if not page["role"] and page["name"].startswith(_COUNTED):
                weights = {
                    size: child.ask("pages.look", url=page["url"], role="")
                    for size, child in children.items()
                }
                unpublished = page | {"name": f"{page['name']}, before an edition"}
                yield from _grown(run, unpublished, weights, _taken(run, children, page))


def _left_out(why: dict[str, str]) -> str:
    """Say which addresses are not measured, but for those that take a POST alone."""
    posted = sum(answer == "answers 405" for answer in why.values())
    others = ", ".join(name for name, answer in why.items() if name and answer != "answers 405")
    return f"{posted} others take a POST alone; not opened: {others}"


def _taken(run: Run, children: dict[int, Child], page: dict[str, Any]) -> dict[int, list[float]]:
    """Draw one page at each size, turn about; ms."""
    taken: dict[int, list[float]] = {size: [] for size in children}
    turns, turn = run.times(9), 0
    while turn < turns:
        for size, child in children.items():
            taken[size] += child.ask("pages.turn", url=page["url"], role=page["role"])
        turn += 1
        if max(map(max, taken.values())) > _SLOW:
            turns = 3
    return taken


def _weighed(page: dict[str, Any], weight: dict[str, int], store: Store) -> Iterator[Figure]:
    """Compare a page's queries, bytes and nodes with what any page may have."""
    most = limits.LIST_QUERIES if page["is_list"] else limits.PAGE_QUERIES
    family = "queries of a list" if page["is_list"] else "queries"
    measured = [(family, float(weight["queries"]), float(most))]
    if weight["nodes"]:  # Files are as long as what is in them.
        measured.append(("kB as sent", weight["bytes"] / 1000, limits.PAGE_BYTES))
        measured.append(("nodes", weight["nodes"], limits.PAGE_NODES))
    for family, value, limit in measured:
        unit = family.partition(" ")[0]
        spread = Spread(value, value, value)
        yield Figure(page["name"], store.name, value, limit, spread, unit=unit, family=family)


def _grown(
    run: Run,
    page: dict[str, Any],
    weights: dict[int, dict[str, int]],
    taken: dict[int, list[float]],
) -> Iterator[Figure]:
    """Compare what a page takes at each larger size with what it takes at the smallest.

    The least of each is compared: what else the machine does only ever adds.
    """
    for size, samples in taken.items():
        run.pages.append(
            {
                **{"page": page["name"], "url": page["url"], "on": run.kind, "size": size},
                **{"ms": Spread.of(samples).middle, "least_ms": min(samples)},
                **weights[size],
            }
        )
        if size == SMALL:
            continue
        yield Figure(
            page["name"],
            f"{run.kind}, {size:,} to {SMALL:,}",
            min(samples) / min(taken[SMALL]),
            limits.GROWTH,
            Spread.of(ratios(samples, taken[SMALL])),
            ours=Spread.of(samples),
            bare=Spread.of(taken[SMALL]),
            family="growth",
        )


def search(run: Run) -> Iterator[Figure]:
    """Search 100,000 comments for twenty things, turn about with a plain LIKE."""
    taken: dict[str, list[float]] = {"ours": [], "bare": [], "page": []}
    with run.copy(LARGE) as store, store.child() as child:
        for query in child.ask("search.queries"):
            found = child.ask("search.turns", query=query, times=run.times(5))
            for side, samples in found.items():
                taken[side] += samples
    yield ratio_of_p95("the queries of a search, p95", store.name, limits.SEARCH, taken)
    value = p95(taken["page"])
    yield Figure(
        "the page of a search, p95",
        store.name,
        value,
        limits.SEARCH_PAGE,
        Spread.of(taken["page"]),
        unit="ms",
    )


def counts(run: Run) -> Iterator[Figure]:
    """Count by theme, engagement and question, by each filter, beside one plain join."""
    for size in (LARGE, HUGE) if run.is_scaled else (LARGE,):
        with run.copy(size) as store, store.child() as child:
            found = child.ask("counts.turns", times=run.times(9))
        for filtered, taken in found.items():
            name = f"theme × engagement × question, {filtered}"
            yield amount(name, store.name, limits.COUNTS, taken["ours"], "ms")
            yield ratio(f"the same {filtered}, to one plain join", store.name, None, taken)
