"""Where the project's own sources are."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
OWN = (
    "coproduction",
    "engagements",
    "themes",
    "workshops",
    "steering",
    "plan",
    "overview",
    "sample",
)


def modules() -> Iterator[Path]:
    """Yield every Python module of the app, migrations left out."""
    for package in OWN:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def templates() -> Iterator[Path]:
    """Yield every template."""
    yield from sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
