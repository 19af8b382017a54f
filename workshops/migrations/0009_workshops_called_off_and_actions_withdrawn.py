from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0008_wordings_keep_their_partners_names"),
    ]

    operations = [
        migrations.AddField(
            model_name="action",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="action",
            name="withdrawn_why",
            field=models.TextField(blank=True, verbose_name="why"),
        ),
        migrations.AddField(
            model_name="workshop",
            name="called_off_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="workshop",
            name="called_off_why",
            field=models.TextField(blank=True, verbose_name="why"),
        ),
    ]
