"""People are asked for a second step by a day; accounts are closed by a team, and deleted."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from coproduction.no_step_back import keep_what_came


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0013_what_will_go_is_announced"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="deleted_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="second_step_due",
            field=models.DateTimeField(blank=True, null=True),
        ),
        keep_what_came(
            "projects",
            "User",
            what="accounts that were deleted, or closed by a team,",
            which=Q(deleted_at__isnull=False) | Q(closed_by__isnull=False),
        ),
    ]
