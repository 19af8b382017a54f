"""Limits for everyone: by each person's own address, kept by nobody, never in anybody's way."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from coproduction.projects.rate_limit import network_of, over_limit, over_wrong_code_limit

MOST = 3


def from_(address: str, **more: str):
    """Return a request from an address."""
    return RequestFactory().get("/", REMOTE_ADDR=address, **more)


def test_the_limit_is_each_address_own() -> None:
    tries = [over_limit(from_("192.0.2.1"), "x", MOST) for _ in range(MOST + 2)]
    assert tries == [False] * MOST + [True] * 2
    assert not over_limit(from_("192.0.2.2"), "x", MOST)
    assert not over_limit(from_("192.0.2.1"), "y", MOST)


def test_without_a_proxy_nobody_names_their_own_address() -> None:
    for number in range(MOST + 1):
        said = f"203.0.113.{number}"
        over = over_limit(from_("192.0.2.1", HTTP_X_FORWARDED_FOR=said), "x", MOST)
    assert over


def test_no_address_is_kept(monkeypatch) -> None:
    keys = []
    monkeypatch.setattr(cache, "add", lambda key, *rest: keys.append(key) or True)
    over_wrong_code_limit(from_("192.0.2.1"))
    assert len(keys) == 1
    assert "192.0.2.1" not in keys[0]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
        ("2001:0DB8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_one_place_is_a_network_of_ipv6_and_an_address_of_ipv4(address: str, network: str) -> None:
    assert network_of(address) == network


def test_who_changes_address_within_a_network_is_one_place() -> None:
    tries = [over_limit(from_(f"2001:db8::{number:x}"), "x", MOST) for number in range(130)]
    assert tries == [False] * MOST + [True] * (130 - MOST)
    assert not over_limit(from_("2001:db8:0:1::1"), "x", MOST)
