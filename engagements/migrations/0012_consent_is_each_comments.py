"""Consent to be quoted is each comment's own: what the sitting said is kept for each of it."""

from typing import Any

from django.db import migrations, models
from django.db.models import F, Max, OuterRef, Subquery


def give_each_comment_its_own(apps: Any, schema_editor: Any) -> None:
    """Say of each comment what was said of its sitting."""
    comments = apps.get_model("engagements", "Comment").objects
    submissions = apps.get_model("engagements", "Submission").objects
    comments.filter(submission__quote_consent=True).update(quote_consent=True)
    own = submissions.filter(pk=OuterRef("submission_id")).values("consent_taken_back")[:1]
    comments.filter(submission__consent_taken_back__gt=0).update(consent_taken_back=Subquery(own))


def say_it_of_sittings(apps: Any, schema_editor: Any) -> None:
    """Say of a sitting what holds for all that was said in it: no consent that one lacks."""
    comments = apps.get_model("engagements", "Comment").objects
    submissions = apps.get_model("engagements", "Submission").objects
    agreed = comments.filter(quote_consent=True)
    not_agreed = comments.filter(quote_consent=False)
    submissions.filter(pk__in=agreed.values("submission")).exclude(
        pk__in=not_agreed.values("submission")
    ).update(quote_consent=True)
    most = (
        comments.filter(submission=OuterRef("pk"))
        .values("submission")
        .annotate(most=Max(F("consent_taken_back")))
        .values("most")
    )
    taken_back = comments.filter(consent_taken_back__gt=0).values("submission")
    submissions.filter(pk__in=taken_back).update(consent_taken_back=Subquery(most))


class Migration(migrations.Migration):
    dependencies = [("engagements", "0011_rows_know_their_version")]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="quote_consent",
            field=models.BooleanField(default=False, verbose_name="may be quoted"),
        ),
        migrations.AddField(
            model_name="comment",
            name="consent_taken_back",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.RunPython(give_each_comment_its_own, say_it_of_sittings),
        migrations.RemoveField(model_name="submission", name="quote_consent"),
        migrations.RemoveField(model_name="submission", name="consent_taken_back"),
    ]
