"""Words that may mean that somebody is at risk, and whom people are told to turn to."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import coproduction.languages.models


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0031_comments_are_looked_at"),
        ("projects", "0017_begun_from_another"),
    ]

    operations = [
        migrations.CreateModel(
            name="LookRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "worry_words",
                    coproduction.languages.models.TranslatedField(
                        blank=True, default=coproduction.languages.models.Translated
                    ),
                ),
                (
                    "turn_to",
                    coproduction.languages.models.TranslatedField(
                        blank=True, default=coproduction.languages.models.Translated
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.project",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["project"], name="look_rules_once")
                ],
            },
        ),
    ]
