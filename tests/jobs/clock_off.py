"""Puts the clock of the worker that includes it off by CLOCK_OFF seconds, but not the database's.

As on another host: whatever the worker's Python takes for the time is wrong.
"""

import os
import time
from datetime import datetime, timedelta

from django.utils import timezone

OFF = float(os.environ.get("CLOCK_OFF", "0"))
right_time, right_now = time.time, timezone.now


def wrong_now() -> datetime:
    """Return the time by this host's clock."""
    return right_now() + timedelta(seconds=OFF)


time.time = lambda: right_time() + OFF
timezone.now = wrong_now
