"""What a file filled in of engagements is kept beside what was there, so that it can be undone."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0039_refused_rows_may_stay_out"),
    ]

    operations = [
        migrations.CreateModel(
            name="FilledFigures",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("was", models.JSONField()),
                ("now", models.JSONField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="filled_figures",
                        to="engagements.importbatch",
                    ),
                ),
                (
                    "engagement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filled_figures",
                        to="engagements.engagement",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
    ]
