"""The page about the open data says what is in it: all of it, and nothing else."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from plan.edition.format import write
from plan.edition.upgrades import read_snapshot
from plan.open_data.documentation import describe_in

PAGE = Path(settings.BASE_DIR, "docs", "open-data.md").read_text()


def test_the_page_is_as_the_records_are() -> None:
    """Where this fails: manage.py describe_open_data."""
    assert describe_in(PAGE) == PAGE


def test_every_key_that_is_published_is_on_the_page() -> None:
    raw = json.loads((Path(__file__).parent / "editions" / "shape_3.json").read_text())
    action = write(read_snapshot(raw).actions[0], is_public=True)
    keys = {*action, *action["thread"], *action["rounds"][0], *action["tally"]}
    assert keys <= set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))
    assert len(keys) > 25


def test_what_is_not_published_is_not_on_the_page() -> None:
    assert "fingerprint" not in PAGE
    thread = PAGE.partition("### Thread")[2].partition("###")[0]
    assert "| `notes` | number |" in thread
    assert "`quotes`" not in thread


def test_a_page_without_its_lines_is_refused() -> None:
    with pytest.raises(ValueError, match="lacks the lines"):
        describe_in("# The plan as open data")
