"""The address that opens demo mode: whoever starts the app is told it."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coproduction.demo import is_demo_key, mark_browser, may_open_demo


@require_safe
@never_cache
def demo_open(request: HttpRequest, key: str) -> HttpResponseBase:
    """Let this browser use demo mode, if it is on this machine and has the key."""
    if not may_open_demo(request) or not is_demo_key(key):
        raise Http404
    response = redirect("overview:home")
    mark_browser(response)
    return response


demo_open.access = "demo"  # type: ignore[attr-defined]
