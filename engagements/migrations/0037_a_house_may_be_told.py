"""A house and its street are marked, too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0036_lists_begin_with_what_they_list"),
    ]

    operations = [
        migrations.AlterField(
            model_name="hint",
            name="kind",
            field=models.CharField(
                choices=[
                    ("email", "E-mail address"),
                    ("phone", "Phone number"),
                    ("postcode", "Postcode"),
                    ("house", "House and street"),
                    ("plate", "Number plate"),
                    ("handle", "Name on social media"),
                    ("name", "Name"),
                    ("age", "Age and place"),
                    ("worry", "Somebody may be at risk"),
                ],
                max_length=10,
            ),
        ),
    ]
