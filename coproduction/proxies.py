"""Who asked, and over https or not, where proxies stand before the app.

The one place that reads what proxies say: everything else asks for ``REMOTE_ADDR`` and
``is_secure()``, whichever server runs the app.
"""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


def believed_proxies(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[..., object]:
    """Let as many proxies as ``BEHIND_PROXY`` counts say who asked, and whether over https.

    Each proxy adds whom it heard from at the end of what it was told. So what the first of ours
    wrote stands that many places from the end; what stands before it anybody could have written.
    """

    def told(request: HttpRequest) -> HttpResponseBase:
        if settings.BEHIND_PROXY:
            _believe(request)
        return get_response(request)

    return told


def _believe(request: HttpRequest) -> None:
    """Put what the proxies say in place of what the server saw, which is the last of them."""
    if address := _address(_first_of_ours(request, "HTTP_X_FORWARDED_FOR")):
        request.META["REMOTE_ADDR"] = address
    scheme = _first_of_ours(request, "HTTP_X_FORWARDED_PROTO").lower()
    if scheme in {"http", "https"}:
        request.META["wsgi.url_scheme"] = scheme


def _first_of_ours(request: HttpRequest, header: str) -> str:
    """Return what the first of our proxies wrote into a header; nothing where it isn't there."""
    written = request.META.get(header, "").split(",")
    return written[-settings.BEHIND_PROXY :][0].strip()


def _address(written: str) -> str:
    """Return an address without the port that some proxies write; nothing for what is none."""
    bare = written.strip('"')
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        return str(ip_address(bare))
    except ValueError:
        return ""
