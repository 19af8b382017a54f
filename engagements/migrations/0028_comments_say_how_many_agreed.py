"""A comment says how many agreed with it, as it was marked beside its words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("engagements", "0027_what_a_sheet_says")]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="weight",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="how many agreed"),
        ),
    ]
