"""Complaints about how somebody's data is looked after are kept, with what was answered."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from coproduction.no_step_back import keep_what_came


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0014_people_sign_in_in_two_steps"),
    ]

    operations = [
        migrations.CreateModel(
            name="DataComplaint",
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
                ("name", models.CharField(blank=True, max_length=120)),
                ("email", models.CharField(max_length=254)),
                ("text", models.TextField()),
                ("language", models.CharField(max_length=8)),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("reply", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.project",
                    ),
                ),
            ],
            options={
                "ordering": ["-received_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True),
                            models.Q(
                                models.Q(("reply", ""), _negated=True),
                                ("acknowledged_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="complaint_answered_says_what",
                    )
                ],
            },
        ),
        keep_what_came("projects", "DataComplaint", what="complaints about data"),
    ]
