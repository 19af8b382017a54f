"""What a machine that watches the installation counts, in Prometheus's own words."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from coproduction.metrics import all_counted
from coproduction.projects.pages import token_view
from overview.queries.installation.figures import InstallationFigures


@token_view(setting="METRICS_TOKEN")
@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Say what the server counted since it was started, and how the installation stands now."""
    figures = generate_latest(InstallationFigures())
    return HttpResponse(generate_latest(all_counted()) + figures, content_type=CONTENT_TYPE_LATEST)
