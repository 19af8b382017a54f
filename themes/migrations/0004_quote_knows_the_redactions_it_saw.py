"""Each quote remembers the last redaction of its comment that came before its words."""

from django.db import migrations, models
from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce


def remember(apps, schema_editor):
    """Take those that came before a quote was cleared, or made where it is not cleared."""
    Quote = apps.get_model("themes", "Quote")
    Redaction = apps.get_model("engagements", "Redaction")
    for quote in Quote.objects.annotate(written=Coalesce(F("cleared_at"), F("created_at"))):
        before = Redaction.objects.filter(
            Q(comment=quote.comment_id), at__lte=quote.written
        ).aggregate(last=Max("pk"))["last"]
        if before:
            Quote.objects.filter(pk=quote.pk).update(seen_redaction=before)


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0002_imports_go_on"),
        ("themes", "0003_find_a_coders_last"),
    ]

    operations = [
        migrations.AddField(
            model_name="quote",
            name="seen_redaction",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
