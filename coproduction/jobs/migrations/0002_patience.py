from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0001_jobs_and_workers_seen"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="longest_wait",
            field=models.PositiveIntegerField(default=3_600),
        ),
    ]
