"""Seeing each request through: its id, how long it took, how it ended, by the name of its page."""

import logging
import re
from collections.abc import Callable
from random import getrandbits
from time import perf_counter

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from coproduction.logs import Doing
from coproduction.metrics import REQUESTS, SECONDS

logger = logging.getLogger("coproduction.requests")

# What proxies make, and no words: what is typed into a header is whatever somebody typed.
_ID = re.compile(r"[0-9a-fA-F-]{16,64}")
_HEADER = "X-Request-ID"


def observed(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[..., object]:
    """Give each request an id, which its answer and every line in the log bear, and count it.

    Of an address only the name of its page is told: the address may end in a receipt.
    """

    def seen_through(request: HttpRequest) -> HttpResponseBase:
        began, request_id = perf_counter(), _id_of(request)
        with Doing(request=request_id):
            response = get_response(request)
            response.headers[_HEADER] = request_id
            if settings.METRICS_TOKEN or settings.LOG_REQUESTS:
                _tell(request, response.status_code, perf_counter() - began)
        return response

    return seen_through


def _id_of(request: HttpRequest) -> str:
    """Return the id that a proxy of ours gave a request, or a new one."""
    given = request.headers.get(_HEADER, "") if settings.BEHIND_PROXY else ""
    # No secret: whoever knows one can ask for nothing with it.
    return given if _ID.fullmatch(given) else f"{getrandbits(128):032x}"


def _tell(request: HttpRequest, status: int, seconds: float) -> None:
    """Count a request and how long it took, and log it where that is asked for."""
    page = _page_of(request)
    if settings.METRICS_TOKEN:
        REQUESTS.labels(page, status).inc()
        SECONDS.labels(page).observe(seconds)
    if settings.LOG_REQUESTS:
        method = request.method if request.method in _METHODS else "other"
        took = round(seconds * 1000, 1)
        logger.info(
            "%s %s: %d in %.1f ms",
            *(method, page, status, took),
            extra={"view": page, "method": method, "status": status, "milliseconds": took},
        )


_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})


def _page_of(request: HttpRequest) -> str:
    """Name the page that was asked for: a file of ours, or one that nobody has, by what it is."""
    if match := request.resolver_match:
        return match.view_name
    if kept := getattr(request, "kept_view", ""):
        return str(kept)
    return "static" if request.path.startswith(settings.STATIC_URL) else "none"
