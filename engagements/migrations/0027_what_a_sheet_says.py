"""What a sheet says beside words: who spoke, which engagement, what it took, codes, rows skipped."""

import django.db.models.deletion
from django.db import migrations, models


def name_an_engagement(apps, schema_editor):
    """Give files that name their engagements in each row one of their own again."""
    batches = apps.get_model("engagements", "ImportBatch").objects.filter(engagement=None)
    engagements = apps.get_model("engagements", "Engagement").objects.order_by("pk")
    sittings = apps.get_model("engagements", "Submission").objects.order_by("pk")
    for batch in batches:
        first = sittings.filter(batch=batch).first()
        own = first.engagement if first else engagements.filter(project=batch.project).first()
        if own is None:
            # Nothing came in with it, and there is nothing that it could be a file of.
            batch.delete()
            continue
        batch.engagement = own
        batch.save(update_fields=["engagement"])


class Migration(migrations.Migration):
    dependencies = [("engagements", "0026_many_are_counted_at_once")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, name_an_engagement, elidable=False),
        migrations.AlterField(
            model_name="importbatch",
            name="engagement",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="imports",
                to="engagements.engagement",
            ),
        ),
        migrations.AddField(
            model_name="engagement",
            name="came_with",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="engagement",
            name="helpers",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="helpers"),
        ),
        migrations.AddField(
            model_name="engagement",
            name="helper_minutes",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="helpers' time"),
        ),
        migrations.AddField(
            model_name="engagement",
            name="cost_pence",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="costs"),
        ),
        migrations.AddField(
            model_name="submission",
            name="age_band",
            field=models.CharField(blank=True, max_length=40, verbose_name="age"),
        ),
        migrations.AddField(
            model_name="submission",
            name="area",
            field=models.CharField(blank=True, max_length=100, verbose_name="area"),
        ),
        migrations.AddField(
            model_name="submission",
            name="source_id",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                condition=models.Q(undone_at__isnull=True) & ~models.Q(source_id=""),
                fields=("engagement", "source_id"),
                name="submission_source_id_once",
            ),
        ),
        migrations.CreateModel(
            name="Label",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("theme", models.CharField(blank=True, max_length=100)),
                ("code", models.CharField(blank=True, max_length=100)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="labels",
                        to="engagements.comment",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(theme="", code=""), name="label_says_something"
                    ),
                    models.UniqueConstraint(fields=["comment", "theme", "code"], name="label_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SkippedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row", models.PositiveIntegerField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="skipped_rows",
                        to="engagements.importbatch",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="skipped_rows",
                        to="engagements.submission",
                    ),
                ),
            ],
            options={
                "ordering": ["row"],
                "constraints": [
                    models.UniqueConstraint(fields=["batch", "row"], name="skipped_row_once"),
                ],
            },
        ),
    ]
