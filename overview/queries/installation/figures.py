"""What is counted of the whole installation when /metrics is asked for: numbers, nobody's words."""

from collections.abc import Iterator

from django.db import Error as DatabaseError
from django.db.models import Count, Min
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from coproduction.jobs.models import Job, WorkerSeen
from coproduction.projects.models import Letter
from overview.queries.installation.places import last_backup
from overview.queries.installation.tables import database_bytes

_MADE = "When the last backup was made."


class InstallationFigures(Collector):
    """Jobs and letters by state, the oldest that waits, the last backup, the database."""

    def collect(self) -> Iterator[Metric]:
        """Yield each figure; while the database is away, that it is."""
        if last := last_backup():
            yield _one("last_backup_timestamp_seconds", _MADE, last["made"].timestamp())
            yield _one("last_backup_bytes", "How big the last backup is.", last["bytes"])
        try:
            figures = list(_of_database())
        except DatabaseError:
            figures = []
        yield _one("database_up", "Whether the database answers.", bool(figures))
        yield from figures


def _of_database() -> Iterator[Metric]:
    """Yield what the database knows."""
    yield _by_state("jobs", "Jobs kept, by state.", Job)
    yield _by_state("letters", "Letters kept, by state.", Letter)
    oldest = Job.objects.due().aggregate(oldest=Min("wake_at"))["oldest"]
    waits = (timezone.now() - oldest).total_seconds() if oldest else 0
    yield _one("oldest_job_seconds", "For how long the oldest job is due.", max(waits, 0))
    yield _one("workers", "Workers seen lately.", WorkerSeen.lately().count())
    yield _one("database_bytes", "How much room the database takes.", database_bytes())


def _by_state(name: str, told: str, model: type[Job] | type[Letter]) -> Metric:
    """Count rows by state; a state that no row is in has none."""
    rows = model.objects.values("state").annotate(number=Count("pk"))
    counted = {row["state"]: row["number"] for row in rows.order_by()}
    family = GaugeMetricFamily(f"coproduction_{name}", told, labels=["state"])
    for state in model.State.values:
        family.add_metric([state], counted.get(state, 0))
    return family


def _one(name: str, told: str, value: float) -> Metric:
    """Return a figure that stands alone."""
    return GaugeMetricFamily(f"coproduction_{name}", told, value=value)
