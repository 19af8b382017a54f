"""Answers that somebody wrote down for a member are known as such, and can be confirmed.

What was decided stays as it was counted: where somebody's writing down took the place of a member's
own answer, under the rules of that time, it is kept as confirmed by these.
"""

import uuid
from collections import Counter, defaultdict

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


def name_responses(apps, schema_editor):
    """Give each answer a name of its own."""
    responses = apps.get_model("steering", "Response").objects
    for response in responses.filter(uuid=None).only("pk").iterator(chunk_size=1_000):
        responses.filter(pk=response.pk).update(uuid=uuid.uuid4())


def mark_written_down(apps, schema_editor):
    """Mark what was not given by the member; how it was learnt of is not known."""
    responses = apps.get_model("steering", "Response").objects
    theirs = responses.exclude(recorded_by=F("seat__user")).values_list("pk", flat=True)
    responses.filter(pk__in=list(theirs)).update(how="other")


def keep_what_was_decided(apps, schema_editor):
    """Let each decision rest on the answers it rested on, and say how many were written down."""
    confirmations = apps.get_model("steering", "Confirmation").objects
    for decision in apps.get_model("steering", "Decision").objects.iterator(chunk_size=200):
        given = defaultdict(list)
        rows = decision.round.responses.select_related("recorded_by").order_by("pk")
        for response in rows:
            given[response.seat_id].append(response)
        names = Counter()
        for answers in given.values():
            last = answers[-1]
            if not last.how:
                continue
            names[last.recorded_by.name or last.recorded_by.email.partition("@")[0]] += 1
            if any(not each.how for each in answers):
                confirmations.create(response=last, means="earlier_rules", at=last.at)
        decision.written_down = [
            {"name": name, "number": number} for name, number in sorted(names.items())
        ]
        if names:
            decision.save(update_fields=["written_down"])


def nothing(apps, schema_editor):
    """Going back needs nothing: what was added goes with its columns."""


USER = settings.AUTH_USER_MODEL
PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [
        ("steering", "0007_minutes_are_read_and_meetings_called_off"),
        ("projects", "0006_passes"),
    ]

    operations = [
        migrations.AddField("response", "uuid", models.UUIDField(null=True, editable=False)),
        migrations.RunPython(name_responses, nothing),
        migrations.AlterField(
            "response",
            "uuid",
            models.UUIDField(default=uuid.uuid4, unique=True, editable=False),
        ),
        migrations.AddField(
            "response",
            "how",
            models.CharField(
                "how",
                max_length=10,
                blank=True,
                default="",
                choices=[
                    ("phone", "On the phone"),
                    ("room", "In the room"),
                    ("letter", "In a letter or a message"),
                    ("other", "In another way"),
                ],
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "response",
            "given_pass",
            models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to="projects.pass"),
        ),
        migrations.AddField(
            "response",
            "heard_by",
            models.ForeignKey(null=True, blank=True, on_delete=PROTECT, related_name="+", to=USER),
        ),
        migrations.AlterField(
            "response",
            "recorded_by",
            models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to=USER),
        ),
        migrations.RunPython(mark_written_down, nothing),
        migrations.AddConstraint(
            "response",
            models.CheckConstraint(
                condition=Q(given_pass__isnull=True, recorded_by__isnull=False)
                | Q(given_pass__isnull=False, how="", recorded_by__isnull=True),
                name="response_sent_by_one",
            ),
        ),
        migrations.AddConstraint(
            "response",
            models.CheckConstraint(
                condition=Q(heard_by__isnull=True) | Q(how="room"),
                name="response_heard_in_the_room",
            ),
        ),
        migrations.AddField("decision", "written_down", models.JSONField(default=list, blank=True)),
        migrations.CreateModel(
            "Confirmation",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "means",
                    models.CharField(
                        max_length=15,
                        choices=[
                            ("signed_in", "by the member, signed in"),
                            ("pass", "by the member, with the link in the letter"),
                            ("code", "by the member, with the code in the letter"),
                            ("witness", "by a second person who heard it in the room"),
                            ("earlier_rules", "by the rules at the time"),
                        ],
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to=USER),
                ),
                (
                    "given_pass",
                    models.ForeignKey(
                        null=True, on_delete=PROTECT, related_name="+", to="projects.pass"
                    ),
                ),
                (
                    "response",
                    models.OneToOneField(
                        on_delete=PROTECT,
                        related_name="confirmation",
                        to="steering.response",
                    ),
                ),
            ],
        ),
        migrations.RunPython(keep_what_was_decided, nothing),
    ]
