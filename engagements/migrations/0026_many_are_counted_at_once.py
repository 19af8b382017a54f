"""What counts comments takes many that change in one statement together, on PostgreSQL too."""

from django.db import migrations

from coproduction.triggers import make_anew
from engagements.counters import COUNTERS


class Migration(migrations.Migration):
    dependencies = [("engagements", "0025_entries_are_known_by_their_run")]

    operations = [make_anew(*COUNTERS)]
