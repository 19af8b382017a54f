"""A change of many languages knows which of them had been guessed, so that its undo says so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0034_ids_are_met_and_hints_ordered"),
    ]

    operations = [
        migrations.AddField(
            model_name="bulkchangedcomment",
            name="was_guess",
            field=models.BooleanField(default=False),
        ),
    ]
