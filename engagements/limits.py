"""How often a form for everyone may be sent from one place, without keeping the address."""

import hmac

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

# A library's one address serves many people: this many in ten minutes is a busy day there.
ANSWERS_IN_TEN_MINUTES = 60
_TEN_MINUTES = 600


def _place_of(request: HttpRequest) -> str:
    """Return a mark of where a request comes from, from which the address can't be read."""
    address = request.META.get("REMOTE_ADDR", "")
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        # Behind our own proxy, which adds whom it heard from at the end.
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        address = forwarded[-1].strip() or address
    return hmac.new(settings.SECRET_KEY.encode(), address.encode(), "sha256").hexdigest()[:32]


def too_often(request: HttpRequest, what: str, most: int = ANSWERS_IN_TEN_MINUTES) -> bool:
    """Count one more sending of ``what`` from here; say whether that is too often."""
    key = f"limit:{what}:{_place_of(request)}"
    if cache.add(key, 1, _TEN_MINUTES):
        return False
    try:
        return cache.incr(key) > most
    except ValueError:  # It ran out between the two.
        return False
