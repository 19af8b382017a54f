"""What editions of before told is kept for the next, which may not tell the difference."""

import json
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from engagements.disclosure.over_time import Line, settle_line
from engagements.disclosure.small_numbers import PublicCount

EDITIONS = Path(__file__).parent.parent / "plan" / "editions"
BEFORE = "0005_editions_are_read_quickly"
AFTER = "0006_published_counts_are_kept"


def migrate_to(name: str) -> Apps:
    """Bring the plan, and what it needs, to a migration; return the models of then."""
    return MigrationExecutor(connection).migrate([("plan", name)]).apps


def edition_of(shape: int, **figures: Any) -> dict[str, Any]:
    """Return an edition as it was frozen in its day, with some of its figures otherwise."""
    raw: dict[str, Any] = json.loads((EDITIONS / f"shape_{shape}.json").read_text())
    return raw | {"figures": raw["figures"] | figures}


def test_the_counts_of_editions_published_before_are_kept_for_the_next(
    empty_database: None,
) -> None:
    known = migrate_to(BEFORE)
    name = {"en": {"text": "Bryn", "of": None}}
    project = known.get_model("projects", "Project").objects.create(name=name, slug="bryn")
    by = known.get_model("projects", "User").objects.create(email="editor@bryn.example")
    told = ({"asset": 20, "need": None, "change": None}, {"asset": 40, "need": 30, "change": 9})
    for number, by_question in enumerate(told, start=1):
        figures = {"comments": 29 if number == 1 else 79, "by_question": by_question}
        known.get_model("plan", "Edition").objects.create(
            project=project,
            number=number,
            by=by,
            title=name,
            snapshot=edition_of(3 if number == 1 else 4, **figures),
        )
    kept = migrate_to(AFTER).get_model("engagements", "PublishedCounts").objects.get()
    line = Line.read(kept.lines["questions"])
    assert line.counted == {"asset": 40, "need": 30, "change": 9}
    # Of two that were kept back only the sum was told: nine.
    assert line.past == {"asset": [20, 40], "need": [5, 30], "change": [4, 9]}
    later = settle_line({"asset": 43, "need": 21, "change": 9}, line, 10)
    assert later.counted == line.counted
    assert line.of("asset") == PublicCount(40)
    assert {name.partition(":")[0] for name in kept.lines} >= {"people", "theme", "action"}
    migrate_to(BEFORE)
    migrate_to(AFTER)
