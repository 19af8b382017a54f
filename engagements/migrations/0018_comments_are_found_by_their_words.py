"""Comments have an index of their words, those that are there as well as those to come."""

from django.db import migrations, models

from coproduction.languages.word_index import WordIndex


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0017_answers_may_be_on_hold"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="comment",
            index=WordIndex(
                fields=["folded"],
                within="project",
                condition=models.Q(("withheld", "")),
                name="comment_words",
            ),
        ),
    ]
