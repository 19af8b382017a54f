"""A round keeps what the action rested on when the group was asked."""

from django.db import migrations, models


def keep_what_is_there(apps, schema_editor):
    """Keep of each round what is still cited of that time; how it read then is not known."""
    evidence = apps.get_model("workshops", "Evidence").objects
    rounds = apps.get_model("steering", "Round")
    for round in rounds._base_manager.select_related("wording").iterator(chunk_size=200):
        cited = evidence.filter(action=round.wording.action_id, at__lte=round.opened_at)
        round.evidence = [
            [kind, key, ""]
            for each in cited.order_by("pk")
            for kind in ("comment", "note", "finding")
            if (key := getattr(each, f"{kind}_id"))
        ]
        round.save(update_fields=["evidence"])


def nothing(apps, schema_editor):
    """Going back needs nothing: the column goes."""


class Migration(migrations.Migration):
    dependencies = [
        ("steering", "0008_answers_written_down"),
        ("workshops", "0009_workshops_called_off_and_actions_withdrawn"),
    ]

    operations = [
        migrations.AddField("round", "evidence", models.JSONField(blank=True, null=True)),
        migrations.RunPython(keep_what_is_there, nothing),
    ]
