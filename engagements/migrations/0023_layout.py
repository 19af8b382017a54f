"""How a file is read is kept, and can be chosen; those of before were read as they will be."""

from django.db import migrations, models

NEVER_SAID = "utf-8-sig"


def read_as_before(apps, schema_editor):
    """Keep how each file was read: its first row the headings, its separator by that row."""
    batches = apps.get_model("engagements", "ImportBatch").objects.filter(layout={})
    for encoding in set(batches.order_by().values_list("encoding", flat=True)):
        layout = {
            "sheet": "",
            "encoding": encoding or NEVER_SAID,
            "separator": "",
            "first_heading": 1,
            "last_heading": 1,
        }
        batches.filter(encoding=encoding).update(layout=layout)


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0022_words_may_be_erased"),
    ]

    operations = [
        migrations.AddField(
            model_name="importbatch",
            name="layout",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.RunPython(read_as_before, migrations.RunPython.noop),
    ]
