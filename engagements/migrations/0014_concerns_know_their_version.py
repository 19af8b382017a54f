from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("engagements", "0013_letters_to_leads_are_known")]

    operations = [
        migrations.AddField(
            model_name="concern",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
