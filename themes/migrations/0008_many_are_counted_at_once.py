"""What counts by theme takes many that change in one statement together, on PostgreSQL too."""

from django.db import migrations

from coproduction.triggers import make_anew
from themes.counters import COUNTERS


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0026_many_are_counted_at_once"),
        ("themes", "0007_counting_takes_less"),
    ]

    operations = [make_anew(*COUNTERS)]
