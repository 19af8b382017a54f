"""The day of a decision is the day where the project is, as every other day already was."""

from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    """Let a decision be of today, there."""

    dependencies = [("steering", "0003_rounds_taken_back_and_meeting_hours")]

    operations = [
        migrations.AlterField(
            model_name="decision",
            name="decided_on",
            field=models.DateField(default=timezone.localdate, verbose_name="decided on"),
        ),
    ]
