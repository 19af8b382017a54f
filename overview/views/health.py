"""Whether the app is alive and ready for work: what a watchdog or a load balancer asks."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coproduction.jobs.broker import broker_answers
from coproduction.jobs.models import WorkerSeen
from coproduction.projects.pages import site_view


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
        "storage": storage_keeps_files(),
        **database_and_worker(),
    }
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


def database_and_worker() -> dict[str, bool]:
    """Whether the database answers, and whether it knows of a worker seen lately."""
    try:
        return {"database": True, "worker": WorkerSeen.lately().exists()}
    except DatabaseError:
        return {"database": False, "worker": False}


def storage_keeps_files() -> bool:
    """Whether a file can be put into storage and taken out again."""
    try:
        name = default_storage.save(f"readyz/{get_random_string(12)}", ContentFile(b"ready"))
        default_storage.delete(name)
    except Exception:  # Each kind of storage fails in its own way.
        return False
    return True
