"""The language of what says none is guessed from the words, and said to be a guess."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("engagements", "0032_words_may_mean_risk")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="language_is_guess",
            field=models.BooleanField(default=False),
        ),
    ]
