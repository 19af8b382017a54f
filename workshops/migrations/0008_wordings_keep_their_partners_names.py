from django.db import migrations, models


def keep_names(apps, schema_editor):
    """Keep what the partners of each wording are called today, some wordings at a time."""
    wordings = apps.get_model("workshops", "Wording").objects
    last = 0
    while some := list(
        wordings.filter(pk__gt=last)
        .order_by("pk")
        .select_related("lead")
        .prefetch_related("supporting")[:500]
    ):
        for wording in some:
            partners = [wording.lead, *wording.supporting.all()]
            wording.partner_names = {
                str(body.uuid): body.name.entries for body in partners if body is not None
            }
        wordings.bulk_update(some, ["partner_names"], batch_size=200)
        last = some[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0007_rows_know_their_version"),
    ]

    operations = [
        migrations.AddField(
            model_name="wording",
            name="partner_names",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.RunPython(keep_names, migrations.RunPython.noop),
    ]
