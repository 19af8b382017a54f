"""Comments are looked at before they are quoted; those that are here wait for the job to do so."""

import django.db.models.deletion
from django.db import migrations, models

LOOK = "engagements.look"


def ask_for_looks(apps, schema_editor):
    """Have every project's comments looked at. What was cleared by a person stays published."""
    projects = apps.get_model("projects", "Project").objects.filter(
        pk__in=apps.get_model("engagements", "Comment").objects.order_by().values("project")
    )
    job = apps.get_model("jobs", "Job")
    for project in projects:
        job.objects.create(
            task=LOOK,
            scope=str(project.uuid),
            arguments={"project": project.pk},
            unique_key=f"{LOOK}:{project.pk}",
            max_attempts=32_000,
            longest_wait=600,
        )


def ask_no_longer(apps, schema_editor):
    """Take away what waits: the version before knows no such work."""
    apps.get_model("jobs", "Job").objects.filter(task=LOOK, state="queued").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0030_views_are_saved"),
        ("jobs", "0004_job_request_id"),
        ("projects", "0017_begun_from_another"),
    ]

    operations = [
        migrations.CreateModel(
            name="Hint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("email", "E-mail address"),
                            ("phone", "Phone number"),
                            ("postcode", "Postcode"),
                            ("plate", "Number plate"),
                            ("handle", "Name on social media"),
                            ("name", "Name"),
                            ("age", "Age and place"),
                            ("worry", "Somebody may be at risk"),
                        ],
                        max_length=10,
                    ),
                ),
                ("place", models.CharField(default="text", max_length=12)),
                ("start", models.PositiveIntegerField()),
                ("length", models.PositiveIntegerField()),
            ],
            options={"ordering": ["comment", "place", "start"]},
        ),
        migrations.AddField(
            model_name="comment",
            name="look",
            field=models.CharField(
                choices=[
                    ("waiting", "Not looked at yet"),
                    ("marked", "A person is to look at it"),
                    ("done", "Looked at"),
                ],
                default="waiting",
                max_length=8,
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("look", "marked")),
                fields=["project", "id"],
                name="comment_to_look_at",
            ),
        ),
        migrations.AddField(
            model_name="hint",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="hints",
                to="engagements.comment",
            ),
        ),
        migrations.AddConstraint(
            model_name="hint",
            constraint=models.CheckConstraint(
                condition=models.Q(("length__gt", 0)), name="hint_is_of_something"
            ),
        ),
        migrations.RunPython(ask_for_looks, ask_no_longer),
    ]
