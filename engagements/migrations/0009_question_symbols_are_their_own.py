"""No two questions of a project are drawn alike."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("engagements", "0008_questions_have_names_and_symbols")]

    operations = [
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(
                fields=("project", "symbol"), name="question_symbol_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_asked", True), ("kind", "none"), _negated=True),
                name="question_none_is_never_asked",
            ),
        ),
    ]
