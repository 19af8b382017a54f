"""Each kind of thing has a period of its own. The one there was, which nothing read, is the longest
of them: that of what comments said before."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from coproduction.no_step_back import keep_what_came


def _months(default, label):
    return models.PositiveSmallIntegerField(
        default=default,
        validators=[
            django.core.validators.MinValueValidator(1),
            django.core.validators.MaxValueValidator(240),
        ],
        verbose_name=label,
    )


def move_there(apps, schema_editor):
    Project, Retention = (apps.get_model("projects", name) for name in ("Project", "Retention"))
    Retention.objects.bulk_create(
        Retention(project_id=key, originals=min(max(months, 1), 240))
        for key, months in Project.objects.values_list("pk", "retention_months")
    )


def move_back(apps, schema_editor):
    Project, Retention = (apps.get_model("projects", name) for name in ("Project", "Retention"))
    for key, months in Retention.objects.values_list("pk", "originals"):
        Project.objects.filter(pk=key).update(retention_months=months)


# As they are until somebody chooses others; the first has a place in the earlier version.
_AS_GIVEN = Q(imports=12, attendees=12, concerns=24, letters=3, jobs=3)


class Migration(migrations.Migration):
    dependencies = [("projects", "0011_public_pages_have_a_state")]

    operations = [
        migrations.CreateModel(
            name="Retention",
            fields=[
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="projects.project",
                    ),
                ),
                ("originals", _months(24, "What a comment said before names were taken out")),
                (
                    "imports",
                    _months(12, "Files that were brought in, and their lines that did not go in"),
                ),
                ("attendees", _months(12, "Names of people who came to a workshop or led a table")),
                ("concerns", _months(24, "The name of who decided about a worry")),
                ("letters", _months(3, "Letters that did not arrive")),
                ("jobs", _months(3, "Work that failed")),
            ],
        ),
        migrations.AddConstraint(
            model_name="retention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("attendees__gte", 1),
                    ("concerns__gte", 1),
                    ("imports__gte", 1),
                    ("jobs__gte", 1),
                    ("letters__gte", 1),
                    ("originals__gte", 1),
                ),
                name="retention_a_month_at_least",
            ),
        ),
        migrations.RunPython(move_there, move_back),
        migrations.RemoveField(model_name="project", name="retention_months"),
        keep_what_came("projects", "Retention", what="projects' own periods", which=~_AS_GIVEN),
    ]
