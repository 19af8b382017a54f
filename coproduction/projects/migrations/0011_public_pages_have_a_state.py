"""Each project's head names the state of its public pages. Those there begin with one of now."""

from django.db import migrations, models

import coproduction.projects.models.audit


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0010_invited_by_another_name"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name="audithead",
                name=name,
                field=models.CharField(
                    default=coproduction.projects.models.audit.new_state, max_length=16
                ),
            )
            for name in ("public_state", "counts_state", "counts_before")
        ),
        migrations.AddField(
            model_name="audithead",
            name="counts_at",
            field=models.PositiveBigIntegerField(default=0),
        ),
    ]
