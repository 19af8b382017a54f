"""The page where something went wrong: our fault, or what we need is away and comes back."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.views.defaults import server_error

from coproduction.projects.refusals import is_away
from coproduction.projects.unsent import fields_sent, words_sent

RETRY_AFTER_SECONDS = 30


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Say what went wrong. While the database is away: not now, with what was typed, to send again.

    Django calls it for whatever nobody caught. It asks nothing of the database, of a session or of
    the person, any of which may be what is away.
    """
    if not is_away(sys.exc_info()[1]):
        return server_error(request)
    sent = request.method == "POST"
    context = {
        "path": request.get_full_path(),
        "fields": fields_sent(request) if sent else [],
        "words": words_sent(request) if sent else [],
        "has_file": bool(sent and request.FILES),
    }
    response = HttpResponse(render_to_string("503.html", context), status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    add_never_cache_headers(response)
    return response
