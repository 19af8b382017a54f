"""Comments are counted by engagement and question as they change: see docs/decisions/0060."""

from typing import Any

from django.db import migrations, models

from coproduction.triggers import keep
from engagements.counters import COUNTERS


def key(to: str) -> Any:
    return models.ForeignKey(
        to, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0018_comments_are_found_by_their_words"),
        ("projects", "0010_invited_by_another_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="CommentCount",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "project_id",
                        "engagement_id",
                        "question_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("project", key("projects.project")),
                ("engagement", key("engagements.engagement")),
                ("question", key("engagements.question")),
                ("visible", models.IntegerField(default=0)),
                ("said", models.IntegerField(default=0)),
            ],
        ),
        keep(*COUNTERS),
    ]
