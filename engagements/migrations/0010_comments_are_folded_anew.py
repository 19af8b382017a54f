from django.db import migrations

from coproduction.languages.folding import fold


def fold_comments(apps, schema_editor):
    """Fold the words kept so far as they are folded from now on, some at a time."""
    comments = apps.get_model("engagements", "Comment").objects
    last = 0
    while some := list(comments.filter(pk__gt=last).order_by("pk").only("text")[:2_000]):
        for comment in some:
            comment.folded = fold(comment.text)
        comments.bulk_update(some, ["folded"], batch_size=400)
        last = some[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0009_question_symbols_are_their_own"),
    ]

    operations = [
        migrations.RunPython(fold_comments, migrations.RunPython.noop),
    ]
