"""Answers of surveys may be on hold: kept, and counted nowhere until somebody let them in."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def hold_again(apps, schema_editor):
    """Hold what was on hold before this was undone: its comments stayed hidden meanwhile.

    Why each was held is not known any more, so all of a survey are looked at together.
    """
    hold = apps.get_model("engagements", "Hold")
    submissions = apps.get_model("engagements", "Submission").objects
    waiting = (
        submissions.filter(comments__withheld="on_hold", survey__isnull=False)
        .select_related("survey")
        .distinct()
    )
    for submission in waiting.iterator():
        hold.objects.create(
            project_id=submission.project_id,
            submission=submission,
            reason="survey",
            group=submission.survey.uuid,
        )
        submissions.filter(pk=submission.pk).update(on_hold=True)


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0016_counts_stand_as_published"),
        ("projects", "0007_codes_of_nobody"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Hold",
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
                    "reason",
                    models.CharField(
                        choices=[
                            ("network", "Many answers came from one network"),
                            ("survey", "Many answers came at once"),
                            ("word", "It has a word that you look out for"),
                            ("chosen", "It came from a network that you look out for"),
                        ],
                        max_length=12,
                    ),
                ),
                ("network", models.CharField(blank=True, max_length=32)),
                ("group", models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name="HoldDecision",
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
                    "outcome",
                    models.CharField(
                        choices=[("let_in", "Let in"), ("set_aside", "Set aside")], max_length=10
                    ),
                ),
                ("answers", models.PositiveIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="HoldRules",
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
                ("most_of_network", models.PositiveIntegerField(default=60)),
                ("most_of_survey", models.PositiveIntegerField(default=300)),
                ("words", models.TextField(blank=True, default="")),
            ],
        ),
        migrations.CreateModel(
            name="NetworkSalt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("salt", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="WatchedNetwork",
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
                ("day", models.DateField()),
                ("network", models.CharField(blank=True, max_length=32)),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            model_name="submission",
            name="on_hold",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="comment",
            name="withheld",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Shown"),
                    ("withdrawn", "Withdrawn"),
                    ("concern", "Somebody is worried about it"),
                    ("undone", "It was undone, or the file it came in with"),
                    ("on_hold", "Somebody is to look first, or has set it aside"),
                ],
                default="",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("on_hold", False), ("survey__isnull", False)),
                fields=["survey", "received_at"],
                name="submission_by_survey_hour",
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="projects.project"
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="submission",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hold",
                to="engagements.submission",
            ),
        ),
        migrations.AddField(
            model_name="holddecision",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="holddecision",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="projects.project"
            ),
        ),
        migrations.AddField(
            model_name="holddecision",
            name="undone_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="decision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="holds",
                to="engagements.holddecision",
            ),
        ),
        migrations.AddField(
            model_name="holdrules",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="projects.project"
            ),
        ),
        migrations.AddField(
            model_name="networksalt",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.project"
            ),
        ),
        migrations.AddField(
            model_name="watchednetwork",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="watchednetwork",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="projects.project"
            ),
        ),
        migrations.AddIndex(
            model_name="hold",
            index=models.Index(fields=["project", "group", "id"], name="hold_by_group"),
        ),
        migrations.AddIndex(
            model_name="hold",
            index=models.Index(
                condition=models.Q(("decision__isnull", True)),
                fields=["project", "id"],
                name="hold_that_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="holdrules",
            constraint=models.UniqueConstraint(fields=("project",), name="hold_rules_once"),
        ),
        migrations.AddConstraint(
            model_name="holdrules",
            constraint=models.CheckConstraint(
                condition=models.Q(("most_of_network__gte", 1), ("most_of_survey__gte", 1)),
                name="hold_rules_let_some_in",
            ),
        ),
        migrations.AddConstraint(
            model_name="networksalt",
            constraint=models.UniqueConstraint(
                fields=("project", "day"), name="network_salt_once_a_day"
            ),
        ),
        migrations.RunPython(hold_again, migrations.RunPython.noop),
    ]
