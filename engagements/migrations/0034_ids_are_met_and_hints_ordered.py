"""A move to many says which stayed for their ID; marks that begin together have an order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0033_languages_may_be_guessed"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="hint",
            options={"ordering": ["comment", "place", "start", "pk"]},
        ),
        migrations.AlterField(
            model_name="bulkchangedcomment",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("changed", "Changed"),
                    ("along", "Changed along with another of the same person"),
                    ("put_back", "Put back"),
                    ("stayed", "Somebody changed it since, so it stays as it is"),
                    ("left_changed", "Somebody changed it meanwhile"),
                    ("left_hidden", "It is out of sight by now"),
                    ("left_taken", "Consent was taken back before"),
                    ("left_same_id", "An answer with the same ID is there already"),
                ],
                max_length=12,
            ),
        ),
    ]
