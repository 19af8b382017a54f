"""Measures, prints one table, and exits with 1 when a limit is missed: see docs/speed.md."""

import argparse
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from bench.figures import Figure, as_json, line_of, lines_of, table_of
from bench.groups import keeping, public, published, reading, taking_out, writing
from bench.page_table import page_table
from bench.running import Run
from bench.servers import postgres, program
from bench.stores import POSTGRES, SQLITE, collect_static

GROUPS: dict[str, Callable[[Run], Iterator[Figure]]] = {
    "coding": writing.coding,
    "import": writing.importing,
    "publish": writing.publishing,
    "pages": reading.pages,
    "search": reading.search,
    "counts": reading.counts,
    "page": published.page,
    "pdf": published.pdf,
    "kept": public.kept,
    "visit": public.visit,
    "worker": public.worker,
    "backup": keeping.backup,
    "archive": keeping.archive,
    "export": taking_out.export,
}
# What no database has a part in is measured on one.
ONCE = {"pdf", "visit"}


def arguments(given: list[str]) -> argparse.Namespace:
    """Read what was asked for."""
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(GROUPS)}")
    parser.add_argument("--database", choices=["sqlite", "postgres"], help="on this one alone")
    parser.add_argument("--scale", action="store_true", help="at 1,000,000 comments too")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where stores are kept")
    parser.add_argument("--effort", type=float, default=1, help="how often, 1 being a whole run")
    parser.add_argument("--only", default="", metavar="WORD", help="of pages, those named so")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure there too")
    parser.add_argument("--table", action="store_true", help="print page × size × database")
    parser.add_argument("--every", action="store_true", help="a line for each page that keeps it")
    asked = parser.parse_args(given)
    if unknown := set(asked.names) - GROUPS.keys():
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    if asked.table and not asked.names:
        asked.names = ["pages"]
    return asked


def main(given: list[str]) -> int:
    """Measure on each database; return 1 when a limit was missed or something could not be done."""
    asked = arguments(given)
    figures: list[Figure] = []
    runs: list[Run] = []
    with ExitStack() as opened:
        scratch = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        # PostgreSQL has a user of its own, who must get through to its folder.
        scratch.chmod(0o711)
        keep = (asked.keep or scratch / "kept").resolve()
        keep.mkdir(parents=True, exist_ok=True)
        os.environ["STATIC_ROOT"] = str(scratch / "static")
        collect_static(scratch / "static")
        for kind in _kinds(asked.database):
            server = opened.enter_context(postgres(keep / "postgres")) if kind == POSTGRES else ""
            run = Run(keep, scratch, server, asked.scale, asked.effort, asked.only)
            runs.append(run)
            figures += _measured(run, asked.names or list(GROUPS), is_first=len(runs) == 1)
    print(table_of(map(line_of, figures) if asked.every else lines_of(figures)))
    if asked.table:
        print("\n" + page_table([row for run in runs for row in run.pages]))
    if asked.json:
        asked.json.write_text(as_json(figures, [row for run in runs for row in run.pages]))
    missed = sum(figure.is_missed for figure in figures)
    print(f"\n{len(figures)} figures, {missed} missed")
    return 1 if missed or not figures else 0


def _kinds(wanted: str | None) -> list[str]:
    """Return the databases to measure on: SQLite, and PostgreSQL where it is installed."""
    if wanted:
        return [POSTGRES if wanted == "postgres" else SQLITE]
    if program("postgres"):
        return [SQLITE, POSTGRES]
    tell("PostgreSQL is not installed: measured on SQLite alone.")
    return [SQLITE]


def _measured(run: Run, names: list[str], *, is_first: bool) -> Iterator[Figure]:
    """Yield the figures of each group; one that can't be measured is one that is missed."""
    for name in names:
        if name in ONCE and not is_first:
            continue
        began = time.monotonic()
        try:
            for figure in GROUPS[name](run):
                if figure.is_missed or not figure.family:
                    tell(f"  {figure.name}, {figure.on}: {line_of(figure)[4]} {figure.verdict}")
                yield figure
        except Exception as problem:
            traceback.print_exc()
            yield Figure.fault(name, run.kind, str(problem))
        tell(f"{run.kind}, {name}: {time.monotonic() - began:.0f} s")


def tell(line: str) -> None:
    """Say how far it is, beside the table."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
