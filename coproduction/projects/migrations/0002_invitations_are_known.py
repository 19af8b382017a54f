from django.db import migrations, models


def name_the_letters(apps, schema_editor):
    """Know again which job wrote which invitation."""
    memberships = apps.get_model("projects", "Membership").objects
    for job in apps.get_model("jobs", "Job").objects.filter(task="projects.tell_invited"):
        memberships.filter(uuid=job.arguments.get("membership")).update(letter=job.uuid)


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0001_jobs_and_workers_seen"),
        ("projects", "0001_people_projects_and_audit"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="letter",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.RunPython(name_the_letters, migrations.RunPython.noop),
    ]
