"""A group of figures on its smallest store, whole: measured, printed and written down, and the exit
code says whether a limit was missed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench import limits
from tests.served import ROOT

PAGES = {"its queries", "its nodes, not compressed", "the plan's page, drawn anew"}


@pytest.fixture
def bench(tmp_path: Path):
    """Run it with arguments of its own; give its exit code, what it printed and its JSON."""

    def run(*arguments: str, **env: str):
        found = tmp_path / "found.json"
        done = subprocess.run(
            [
                *(sys.executable, "-m", "bench", *arguments, "--database", "sqlite"),
                *("--effort", "0.05", "--keep", str(tmp_path / "kept"), "--json", str(found)),
            ],
            cwd=ROOT,
            env=os.environ | {"TMPDIR": str(tmp_path)} | env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert found.exists(), done.stderr
        return done.returncode, done.stdout, json.loads(found.read_text())

    return run


@pytest.mark.processes
@pytest.mark.once
def test_it_measures_the_plans_page_beside_an_honest_one(bench, tmp_path: Path) -> None:
    code, printed, found = bench("page")
    figures = {figure["name"]: figure for figure in found["figures"]}
    assert figures.keys() >= PAGES
    assert figures["its queries"]["limit"] == limits.PLAN_QUERIES
    # A page that was kept asks once: what is measured here is drawn.
    assert figures["its queries"]["value"] > 1
    # Twice as heavy as an honest page of the same words, not a hundred times, nor lighter.
    assert 1 < figures["its nodes, not compressed"]["value"] < 10
    missed = [figure["name"] for figure in found["figures"] if figure["missed"]]
    assert code == (1 if missed else 0)
    assert f"{len(found['figures'])} figures, {len(missed)} missed" in printed
    for name in missed:
        assert f"| {name}" in printed
    # The copies are gone; the store that was made stays where it was told to.
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith("bench-")] == []
    assert (tmp_path / "kept" / "sqlite" / "4000" / "filled").exists()
