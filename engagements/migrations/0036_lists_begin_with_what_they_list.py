"""Lists of marks and of worries begin with these, however many comments there are beside them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0035_what_was_a_guess_is_one_again"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="comment", name="comment_to_look_at"),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("look", "marked")),
                fields=["project", "withheld", "id"],
                name="comment_marked",
            ),
        ),
        migrations.AddIndex(
            model_name="concern",
            index=models.Index(fields=["outcome", "resolved_at"], name="concern_by_outcome"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("area", ""), _negated=True),
                fields=["project", "area"],
                name="submission_by_home",
            ),
        ),
    ]
