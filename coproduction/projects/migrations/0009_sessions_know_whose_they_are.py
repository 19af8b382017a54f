"""Sessions get a table of ours, in which each says whose it is; those that are open stay open."""

from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.core import signing
from django.db import migrations, models

# The same name of the same store, so that either reads what the other wrote.
AS_KEPT = {"salt": "django.contrib.sessions.SessionStore", "serializer": signing.JSONSerializer}


def take_over(apps: Any, schema_editor: Any) -> None:
    """Move what is in Django's own table; who is signed in has been from now."""
    now = django.utils.timezone.now()
    theirs = apps.get_model("sessions", "Session").objects
    users = set(apps.get_model("projects", "User").objects.values_list("pk", flat=True))
    ours = apps.get_model("projects", "Session")
    for each in theirs.iterator():
        kept, user = each.session_data, None
        try:
            data = signing.loads(kept, **AS_KEPT)
        except signing.BadSignature:
            # Of another key: it opens nothing, and goes when its time is over.
            data = {}
        if "_auth_user_id" in data:
            user = int(data["_auth_user_id"])
            if user not in users:
                continue
            data["signed_in_at"] = now.timestamp()
            kept = signing.dumps(data, compress=True, **AS_KEPT)
        ours.objects.create(
            session_key=each.session_key,
            session_data=kept,
            expire_date=each.expire_date,
            user_id=user,
        )
    theirs.all().delete()


def give_back(apps: Any, schema_editor: Any) -> None:
    """Move all back."""
    theirs = apps.get_model("sessions", "Session").objects
    for each in apps.get_model("projects", "Session").objects.iterator():
        theirs.create(
            session_key=each.session_key,
            session_data=each.session_data,
            expire_date=each.expire_date,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("sessions", "0001_initial"),
        ("projects", "0008_the_trail_is_salted_and_signed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
            },
        ),
        migrations.RunPython(take_over, give_back),
    ]
