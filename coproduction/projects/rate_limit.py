"""How often something for everyone may be done from one place, without keeping the address.

``network_of`` is the one place that says what counts as one place.
"""

from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import cache
from django.http import HttpRequest

from coproduction.fingerprints import secret_fingerprint

# No place has so many people: what comes beyond it is a machine, and would only fill the disk.
# Far fewer are kept and put on hold: see engagements/services/hold.py.
ANSWERS_IN_TEN_MINUTES = 1_000
# Nobody mistypes a code so often; whoever guesses is told to wait.
WRONG_CODES_IN_TEN_MINUTES = 20
TEN_MINUTES, AN_HOUR = 600, 3_600


# What one household, school or telephone is given of IPv6: it chooses freely among the addresses.
_IPV6_NETWORK = 64


def network_of(address: str) -> str:
    """Return the network that counts as one place: an IPv6 /64, or the whole of an IPv4 address.

    An IPv4 address written as IPv6 is that IPv4 address. What is no address is returned as it is.
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if (within := found.ipv4_mapped) is not None:
        return str(within)
    return str(ip_network((found, _IPV6_NETWORK), strict=False))


def place_of(request: HttpRequest) -> str:
    """Return a fingerprint of the network of a request: no address can be read from it."""
    return secret_fingerprint(network_of(request.META.get("REMOTE_ADDR", "")), length=32)


def over_limit(request: HttpRequest, what: str, most: int, *, seconds: int = TEN_MINUTES) -> bool:
    """Count one more of ``what`` from here; say whether that is more than ``most`` in so long.

    While the cache is away, each process counts for itself; see coproduction/cache.py.
    """
    key = f"limit:{what}:{place_of(request)}"
    try:
        if cache.add(key, 1, seconds):
            return False
        return cache.incr(key) > most
    except ValueError:  # It ran out between the two.
        return False


def over_wrong_code_limit(request: HttpRequest) -> bool:
    """Count one code that is nobody's; say whether there were too many from here.

    Asked only once a code was looked for and not found, so that nobody with a code of theirs is
    ever locked out by others who guess from the same address.
    """
    return over_limit(request, "code", WRONG_CODES_IN_TEN_MINUTES)
