"""The table of docs/speed.md: what each page takes, at each size, on each database."""

from collections.abc import Sequence
from typing import Any

from bench.figures import number, table_of


def page_table(rows: Sequence[dict[str, Any]]) -> str:
    """Set pages × sizes × databases in Markdown, those that grow most first.

    ``rows`` are ``{"page", "on", "size", "least_ms", "queries"}``. Cells are the least ms; beside
    the sizes of a database stands how many times the smallest the largest takes.
    """
    kinds = list(dict.fromkeys(row["on"] for row in rows))
    sizes = sorted({row["size"] for row in rows})
    took = {(row["page"], row["on"], row["size"]): row for row in rows}
    headings = ["page", "queries"]
    for kind in kinds:
        headings += [f"{kind} {size:,}" for size in sizes] + ["×"]
    lines = []
    for page in dict.fromkeys(row["page"] for row in rows):
        cells, most = [page, str(took[page, kinds[0], sizes[-1]]["queries"])], 0.0
        for kind in kinds:
            taken = [took.get((page, kind, size)) for size in sizes]
            cells += [number(one["least_ms"]) if one else "" for one in taken]
            grown = taken[-1]["least_ms"] / taken[0]["least_ms"] if all(taken) else 0.0
            cells.append(number(grown) if grown else "")
            most = max(most, grown)
        lines.append((most, cells))
    lines.sort(key=lambda line: -line[0])
    return table_of((cells for _most, cells in lines), headings)
