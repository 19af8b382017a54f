"""A team decides when its figures go public. Those that are public already stay so."""

from django.db import migrations, models

_FIELD = {"model_name": "project", "name": "figures_are_public"}
_CALLED = "numbers are public"


class Migration(migrations.Migration):
    dependencies = [("projects", "0018_helpers_and_first_people")]

    operations = [
        migrations.AddField(
            **_FIELD, field=models.BooleanField(default=True, verbose_name=_CALLED)
        ),
        migrations.AlterField(
            **_FIELD, field=models.BooleanField(default=False, verbose_name=_CALLED)
        ),
    ]
