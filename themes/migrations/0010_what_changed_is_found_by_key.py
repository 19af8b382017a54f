"""What counts by theme finds comments by their keys on PostgreSQL, however many there are by then."""

from django.db import migrations

from coproduction.triggers import make_anew
from themes.counters import COUNTERS


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0037_what_changed_is_found_by_key"),
        ("themes", "0009_comments_are_claimed"),
    ]

    operations = [make_anew(*COUNTERS)]
