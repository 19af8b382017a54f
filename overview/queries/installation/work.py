"""Checks of work in the background: workers, what waits for them, and how they are told."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Min
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from coproduction.jobs.broker import broker_answers
from coproduction.jobs.models import Job, WorkerSeen
from overview.queries.installation.check import Check, look_at, right, wrong

_SOON = timedelta(minutes=10)
# A failed job is told of for so long; then whoever would mind has seen it.
_LATELY = timedelta(days=7)


def worker_was_seen() -> bool:
    """Say whether a worker was seen lately. Raises what a database does that is away."""
    return WorkerSeen.lately().exists()


def workers() -> Check:
    """Look for a worker that lives, by the database's time."""
    name, living = _("Worker"), WorkerSeen.lately().count()
    if not living:
        return wrong(
            name,
            _("No worker was seen lately: no letter goes, and no file is made."),
            _("Start one: %(command)s") % {"command": ".venv/bin/celery -A coproduction worker"},
        )
    return right(name, _("Workers seen lately: %(number)s.") % {"number": living})


def queue() -> Check:
    """Count what waits for a worker, and what was given up."""
    name = _("Work that waits")
    found = Job.objects.due().aggregate(waiting=Count("pk"), oldest=Min("wake_at"))
    failed = Job.objects.filter(state=Job.State.FAILED, finished_at__gte=Now() - _LATELY).count()
    fact = _("Jobs that wait: %(waiting)s. Given up in the last week: %(failed)s.") % {
        "waiting": found["waiting"],
        "failed": failed,
    }
    if found["oldest"] and found["oldest"] < timezone.now() - _SOON:
        return wrong(
            name,
            fact,
            _("One is due for more than ten minutes: start another worker, or look at its log."),
        )
    if failed:
        return look_at(
            name, fact, _("Look for the job in the worker's log, and run it again on its page.")
        )
    return right(name, fact)


def broker() -> Check:
    """Look whether workers are told of work at once."""
    name = _("How workers hear of work")
    if broker_answers():
        return right(name, _("Workers are told at once."))
    return look_at(
        name,
        _("The broker does not answer: workers look for work by themselves, some seconds later."),
        _("See that it runs, and that %(setting)s is right.") % {"setting": "CELERY_BROKER_URL"},
    )


def signs_of_life() -> Check:
    """Look for a worker seen at a moment that is still to come: then a clock was put back."""
    name = _("Signs of life")
    ahead = timedelta(seconds=settings.JOBS_STALE_SECONDS)
    if WorkerSeen.objects.filter(seen_at__gt=Now() + ahead).exists():
        return wrong(
            name,
            _("A worker was seen at a moment that is still to come: a clock was put back."),
            _("Set the clocks of all machines right, and start the workers again."),
        )
    return right(name, _("No worker's clock runs ahead."))
