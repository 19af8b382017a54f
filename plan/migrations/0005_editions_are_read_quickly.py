from django.db import migrations, models

import plan.models


class Migration(migrations.Migration):
    dependencies = [
        ("plan", "0004_rows_know_their_version"),
    ]

    operations = [
        migrations.AlterField(
            model_name="edition",
            name="snapshot",
            field=models.JSONField(decoder=plan.models.QuickDecoder),
        ),
    ]
