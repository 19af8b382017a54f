"""A partner's word may come by a pass, and says whom to ask again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("steering", "0009_a_round_keeps_its_evidence"),
        ("projects", "0006_passes"),
    ]

    operations = [
        migrations.AddField(
            "commitment",
            "contact_email",
            models.EmailField("e-mail", max_length=254, blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "commitment",
            "given_pass",
            models.ForeignKey(
                null=True,
                blank=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="projects.pass",
            ),
        ),
        migrations.AlterField(
            "commitment",
            "by",
            models.ForeignKey(
                null=True,
                blank=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
