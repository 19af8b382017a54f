"""How often something for everyone may be done from one place, without keeping the address."""

import logging

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from coproduction.fingerprints import secret_fingerprint

logger = logging.getLogger(__name__)

# A library's one address serves many people: this many in ten minutes is a busy day there.
ANSWERS_IN_TEN_MINUTES = 60
# Nobody mistypes a code so often; whoever guesses is told to wait.
WRONG_CODES_IN_TEN_MINUTES = 20
_TEN_MINUTES = 600


def _place_of(request: HttpRequest) -> str:
    """Return a mark of where a request comes from, from which the address can't be read."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        # Our own proxy adds whom it heard from at the end.
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        address = forwarded[-1].strip() or address
    return secret_fingerprint(address, length=32)


def over_limit(request: HttpRequest, what: str, most: int = ANSWERS_IN_TEN_MINUTES) -> bool:
    """Count one more of ``what`` from here; say whether that is too often.

    A counter that can't be reached stops nobody: what people say matters more than counting them.
    """
    key = f"limit:{what}:{_place_of(request)}"
    try:
        if cache.add(key, 1, _TEN_MINUTES):
            return False
        return cache.incr(key) > most
    except ValueError:  # It ran out between the two.
        return False
    except Exception as problem:  # Whatever ails the cache: it is not ours to know its errors.
        logger.warning("The cache could not be asked: %s.", type(problem).__name__)
        return False


def over_wrong_code_limit(request: HttpRequest) -> bool:
    """Count one code that is nobody's; say whether there were too many from here.

    Asked only once a code was looked for and not found, so that nobody with a code of theirs is
    ever locked out by others who guess from the same address.
    """
    return over_limit(request, "code", WRONG_CODES_IN_TEN_MINUTES)
