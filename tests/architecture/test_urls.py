"""Every address says who may, and keeps to it: each role, a stranger, another project."""

import re
from uuid import UUID

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.urls import resolve, reverse

from coproduction.projects.access import CAPABILITIES
from coproduction.projects.models import User
from tests.architecture.sources import OWN
from tests.architecture.walk import ADDRESSES, OPEN_TO, Address
from tests.cast import ROLES

# Data and files have one address for all languages; so do what machines ask of the server.
FILE = re.compile(r"\.(pdf|json|csv|zip|svg|png|js|txt|webmanifest)$|^(healthz|readyz)$|^static/")

named = pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
of_team = pytest.mark.parametrize(
    "address", [a for a in ADDRESSES if a.is_team], ids=lambda address: address.name
)
with_objects = pytest.mark.parametrize(
    "address",
    [a for a in ADDRESSES if "project" in a.takes and a.names_an_object],
    ids=lambda address: address.name,
)


def verdict(response: HttpResponse) -> str:
    """Say in a word what an answer amounts to."""
    if response.status_code in {301, 302, 303}:
        path = response["Location"].split("?")[0]
        to_sign_in = path.endswith(reverse(settings.LOGIN_URL))
        return "sign in" if to_sign_in and "next=" in response["Location"] else "reached"
    if response.status_code in {403, 404}:
        return str(response.status_code)
    # 503 is an answer: not ready, or the broker is down. Other fives are faults.
    assert response.status_code < 500 or response.status_code == 503, response.status_code
    return "not this method" if response.status_code == 405 else "reached"


def expected(address: Address, caller: str) -> str:
    """Read off the access table what an address owes a caller."""
    if address.access in {"public", "anyone"}:
        return "reached"
    if address.access == "demo":
        return "404"
    if caller == "signed out":
        return "sign in"
    if address.access == "signed-in":
        return "reached"
    assert address.access in CAPABILITIES, f"{address.name} does not say who may"
    if address.is_team and caller not in ROLES:
        return "404"
    # What belongs to no project is open to whoever has the capability in any.
    caller = caller if address.is_team else caller.removeprefix("other ")
    return "reached" if caller in CAPABILITIES[address.access] else "403"


def test_the_walk_finds_the_pages() -> None:
    assert len(ADDRESSES) > 5
    assert any(address.is_team for address in ADDRESSES)
    assert any(address.access == "public" for address in ADDRESSES)
    names = [address.name for address in ADDRESSES]
    assert sorted(names) == sorted(set(names))


@named
def test_it_has_a_name_and_says_who_may(address: Address) -> None:
    assert address.name.split(":")[-1], f"{address.route} has no name"
    assert address.access in OPEN_TO | CAPABILITIES.keys(), f"{address.name}: {address.access}"
    if address.is_team or address.access == "public":
        assert "project" in address.takes, f"{address.name} guards a project it does not name"


@named
def test_view_and_address_have_one_name(address: Address) -> None:
    name = address.name.split(":")[-1]
    if name.startswith("account_"):
        return  # allauth asks for its own names
    assert address.callback.__module__.split(".")[0] in OWN
    assert address.callback.__name__ == name


@named
def test_it_exists_in_welsh_unless_it_is_a_file(address: Address) -> None:
    assert address.in_languages != bool(FILE.search(address.route)), address.route


@with_objects
def test_it_has_an_example(address: Address, worlds) -> None:
    for world in (worlds.ours, worlds.other):
        assert address.url(world.kwargs(address.name))


@named
def test_only_those_who_may_reach_it(address: Address, worlds, ask) -> None:
    url = address.url(worlds.ours.kwargs(address.name))
    assert resolve(url).func is address.callback, f"{url} is hidden by another address"
    wrong, reached = [], 0
    for caller, user in worlds.callers().items():
        owed = expected(address, caller)
        got = {method: verdict(ask(user, method, url)) for method in ("GET", "POST")}
        allowed = {owed, "not this method"}
        if not set(got.values()) <= allowed or set(got.values()) == {"not this method"}:
            wrong.append(f"{caller}: owed {owed!r}, got {got}")
        reached += owed == "reached"
    assert not wrong, f"{url} ({address.access})\n" + "\n".join(wrong)
    assert reached or address.access == "demo"


def swapped(address: Address, ours: dict, other: dict) -> list[dict]:
    """Return our kwargs with one object at a time, and all at once, from the other project."""
    objects = [key for key in sorted(address.takes - {"project"}) if ours[key] != other[key]]
    ways = [[key] for key in objects] + ([objects] if len(objects) > 1 else [])
    return [ours | {key: other[key] for key in way} for way in ways]


@with_objects
def test_another_projects_objects_are_not_found(address: Address, worlds, ask) -> None:
    ours, other = worlds.ours.kwargs(address.name), worlds.other.kwargs(address.name)
    assert address.url(ours)
    ways = swapped(address, ours, other)
    numbers = all(isinstance(ours[key], int) for key in address.takes - {"project"})
    assert ways or numbers, f"{address.name}: use world.key, so that two worlds share nothing"
    askers: list[User | None] = [None]
    if address.is_team:
        askers = [worlds.ours.by_role[role] for role in CAPABILITIES[address.access or ""]]
    for kwargs in ways:
        url = address.url(kwargs)
        for user in askers:
            got = {verdict(ask(user, method, url)) for method in ("GET", "POST")}
            assert got <= {"404", "not this method"}, f"{url}: {got}"
            assert "404" in got


@of_team
def test_a_project_that_is_not_there_looks_like_one_that_is_not_yours(
    address: Address, worlds, ask
) -> None:
    url = address.url(worlds.ours.kwargs(address.name) | {"project": "no-such-place"})
    assert verdict(ask(None, "GET", url)) in {"sign in", "not this method"}
    for user in (worlds.stranger, worlds.ours.coordinator):
        got = {verdict(ask(user, method, url)) for method in ("GET", "POST")}
        assert got <= {"404", "not this method"}
        assert "404" in got


def test_team_addresses_name_objects_by_uuid(worlds) -> None:
    """A serial number in a team's address would give counts away."""
    named = 0
    for address in ADDRESSES:
        if address.is_team:
            for key in address.takes - {"project"}:
                value = worlds.ours.kwargs(address.name).get(key)
                assert isinstance(value, UUID | str), f"{address.name} takes {key}={value!r}"
                named += 1
    assert named > 0
