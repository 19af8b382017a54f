"""What counts by theme passes by rows that count for nothing: see docs/decisions/0069."""

from django.db import migrations

from coproduction.triggers import make_anew
from themes.counters import COUNTERS


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0020_counting_takes_less"),
        ("themes", "0006_themes_are_counted"),
    ]

    operations = [make_anew(*COUNTERS)]
