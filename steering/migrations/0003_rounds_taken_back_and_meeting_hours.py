"""Rounds can be taken back, and meetings have hours."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add what a round taken back says, and when a meeting starts and ends."""

    dependencies = [("steering", "0002_ways_of_deciding_say_their_rule")]

    operations = [
        migrations.AlterModelManagers(name="round", managers=[("every", models.Manager())]),
        migrations.AddField(
            model_name="round",
            name="taken_back_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="round",
            name="taken_back_why",
            field=models.TextField(blank=True, verbose_name="why"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="starts",
            field=models.TimeField(blank=True, null=True, verbose_name="starts at"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="ends",
            field=models.TimeField(blank=True, null=True, verbose_name="ends at"),
        ),
    ]
