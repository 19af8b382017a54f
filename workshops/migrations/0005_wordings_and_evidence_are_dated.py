"""When a wording was written and evidence cited are facts that a record of the past can give."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """Let both dates be given. The tables stay as they are."""

    dependencies = [("workshops", "0004_earlier_translations_are_kept")]

    operations = [
        migrations.AlterField(
            model_name="wording",
            name="created_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
    ]
