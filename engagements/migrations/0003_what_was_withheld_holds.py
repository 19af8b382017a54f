from django.db import migrations, models
from django.utils import timezone


def free_the_undone(apps, schema_editor):
    """Before, one name was one entry, undone or not: leave it to the one that stands."""
    submissions = apps.get_model("engagements", "Submission").objects
    submissions.filter(undone_at__isnull=False).update(client_id=None)


def name_the_letters(apps, schema_editor):
    """Know again which job wrote to the lead about which worry."""
    concerns = apps.get_model("engagements", "Concern").objects
    for job in apps.get_model("jobs", "Job").objects.filter(task="engagements.tell_lead"):
        concerns.filter(pk=job.arguments.get("concern")).update(letter=job.uuid)


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0002_imports_go_on"),
        ("jobs", "0001_jobs_and_workers_seen"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="submission", name="submission_client_id_once"),
        migrations.RunPython(migrations.RunPython.noop, free_the_undone),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                fields=["project", "client_id"],
                condition=models.Q(undone_at__isnull=True, client_id__isnull=False),
                name="submission_client_id_once",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                fields=["client_id"],
                condition=models.Q(client_id__isnull=False),
                name="submission_by_client_id",
            ),
        ),
        migrations.AddField(
            model_name="redaction",
            name="original_descriptor",
            field=models.CharField(max_length=80, null=True),
        ),
        migrations.AddField(
            model_name="concern",
            name="letter",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.RunPython(name_the_letters, migrations.RunPython.noop),
        migrations.AddField(
            model_name="concern",
            name="follows",
            field=models.OneToOneField(
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="followed_by",
                to="engagements.concern",
            ),
        ),
        migrations.AlterField(
            model_name="concern",
            name="raised_at",
            field=models.DateTimeField(default=timezone.now),
        ),
        migrations.AlterField(
            model_name="redaction",
            name="at",
            field=models.DateTimeField(default=timezone.now),
        ),
        migrations.AlterField(
            model_name="withdrawal",
            name="at",
            field=models.DateTimeField(default=timezone.now),
        ),
    ]
