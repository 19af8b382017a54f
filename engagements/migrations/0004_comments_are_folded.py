import unicodedata

from django.db import migrations

import coproduction.languages.models


def fold(apps, schema_editor):
    """Fold the words kept so far, some at a time."""
    comments = apps.get_model("engagements", "Comment").objects
    last = 0
    while some := list(comments.filter(pk__gt=last).order_by("pk").only("text")[:2_000]):
        for comment in some:
            comment.folded = unicodedata.normalize("NFC", comment.text).casefold()
        comments.bulk_update(some, ["folded"], batch_size=400)
        last = some[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0003_what_was_withheld_holds"),
    ]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="folded",
            field=coproduction.languages.models.FoldedField(default="", editable=False),
        ),
        migrations.RunPython(fold, migrations.RunPython.noop),
    ]
