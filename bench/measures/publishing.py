"""How long publishing keeps everybody else's writes of the project waiting."""

import time
from itertools import count
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from bench.measures.people import role_of, sample_project
from bench.timing import once
from coproduction.projects.models import AuditHead
from plan.models import Edition
from plan.services.edition import publish

_numbers = count(2)


def publish_once() -> float:
    """Publish the plan under a new name; return the milliseconds of all of it."""
    project, number = sample_project(), next(_numbers)
    title = {language: f"Plan {number} {language}" for language in project.languages}
    before = Edition.objects.filter(project=project).count()
    took = once(lambda: publish(project=project, title=title, by=role_of("editor")))
    if Edition.objects.filter(project=project).count() != before + 1:
        raise RuntimeError("Nothing was published.")
    return took


def longest_lock() -> float:
    """Try for the project's lock all the while; return the milliseconds of the longest refusal.

    Another process publishes meanwhile. It goes on until there is a file named ``published`` in the
    data folder, and says with one named ``watching`` that it has begun.
    """
    head = AuditHead.objects.get(project=sample_project()).pk
    watching, published = (Path(settings.DATA_DIR, name) for name in ("watching", "published"))
    longest, since = 0.0, None
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 0")
    watching.touch()
    while True:
        is_over, tried = published.exists(), time.perf_counter()
        try:
            with transaction.atomic():
                AuditHead.objects.select_for_update(nowait=True).get(pk=head)
            if since is not None:
                longest, since = max(longest, tried - since), None
        except DatabaseError:
            since = tried if since is None else since
        if is_over and since is None:
            published.unlink()
            watching.unlink()
            return longest * 1000
        time.sleep(0.0005)  # It is the other process whose time counts.
