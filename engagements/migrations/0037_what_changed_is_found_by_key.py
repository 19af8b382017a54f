"""What counts comments finds them by their keys on PostgreSQL, however many there are by then."""

from django.db import migrations

from coproduction.triggers import make_anew
from engagements.counters import COUNTERS


class Migration(migrations.Migration):
    dependencies = [("engagements", "0036_lists_begin_with_what_they_list")]

    operations = [make_anew(*COUNTERS)]
