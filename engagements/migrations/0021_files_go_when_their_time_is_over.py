"""A file that was brought in may go when its time is over; its row says when it did."""

from django.db import migrations, models
from django.db.models import Q

from coproduction.no_step_back import keep_what_came


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0020_counting_takes_less"),
    ]

    operations = [
        migrations.AddField(
            model_name="importbatch",
            name="file_removed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        keep_what_came(
            "engagements",
            "ImportBatch",
            what="days on which files went",
            which=Q(file_removed_at__isnull=False),
        ),
    ]
