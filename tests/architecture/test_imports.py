"""Imports run one way, stand at the top, and name what they are for."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.architecture.sources import OWN, ROOT, modules

# Rules that no list of exceptions may grow under.
JUNK_DRAWERS = {"utils", "util", "common", "helpers", "helper", "misc", "core", "shared", "base"}


CONTRACTS = {
    contract["id"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
}


def test_the_contract_covers_every_module_of_every_app() -> None:
    """Exhaustive: the linter refuses a module that stands in no layer."""
    inside = CONTRACTS["inside"]
    assert inside["exhaustive"] is True
    assert set(inside["exhaustive_ignores"]) <= {"apps", "migrations", "management"}
    assert set(inside["containers"]) == {*OWN[1:], "coproduction.projects"}


def test_every_contract_of_the_import_linter_is_kept() -> None:
    assert {"stages", "ground", "inside", "weasyprint"} <= CONTRACTS.keys()
    # In a process of its own: it silences the loggers of the one it runs in.
    linter = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    found = subprocess.run(linter, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


def test_no_import_hides_in_a_function() -> None:
    """Only plan/paper/pdf.py may: it answers a missing Pango with a sentence instead of a crash."""
    how = ["--select=PLC0415", "--ignore-noqa", "--output-format=concise"]
    found = subprocess.run(
        [sys.executable, "-m", "ruff", "check", *how, *OWN],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in found.stdout.splitlines() if "PLC0415" in line]
    assert [line for line in told if not line.startswith("plan/paper/pdf.py")] == [], found.stderr


def test_no_module_is_a_junk_drawer() -> None:
    # Django looks for a backend in a module of that name.
    backend = ROOT / "coproduction" / "sqlite" / "base.py"
    assert backend.exists()
    named = [path.relative_to(ROOT).with_suffix("") for path in modules() if path != backend]
    names = [part for path in named for part in path.parts]
    assert len(names) > 50
    assert JUNK_DRAWERS & set(names) == set()


def test_no_signals_and_no_admin() -> None:
    looked = 0
    for path in modules():
        imported = {
            f"{node.module}.{alias.name}" if isinstance(node, ast.ImportFrom) else alias.name
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        looked += len(imported)
        for name in imported:
            assert not name.startswith("django.contrib.admin"), f"{path}: the admin"
            if name.startswith("django."):
                assert not {"signals", "dispatch"} & set(name.split(".")), f"{path}: {name}"
    assert looked > 100
