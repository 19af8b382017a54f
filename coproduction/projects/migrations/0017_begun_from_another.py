"""A project says which other it was begun from, and keeps texts that its forms may begin with."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import coproduction.languages.models


class Migration(migrations.Migration):
    dependencies = [("projects", "0016_projects_come_from_elsewhere")]

    operations = [
        migrations.CreateModel(
            name="Blueprint",
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
                ("origin", models.UUIDField()),
                ("origin_place", models.CharField(max_length=100)),
                ("groups", models.JSONField(blank=True, default=list)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
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
                    models.UniqueConstraint(fields=("project",), name="blueprint_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="TextTemplate",
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
                ("kind", models.CharField(max_length=40)),
                (
                    "name",
                    coproduction.languages.models.TranslatedField(
                        default=coproduction.languages.models.Translated, verbose_name="name"
                    ),
                ),
                ("boxes", models.JSONField(default=dict)),
                ("position", models.PositiveSmallIntegerField(default=0)),
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
                "ordering": ["kind", "position", "pk"],
                "indexes": [models.Index(fields=["project", "kind"], name="text_template_by_kind")],
            },
        ),
    ]
