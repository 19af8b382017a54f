"""A refused row may stay out for good, as somebody says; until the file goes it can be had back."""

from django.db import migrations, models
from django.db.models import Q

from coproduction.no_step_back import keep_what_came


class Migration(migrations.Migration):
    dependencies = [("engagements", "0038_rows_of_one_person_are_one")]

    operations = [
        migrations.AddField(
            model_name="refusedrow",
            name="left_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        keep_what_came(
            "engagements",
            "RefusedRow",
            what="rows that somebody said are to stay out",
            which=Q(left_at__isnull=False),
        ),
    ]
