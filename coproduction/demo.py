"""Demo mode: what exists only for a browser on the machine of somebody who tries the app out.

A server can't tell such a browser from a proxy that stands beside it and adds nothing of its own.
So whatever is started in demo mode makes a key and prints an address with it; who opens that
address gets a mark, and what nobody but a browser beside the server can ask for asks for the mark.
"""

import re
from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare

from coproduction.fingerprints import secret_fingerprint

_MARK = "demo"
# What proxies, load balancers and content networks add to a request. No browser sends any of them.
_FORWARDING = re.compile(
    r"HTTP_(?:"
    r"X_FORWARDED|X_ORIGINAL|X_REAL|X_CLIENT|X_CLUSTER|X_REMOTE|X_ORIGINATING|X_PROXY|X_ENVOY|X_AMZ"
    r"|X_AZURE|X_APPENGINE|X_CLOUD|X_VARNISH|X_HOST|X_SCHEME|X_URL_SCHEME|X_REQUEST_START|X_NF_"
    r"|FORWARDED|VIA|CF_|CDN_|TRUE_CLIENT|CLIENT_IP|FASTLY|CLOUDFRONT|FLY_|DO_CONNECTING|NGROK"
    r"|TAILSCALE|PROXY|WL_PROXY|FRONT_END|MAX_FORWARDS|AKAMAI|INCAP|TRAEFIK"
    r")"
)


def is_loopback(host: str) -> bool:
    """Say whether a host name or address means this very machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def may_open_demo(request: HttpRequest) -> bool:
    """Say whether a request can come from a browser on this machine, and from nowhere else.

    Asked of what the server itself received: it listens on loopback, was asked for by a loopback
    name, from a loopback address, and nothing passed the request on. nginx that is told no more
    than where to speaks HTTP/1.0, as no browser does.
    """
    if not settings.DEMO or not settings.DEMO_KEY or not is_loopback(settings.HOST):
        return False
    host, _, port = request.get_host().rpartition(":")
    name = host if port.isdigit() and host else request.get_host()
    return (
        is_loopback(name)
        and is_loopback(request.META.get("SERVER_NAME", ""))
        and is_loopback(request.META.get("REMOTE_ADDR", ""))
        and request.META.get("SERVER_PROTOCOL") != "HTTP/1.0"
        and not any(_FORWARDING.match(header) for header in request.META)
    )


def is_demo(request: HttpRequest) -> bool:
    """Say whether this request may use demo mode: it can, and its browser opened the address."""
    return may_open_demo(request) and constant_time_compare(
        request.COOKIES.get(_MARK, ""), _mark_of(settings.DEMO_KEY)
    )


def is_demo_key(key: str) -> bool:
    """Say whether this is the key that the address of demo mode ends in."""
    return bool(settings.DEMO_KEY) and constant_time_compare(key, settings.DEMO_KEY)


def mark_browser(response: HttpResponseBase) -> None:
    """Let the browser that gets this answer use demo mode, until it ends or the key is another."""
    response.set_cookie(
        _MARK,
        _mark_of(settings.DEMO_KEY),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def demo_address() -> str:
    """Return the address that opens demo mode, for whoever started the app to read."""
    host = f"[{settings.HOST}]" if ":" in settings.HOST else settings.HOST
    return f"http://{host}:{settings.PORT}/demo/{settings.DEMO_KEY}/"


def _mark_of(key: str) -> str:
    """Return what a browser keeps in place of the key, and only this installation can make."""
    return secret_fingerprint(f"demo mode, opened with {key}")


def demo_view(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let a page exist in demo mode only; 404 otherwise."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not is_demo(request):
            raise Http404
        return view(request, **kwargs)

    guarded.access = "demo"  # type: ignore[attr-defined]
    return guarded
