"""What the web server counts of its requests, for ``/metrics``; its processes count together."""

import os

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

from coproduction.counting_together import FOLDER

# Counted here alone: the library's own registry tells of the process besides, which no longer is
# one where several count together.
_OURS = CollectorRegistry()

REQUESTS = Counter(
    "coproduction_requests",
    "Requests answered, by the name of the page and the status.",
    ["view", "status"],
    registry=_OURS,
)
SECONDS = Histogram(
    "coproduction_request_seconds",
    "How long requests took, by the name of the page.",
    ["view"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=_OURS,
)


def all_counted() -> CollectorRegistry:
    """Return what was counted: by all processes of the server, where they count together."""
    if FOLDER not in os.environ:
        return _OURS
    together = CollectorRegistry()
    MultiProcessCollector(together)
    return together
