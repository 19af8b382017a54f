"""A code has a key of its own, which no other takes when the tree changes: as it was dealt before."""

from typing import Any

from django.db import migrations, models

_KEYS = "123456789abcdefghijklmnopqrtvxyz"


def deal_keys(apps: Any, schema_editor: Any) -> None:
    """Give each code the key that the coding screen showed for it so far: by its place."""
    rows = apps.get_model("themes", "Theme").objects.filter(merged_into=None)
    by_project: dict[int, list[Any]] = {}
    for row in rows.order_by("project_id", "position", "pk"):
        by_project.setdefault(row.project_id, []).append(row)
    changed = []
    for current in by_project.values():
        codes = [each for each in current if each.kind == "code"]
        heads = [each.pk for each in current if each.kind == "theme"]
        in_order = [code for head in heads for code in codes if code.parent_id == head]
        in_order += [code for code in codes if code.parent_id not in heads]
        for code, key in zip(in_order, _KEYS, strict=False):
            code.key = key
            changed.append(code)
    rows.model.objects.bulk_update(changed, ["key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0019_figures_go_public"),
        ("themes", "0010_what_changed_is_found_by_key"),
    ]

    operations = [
        migrations.AddField(
            model_name="theme",
            name="key",
            field=models.CharField(blank=True, max_length=1, verbose_name="key"),
        ),
        migrations.AddConstraint(
            model_name="theme",
            constraint=models.CheckConstraint(
                condition=models.Q(kind="code") | models.Q(key=""), name="theme_has_no_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="theme",
            constraint=models.UniqueConstraint(
                fields=["project", "key"],
                condition=models.Q(merged_into__isnull=True) & ~models.Q(key=""),
                name="key_of_one_code",
            ),
        ),
        migrations.RunPython(deal_keys, migrations.RunPython.noop),
    ]
