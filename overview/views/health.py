"""Whether the app is alive and ready for work: what a watchdog or a load balancer asks."""

from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coproduction.jobs.broker import broker_answers
from coproduction.projects.pages import site_view
from overview.queries.installation.places import storage_takes_files
from overview.queries.installation.work import worker_was_seen


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
        return {"database": True, "worker": worker_was_seen()}
    except DatabaseError:
        return {"database": False, "worker": False}
