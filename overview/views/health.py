"""Whether the app is alive and ready for work: what a watchdog or a load balancer asks."""

import os
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coproduction.jobs.broker import broker_answers
from coproduction.jobs.models import WorkerSeen
from coproduction.projects.pages import site_view

# With less than this left, the next file can't be counted on.
_ROOM = 1024 * 1024


@site_view(may="anyone")
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers, even where what it needs does not."""
    return HttpResponse("alive\n", content_type="text/plain")


@site_view(may="anyone")
@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether everything a person's work needs answers: 200 when all of it does, else 503."""
    answers: dict[str, bool] = {
        "broker": broker_answers(),
        "storage": storage_takes_files(),
        **database_and_worker(),
    }
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


def database_and_worker() -> dict[str, bool]:
    """Whether the database answers, and whether it knows of a worker seen lately."""
    try:
        return {"database": True, "worker": WorkerSeen.lately().exists()}
    except DatabaseError:
        return {"database": False, "worker": False}


def storage_takes_files() -> bool:
    """Whether a file could be put into storage: looked at, not tried, since anybody may ask."""
    try:
        place = Path(default_storage.path(""))
        # It is made with the first file.
        while not place.exists():
            place = place.parent
        left = os.statvfs(place)
    except OSError:
        return False
    room = left.f_bavail * left.f_frsize >= _ROOM and left.f_favail > 0
    return room and place.is_dir() and os.access(place, os.W_OK | os.X_OK)
