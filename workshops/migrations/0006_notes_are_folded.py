from django.db import migrations

import coproduction.languages.models
from coproduction.languages.folding import fold


def fold_notes(apps, schema_editor):
    """Fold the notes kept so far, some at a time."""
    notes = apps.get_model("workshops", "Note").objects
    last = 0
    while some := list(notes.filter(pk__gt=last).order_by("pk").only("text")[:2_000]):
        for note in some:
            note.folded = fold(note.text)
        notes.bulk_update(some, ["folded"], batch_size=400)
        last = some[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0005_wordings_and_evidence_are_dated"),
    ]

    operations = [
        migrations.AddField(
            model_name="note",
            name="folded",
            field=coproduction.languages.models.FoldedField(default="", editable=False),
        ),
        migrations.RunPython(fold_notes, migrations.RunPython.noop),
    ]
