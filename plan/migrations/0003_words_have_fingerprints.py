"""An edition knows its quotes and notes by their fingerprints, and a file what it was made from.

Editions published before take the words as they stand; of their notes none, since nobody was asked
whether everyone may read them. Their files are made afresh, since nothing says what is in them.
"""

import hashlib
import json

from django.db import migrations, models
from django.db.models import Count, Q


def freeze(apps, schema_editor):
    """Give every edition the fingerprints of its quotes, as plan.queries.fingerprints does."""
    Quote = apps.get_model("themes", "Quote")
    for edition in apps.get_model("plan", "Edition").objects.all():
        shown = {
            quote
            for row in [
                *edition.snapshot["themes"],
                *(row["thread"] for row in edition.snapshot["actions"]),
                *(row["thread"] for row in edition.snapshot["not_taken_forward"]),
            ]
            for quote in row["quotes"]
        }
        quotes = (
            Quote.objects.filter(project=edition.project_id, uuid__in=shown)
            .select_related("comment")
            .annotate(
                times_withdrawn=Count("comment__withdrawals", distinct=True),
                times_worried_about=Count("comment__concerns", distinct=True),
            )
        )
        edition.snapshot["words"] = {
            "quotes": {str(quote.uuid): _fingerprint(quote) for quote in quotes},
            "notes": {},
        }
        edition.save(update_fields=["snapshot"])


def thaw(apps, schema_editor):
    """Take the fingerprints out again."""
    for edition in apps.get_model("plan", "Edition").objects.all():
        edition.snapshot.pop("words", None)
        edition.save(update_fields=["snapshot"])


def _fingerprint(quote):
    """Fingerprint a quote as it stands."""
    entries = quote.translation.entries.items()
    parts = (
        quote.uuid,
        quote.extract,
        quote.descriptor,
        sorted((language, entry["text"]) for language, entry in entries),
        quote.comment.language,
        quote.cleared_at and quote.cleared_at.timestamp(),
        quote.times_withdrawn,
        quote.times_worried_about,
    )
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()


class Migration(migrations.Migration):
    dependencies = [
        ("plan", "0002_cited_comments"),
        ("workshops", "0003_notes_for_all_to_read"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="correction", name="correction_once_a_quote"),
        migrations.RenameField("correction", "quote_uuid", "words_uuid"),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.UniqueConstraint(
                fields=["edition", "words_uuid"],
                condition=Q(words_uuid__isnull=False),
                name="correction_once_for_words",
            ),
        ),
        migrations.RemoveField(model_name="rendering", name="quote_uuids"),
        migrations.AddField(
            model_name="rendering",
            name="key",
            field=models.CharField(blank=True, max_length=64, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(freeze, thaw),
    ]
