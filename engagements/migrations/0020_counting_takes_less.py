"""What counts comments passes by rows that count for nothing: see docs/decisions/0069."""

from django.db import migrations

from coproduction.triggers import make_anew
from engagements.counters import COUNTERS


class Migration(migrations.Migration):
    dependencies = [("engagements", "0019_comments_are_counted")]

    operations = [make_anew(*COUNTERS)]
