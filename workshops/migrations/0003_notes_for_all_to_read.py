"""A note is the team's until its table agrees that everyone may read it."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0002_table_names_and_steps"),
    ]

    operations = [
        migrations.AddField(
            model_name="note",
            name="for_all_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(for_all_since__isnull=True),
                name="note_undone_is_not_for_all",
            ),
        ),
    ]
