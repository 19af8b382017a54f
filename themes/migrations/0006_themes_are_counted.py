"""Comments are counted by theme, and for whether they carry a code: see docs/decisions/0060."""

from typing import Any

from django.db import migrations, models

from coproduction.triggers import keep
from themes.counters import COUNTERS


def key(to: str) -> Any:
    return models.ForeignKey(
        to, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )


def row_of(*keys: str) -> Any:
    return models.CompositePrimaryKey(
        *keys, blank=True, editable=False, primary_key=True, serialize=False
    )


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0019_comments_are_counted"),
        ("projects", "0010_invited_by_another_name"),
        ("themes", "0005_rows_know_their_version"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="coding", name="coding_for_counting"),
        migrations.AlterField(
            model_name="coding",
            name="theme",
            field=models.ForeignKey(
                "themes.theme", models.PROTECT, related_name="codings", db_index=False
            ),
        ),
        migrations.AddIndex(
            model_name="coding",
            index=models.Index(fields=["theme", "comment"], name="coding_of_theme"),
        ),
        migrations.CreateModel(
            name="ThemedComment",
            fields=[
                ("pk", row_of("theme_id", "comment_id")),
                ("theme", key("themes.theme")),
                ("comment", key("engagements.comment")),
                ("codings", models.IntegerField(default=0)),
            ],
            options={"indexes": [models.Index(fields=["comment"], name="themed_by_comment")]},
        ),
        migrations.CreateModel(
            name="ThemeCount",
            fields=[
                ("pk", row_of("project_id", "theme_id", "question_id", "engagement_id")),
                ("project", key("projects.project")),
                ("theme", key("themes.theme")),
                ("question", key("engagements.question")),
                ("engagement", key("engagements.engagement")),
                ("visible", models.IntegerField(default=0)),
                ("said", models.IntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["engagement", "theme", "question"], name="theme_count_by_event"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="ThemeTotal",
            fields=[
                ("pk", row_of("project_id", "theme_id", "question_id")),
                ("project", key("projects.project")),
                ("theme", key("themes.theme")),
                ("question", key("engagements.question")),
                ("visible", models.IntegerField(default=0)),
                ("said", models.IntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="WaitingComment",
            fields=[
                (
                    "comment",
                    models.OneToOneField(
                        "engagements.comment",
                        models.DO_NOTHING,
                        db_constraint=False,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                    ),
                ),
                ("project", key("projects.project")),
                ("question", key("engagements.question")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["project", "comment"], name="waiting_in_order"),
                    models.Index(
                        fields=["project", "question", "comment"], name="waiting_by_question"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="WaitingTotal",
            fields=[
                ("pk", row_of("project_id", "question_id")),
                ("project", key("projects.project")),
                ("question", key("engagements.question")),
                ("comments", models.IntegerField(default=0)),
            ],
        ),
        keep(*COUNTERS),
    ]
