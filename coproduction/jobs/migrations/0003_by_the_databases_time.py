"""Times are the database's, and nothing counts messages: the sweeper asks what is due."""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0002_patience"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="job",
            name="job_by_wake_up",
        ),
        migrations.RemoveIndex(
            model_name="job",
            name="job_by_heartbeat",
        ),
        migrations.RemoveField(
            model_name="job",
            name="wakeups",
        ),
        migrations.AlterField(
            model_name="job",
            name="created_at",
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
        ),
        migrations.AlterField(
            model_name="job",
            name="queued_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(), null=True
            ),
        ),
        migrations.AlterField(
            model_name="job",
            name="wake_at",
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(fields=["state", "finished_at"], name="job_by_state_and_end"),
        ),
    ]
