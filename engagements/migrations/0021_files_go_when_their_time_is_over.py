"""A file that was brought in may go when its time is over; its row says when it did."""

from django.db import migrations, models


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
    ]
