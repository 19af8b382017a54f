import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def keep_attendance(apps, schema_editor):
    """Keep who came to the meetings sealed so far as they are called today."""
    meetings = apps.get_model("steering", "Meeting").objects
    sealed = meetings.filter(sealed_at__isnull=False).prefetch_related("attended")
    kept = list(sealed)
    for meeting in kept:
        meeting.sealed_attendance = [
            {"seat": str(seat.uuid), "name": seat.name, "sector": seat.sector}
            for seat in sorted(meeting.attended.all(), key=lambda seat: seat.name)
        ]
    meetings.bulk_update(kept, ["sealed_attendance"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("steering", "0006_the_last_answer_is_the_last_to_reach_us"),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="circulated_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="meeting",
            name="sealed_attendance",
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
        migrations.AddField(
            model_name="meeting",
            name="called_off_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="meeting",
            name="called_off_why",
            field=models.TextField(blank=True, verbose_name="why"),
        ),
        migrations.RunPython(keep_attendance, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("called_off_at__isnull", True), ("sealed_at__isnull", True), _connector="OR"
                ),
                name="meeting_called_off_has_no_sealed_minutes",
            ),
        ),
        migrations.CreateModel(
            name="MinutesCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="correction")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="steering.meeting",
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
    ]
