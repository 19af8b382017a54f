"""Who asked, and how: as many proxies are believed as there are, nobody who writes before them."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from coproduction.proxies import believed_proxies

PEER = "192.0.2.1"


def seen(**headers: str) -> tuple[str, bool]:
    """Let a request through; return whose address and which scheme the app then sees."""
    kept: list[HttpRequest] = []

    def answer(request: HttpRequest) -> HttpResponse:
        kept.append(request)
        return HttpResponse()

    told = {f"HTTP_X_FORWARDED_{name.upper()}": value for name, value in headers.items()}
    believed_proxies(answer)(RequestFactory().get("/", REMOTE_ADDR=PEER, **told))
    return kept[0].META["REMOTE_ADDR"], kept[0].is_secure()


def test_without_a_proxy_nobody_names_their_own_address_or_scheme() -> None:
    assert seen(**{"for": "203.0.113.9", "proto": "https"}) == (PEER, False)


@pytest.mark.parametrize(
    ("proxies", "said", "address"),
    [
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1,203.0.113.9,", PEER),
        (2, "10.0.0.1, 203.0.113.9, 198.51.100.7", "203.0.113.9"),
        # Around the first of two: the second says whom it heard from.
        (2, "203.0.113.9", "203.0.113.9"),
        (3, "10.0.0.1, 203.0.113.9, 198.51.100.7, 198.51.100.8", "203.0.113.9"),
        (1, "203.0.113.9:4711", "203.0.113.9"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, '"[2001:DB8::1]:4711"', "2001:db8::1"),
        (1, "unknown", PEER),
        (1, "", PEER),
    ],
)
def test_the_first_of_our_proxies_says_who_asked(
    settings, proxies: int, said: str, address: str
) -> None:
    settings.BEHIND_PROXY = proxies
    assert seen(**{"for": said}) == (address, False)


@pytest.mark.parametrize(
    ("proxies", "said", "secure"),
    [
        (1, "https", True),
        (1, "HTTPS", True),
        (1, "http", False),
        # Written by whoever asked, over http.
        (1, "https, http", False),
        (2, "https, http", True),
        (2, "https, http, http", False),
        (2, "https", True),
        (1, "ftp", False),
        (1, "", False),
    ],
)
def test_the_first_of_our_proxies_says_whether_over_https(
    settings, proxies: int, said: str, *, secure: bool
) -> None:
    settings.BEHIND_PROXY = proxies
    assert seen(proto=said) == (PEER, secure)
