"""Stores of comments to measure on: each made once, kept in a folder, and copied for a run.

A store is one database (SQLite's file, or one of PostgreSQL's) with the app's data folder beside
it. ``size`` is how many comments the project has; the largest has as many again in another one.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.child import Child
from bench.servers import program

SMALL, LARGE, HUGE = 4_000, 100_000, 1_000_000
SQLITE, POSTGRES = "SQLite", "PostgreSQL"


@dataclass(frozen=True)
class Store:
    """One database with its data folder. ``server`` is PostgreSQL's address, empty for SQLite."""

    folder: Path
    size: int
    server: str = ""
    copy: str = ""

    @property
    def kind(self) -> str:
        """Which database it is in."""
        return POSTGRES if self.server else SQLITE

    @property
    def name(self) -> str:
        """What figures call it."""
        return f"{self.kind}, {self.size:,}"

    @property
    def database(self) -> str:
        """The name of its database in PostgreSQL."""
        return f"bench_{self.size}{self.copy}"

    def env(self, **more: str) -> dict[str, str]:
        """Return the environment of a process that works on it."""
        own = {
            name: value
            for name, value in os.environ.items()
            if name in {"PATH", "HOME", "LANG", "TMPDIR", "STATIC_ROOT", "PYTHONDONTWRITEBYTECODE"}
        }
        if self.server:
            own["DATABASE_URL"] = f"{self.server}/{self.database}"
        return own | {
            "DATA_DIR": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "LOG_LEVEL": "ERROR",
            **more,
        }

    def child(self, **more: str) -> Child:
        """Start a process that measures on it."""
        return Child(self.env(**more))

    def make(self) -> None:
        """Make it, or bring the schema of one that was kept up to date."""
        self.folder.mkdir(parents=True, exist_ok=True)
        is_new = not (self.folder / "filled").exists()
        if is_new and self.size > SMALL:
            small = Store(self.folder.parent / str(SMALL), SMALL, self.server)
            small.make()
            small.copy_to(self)
        elif is_new and self.server:
            self._run("createdb", self.database)
        with self.child() as child:
            child.ask("filling.fill_store", size=self.size if is_new else 0)
        (self.folder / "filled").touch()

    def make_empty(self) -> None:
        """Make one without anything in it, not even tables."""
        self.folder.mkdir(parents=True)
        if self.server:
            self.drop()
            self._run("createdb", self.database)

    def copy_to(self, other: "Store") -> None:
        """Copy everything to another place; the copy may be changed and thrown away."""
        shutil.rmtree(other.folder, ignore_errors=True)
        shutil.copytree(self.folder, other.folder)
        (other.folder / "filled").unlink(missing_ok=True)
        if self.server:
            other.drop()
            self._run("createdb", "--template", self.database, other.database)

    def drop(self) -> None:
        """Throw its database away."""
        if self.server:
            self._run("dropdb", "--if-exists", "--force", self.database)

    def _run(self, command: str, *arguments: str) -> None:
        """Run one of PostgreSQL's commands on its server."""
        address = self.server.partition("@")[2]
        host, _, port = address.partition(":")
        subprocess.run(  # noqa: S603
            [str(program(command)), "-h", host, "-p", port, "-U", "coproduction", *arguments],
            check=True,
            env=os.environ | {"PGOPTIONS": "--client-min-messages=warning"},
        )


@contextmanager
def copied(store: Store, into: Path) -> Iterator[Store]:
    """Give a copy of a store for the block."""
    name = f"{store.kind.lower()}-{store.size}"
    copy = Store(into / name, store.size, store.server, "_copy")
    store.copy_to(copy)
    try:
        yield copy
    finally:
        copy.drop()
        shutil.rmtree(copy.folder, ignore_errors=True)


def collect_static(into: Path) -> None:
    """Collect the app's static files as an installation does, once for all stores."""
    env = os.environ | {
        "STATIC_ROOT": str(into),
        "DATA_DIR": str(into.with_name("collecting")),
        "DJANGO_SETTINGS_MODULE": "coproduction.settings",
        "LOG_LEVEL": "ERROR",
    }
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        env=env,
        check=True,
    )
