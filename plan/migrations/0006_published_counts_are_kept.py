"""What editions told of how many there are is kept beside them, for the one after them."""

from collections.abc import Mapping
from typing import Any

from django.db import migrations

from engagements.disclosure.over_time import Line, kept_lines
from plan.edition.upgrades import read_snapshot


def lines_of(snapshot: Any, before: Mapping[str, Line]) -> dict[str, Line]:
    """Return what an edition told after those before it, by the names under which it is kept."""
    lines = dict(before)

    def add(name: str, told: Mapping[str, Any], whole: Any, part_of: Line | None = None) -> None:
        # What was kept back shares what the others leave of the sum: only that much was told.
        counted = {key: count.drawn for key, count in told.items()}
        hidden = [key for key, count in told.items() if not count.is_number]
        rest = max(whole.drawn - sum(counted.values()), 0)
        for at, key in enumerate(hidden):
            counted[key] = rest // len(hidden) + (at < rest % len(hidden))
        lines[name] = Line(counted, told, whole).after(before.get(name), part_of)

    figures, events = snapshot.figures, snapshot.engagements
    add("people", {row.uuid: row.people for row in events}, figures.people)
    add("comments", {row.uuid: row.comments for row in events}, figures.comments)
    add("questions", figures.by_question, figures.comments)
    asked = lines["questions"]
    for row in snapshot.themes:
        add(f"theme:{row.uuid}", row.by_question, row.comments, asked)
    for row in (*snapshot.actions, *snapshot.not_taken_forward):
        add(f"action:{row.number}", row.thread.by_question, row.thread.comments, asked)
    return lines


def keep(apps: Any, _schema: Any) -> None:
    """Keep what the editions of each project told, the latest last."""
    editions = apps.get_model("plan", "Edition").objects.order_by("number")
    kept = apps.get_model("engagements", "PublishedCounts").objects
    told: dict[int, dict[str, Line]] = {}
    for edition in editions.iterator():
        before = told.get(edition.project_id, {})
        told[edition.project_id] = lines_of(read_snapshot(edition.snapshot), before)
        kept.update_or_create(
            project_id=edition.project_id,
            defaults={
                "counted_on": edition.published_on,
                "lines": kept_lines(told[edition.project_id]),
            },
        )


class Migration(migrations.Migration):
    dependencies = [
        ("plan", "0005_editions_are_read_quickly"),
        ("engagements", "0016_counts_stand_as_published"),
    ]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
