"""The table of pages, sizes and databases that docs/speed.md is filled with."""

from bench.page_table import page_table


def row(page: str, on: str, size: int, least_ms: float) -> dict[str, object]:
    """What a run found of a page."""
    return {"page": page, "on": on, "size": size, "least_ms": least_ms, "queries": 7}


def test_a_page_has_a_line_with_each_size_and_how_it_grew_those_that_grow_most_first() -> None:
    rows = [
        row(page, on, size, ms * (size // 4_000 if page == "heard" else 1))
        for page, ms in (("plan", 40), ("heard", 20))
        for on in ("SQLite", "PostgreSQL")
        for size in (4_000, 100_000)
    ]
    heading, _ruled, first, second = (
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in page_table(rows).splitlines()
    )
    assert heading == [
        *("page", "queries", "SQLite 4,000", "SQLite 100,000", "×"),
        *("PostgreSQL 4,000", "PostgreSQL 100,000", "×"),
    ]
    assert first == ["heard", "7", "20.0", "500", "25.0", "20.0", "500", "25.0"]
    assert second == ["plan", "7", "40.0", "40.0", "1.00", "40.0", "40.0", "1.00"]
