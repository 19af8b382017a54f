"""What every answer carries, whatever page it is: what browsers may keep, use and unpack."""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    StreamingHttpResponse,
)
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import add_never_cache_headers, has_vary_header, patch_vary_headers

Answer = Callable[[HttpRequest], HttpResponseBase]
Response = TypeVar("Response", bound=HttpResponseBase)
_MAY_BE_PACKED = "may_be_packed"
# What is made of words. Pictures and PDFs are compressed already.
_WORDS = (
    *("text/html", "text/plain", "text/csv", "application/json", "image/svg+xml"),
    *("application/atom+xml", "application/xml"),
)


def permissions_policy(get_response: Answer) -> Answer:
    """Say which powers of a browser no page here asks for, so that nothing on one can."""

    def told(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response

    return told


def not_traced(get_response: Answer) -> Answer:
    """Refuse TRACE, which no page has a use for, whatever a view would make of it."""

    def told(request: HttpRequest) -> HttpResponseBase:
        if request.method == "TRACE":
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        return get_response(request)

    return told


def no_body_for_head(get_response: Answer) -> Answer:
    """Leave the body out where its headers alone were asked for, and say how long it would be.

    A server that has to drop it complains of it in its log each time.
    """

    def told(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.method == "HEAD":
            if isinstance(response, StreamingHttpResponse):
                response.streaming_content = ()
            elif isinstance(response, HttpResponse):
                response.headers.setdefault("Content-Length", str(len(response.content)))
                response.content = b""
        return response

    return told


def kept_by_nobody(get_response: Answer) -> Answer:
    """Let no browser and no proxy keep what was answered to somebody known.

    Whoever's session was looked at may be on the page: a team's page, their own, an error, a file.
    """

    def told(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        known = request.session.accessed and not request.session.is_empty()
        if known and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return told


def compressed(get_response: Answer) -> Answer:
    """Compress what is the same for everybody.

    How well something is compressed tells what stands in it, to whoever can have something typed
    into it (BREACH). So nothing is that holds a secret: an answer that differs by its cookies, as
    all with a form's token do, sets one, or is to be kept by nobody. But for what says of itself
    that it ``holds_no_secret``.
    """
    zipper = GZipMiddleware(get_response)

    def told(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        may_be_packed = _is_everybodys(response) or getattr(response, _MAY_BE_PACKED, False)
        if may_be_packed and not response.has_header("Content-Encoding"):
            if accepts_gzip(request):
                zipper.process_response(request, response)
            else:
                patch_vary_headers(response, ["Accept-Encoding"])
        return response

    return told


def holds_no_secret(response: Response) -> Response:
    """Say of a page for few that it may be compressed: it has no token and repeats no address.

    So nobody else can have anything put into it, to see by its length what else is there.
    """
    setattr(response, _MAY_BE_PACKED, True)
    return response


def accepts_gzip(request: HttpRequest) -> bool:
    """Say whether a browser can unpack what is compressed: "gzip;q=0" says that it can't."""
    for each in request.headers.get("Accept-Encoding", "").split(","):
        name, _, weight = each.partition(";")
        if name.strip().lower() in {"gzip", "x-gzip"}:
            return weight.replace(" ", "").rstrip("0.") != "q="
    return False


def is_words(response: HttpResponseBase) -> bool:
    """Say whether an answer is made of words, which get smaller when they are compressed."""
    return response.headers.get("Content-Type", "").partition(";")[0] in _WORDS


def _is_everybodys(response: HttpResponseBase) -> bool:
    """Say whether an answer is made of words, and of nothing that one person alone may see."""
    kept = response.headers.get("Cache-Control", "")
    return (
        is_words(response)
        and not response.cookies
        and not has_vary_header(response, "Cookie")
        and "no-store" not in kept
        and "private" not in kept
    )
