"""Archives for tests: one of a project in which everything was decided, and ways to spoil it."""

import json
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from coproduction.fingerprints import fingerprint
from overview.archive.tables import tables
from overview.queries.archive import write_archive
from tests.cast import make_project
from tests.copying import Original
from tests.overview.tampering import make_decided

Members = dict[str, bytes]


def _make(path: Path) -> None:
    """Make the project, and write it out before it is taken back."""
    project = make_project("bryn", "Bryn")
    make_decided(project)
    write_archive(project, path)


@pytest.fixture(scope="session")
def decided_archive(
    made_once: Callable[..., Original[None]], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The archive of a project that is not here, in which all was decided that can be."""
    folder = tmp_path_factory.mktemp("archive")
    path = folder / "bryn.zip"
    (folder / "files").mkdir()
    made_once(partial(_make, path), folder=folder / "files")
    return path


def counts() -> dict[str, int]:
    """Return how many rows every table has."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models(include_auto_created=True)
    }


def members_of(path: Path) -> Members:
    """Return the members of an archive."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(path: Path, label: str) -> list[dict[str, Any]]:
    """Return the rows of a table."""
    lines = members_of(path)[f"rows/{label}.jsonl"].splitlines()
    return [json.loads(line) for line in lines]


def all_rows(path: Path) -> Mapping[str, list[dict[str, Any]]]:
    """Return the rows of every table."""
    members = members_of(path)
    return {
        table.label: [json.loads(line) for line in members[table.file].splitlines()]
        for table in tables()
    }


def pack(path: Path, members: Mapping[str, bytes]) -> Path:
    """Write an archive of these members, whatever they say."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def changed(members: Members, label: str, change: Callable[[list[Any]], Any]) -> Members:
    """Return an archive with rows changed, and every digest and number put right after it."""
    name = f"rows/{label}.jsonl"
    rows = [json.loads(line) for line in members[name].splitlines()]
    change(rows)
    return with_lines(members, label, b"".join(json.dumps(row).encode() + b"\n" for row in rows))


def with_lines(members: Members, label: str, lines: bytes) -> Members:
    """Return an archive with other lines of a table, told as they are."""
    manifest = json.loads(members["manifest.json"])
    for part in manifest["tables"]:
        if part["model"] == label:
            part["rows"] = lines.count(b"\n")
            part["digest"] = fingerprint(lines)
    said = json.dumps(manifest).encode()
    return {**members, f"rows/{label}.jsonl": lines, "manifest.json": said}


def told(members: Members, **said: Any) -> Members:
    """Return an archive that says something else of itself."""
    manifest = json.loads(members["manifest.json"]) | said
    return {**members, "manifest.json": json.dumps(manifest).encode()}
