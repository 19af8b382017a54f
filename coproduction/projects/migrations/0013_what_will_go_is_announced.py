"""What will go by itself is announced first, on a row of its own."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from coproduction.no_step_back import keep_what_came


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0012_periods_of_their_own"),
    ]

    operations = [
        migrations.CreateModel(
            name="RetentionNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("as_of", models.DateField()),
                ("due_on", models.DateField()),
                ("months", models.JSONField(default=dict)),
                ("counts", models.JSONField(default=dict)),
                ("put_off_at", models.DateTimeField(blank=True, null=True)),
                ("put_off_why", models.TextField(blank=True, verbose_name="why")),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.project",
                    ),
                ),
                (
                    "put_off_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=("project",),
                        name="retention_notice_one_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("put_off_at__isnull", True), ("put_off_why", "")),
                            models.Q(
                                ("put_off_at__isnull", False),
                                models.Q(("put_off_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="retention_notice_put_off_says_why",
                    ),
                ],
            },
        ),
        keep_what_came("projects", "RetentionNotice", what="records of what went or will go"),
    ]
