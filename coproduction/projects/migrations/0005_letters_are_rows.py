import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.db import migrations, models

import coproduction.projects.models.letter


def know_those_that_did_not_go(apps, schema_editor):
    """Keep a row for each invitation that was given up, under the uuid of the job that wrote it.

    It has no words: they were never kept. Nothing is said of one that went or is on its way.
    """
    jobs = apps.get_model("jobs", "Job").objects
    lost = dict(
        jobs.filter(task="projects.tell_invited", state="failed").values_list("uuid", "finished_at")
    )
    memberships = apps.get_model("projects", "Membership").objects.filter(letter__in=lost)
    letters = apps.get_model("projects", "Letter").objects
    for membership in memberships.select_related("user"):
        letters.create(
            uuid=membership.letter,
            project_id=membership.project_id,
            kind="invitation",
            to=membership.user.email,
            language=membership.user.language,
            state="refused",
            written_at=lost[membership.letter],
        )


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0003_by_the_databases_time"),
        ("projects", "0004_addresses_in_one_form"),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(max_length=40)),
                (
                    "message_id",
                    models.CharField(
                        default=coproduction.projects.models.letter._message_id,
                        max_length=255,
                        unique=True,
                    ),
                ),
                ("to", models.CharField(blank=True, max_length=254)),
                ("reply_to", models.CharField(blank=True, max_length=254)),
                ("language", models.CharField(max_length=8)),
                ("subject", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                ("is_urgent", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sending", "Sending"),
                            ("sent", "Sent"),
                            ("refused", "Refused"),
                            ("uncertain", "Uncertain"),
                            ("dropped", "Dropped"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("expired", "Expired"),
                            ("withdrawn", "Withdrawn"),
                            ("left", "Left"),
                        ],
                        max_length=9,
                    ),
                ),
                ("smtp_code", models.PositiveSmallIntegerField(null=True)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("claim", models.UUIDField(null=True)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveIntegerField(default=0)),
                (
                    "next_try_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "tried_until",
                    models.DateTimeField(default=coproduction.projects.models.letter._tried_until),
                ),
                ("expires_at", models.DateTimeField(null=True)),
                (
                    "project",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="projects.project",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "next_try_at"], name="letter_by_state_and_turn"),
                    models.Index(fields=["project", "state"], name="letter_by_project_and_state"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "sending"]),
                            ("state__in", ["sent", "refused", "uncertain", "dropped"]),
                            _connector="OR",
                        ),
                        name="letter_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sending"), _negated=True),
                            models.Q(("claim__isnull", False), ("claimed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="letter_claimed_to_be_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "waiting"), _negated=True),
                            ("claim__isnull", True),
                            _connector="OR",
                        ),
                        name="letter_waits_for_anybody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent"), ("sent_at__isnull", False)),
                            models.Q(
                                models.Q(("state", "sent"), _negated=True),
                                ("sent_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="letter_sent_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "dropped"), models.Q(("why", ""), _negated=True)),
                            models.Q(models.Q(("state", "dropped"), _negated=True), ("why", "")),
                            _connector="OR",
                        ),
                        name="letter_dropped_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["waiting", "sending"]), _negated=True),
                            models.Q(
                                models.Q(("to", ""), _negated=True),
                                models.Q(("text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="letter_has_words_until_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("state", "sent"), _negated=True),
                                models.Q(("state", "dropped"), _negated=True),
                            ),
                            models.Q(("reply_to", ""), ("subject", ""), ("text", ""), ("to", "")),
                            _connector="OR",
                        ),
                        name="letter_over_has_no_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("project__isnull", False),
                            ("state__in", ["waiting", "sending"]),
                            models.Q(("reply_to", ""), ("subject", ""), ("text", ""), ("to", "")),
                            _connector="OR",
                        ),
                        name="letter_of_no_project_is_forgotten",
                    ),
                ],
            },
        ),
        migrations.RunPython(know_those_that_did_not_go, migrations.RunPython.noop),
    ]
