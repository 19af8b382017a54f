"""Every address says who may, and keeps to it: each role, a stranger, another project."""

import re
from uuid import UUID

import pytest
from django.conf import settings
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse

from coproduction.projects.access import CAPABILITIES
from tests.architecture.sources import OWN
from tests.architecture.walk import ADDRESSES, OPEN_TO, Address
from tests.cast import ROLES

# Data and files have one address for all languages; so do what machines ask of the server.
FILE = re.compile(
    r"\.(pdf|jsonl?|csv|zip|svg|png|js|txt|ico|webmanifest)$|^(healthz|readyz|metrics)$|^static/"
)

METHODS = ("GET", "POST")
OF_TEAM = [address for address in ADDRESSES if address.is_team]
WITH_OBJECTS = [each for each in ADDRESSES if "project" in each.takes and each.names_an_object]
CALLERS = (*ROLES, "signed out", "stranger", "other coordinator", "operator")
# What no person opens by signing in.
OF_MACHINES = {"demo", "token"}


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
    if address.access in {"public", "anyone", "pass"}:
        return "reached"
    if address.access in OF_MACHINES:
        return "404"
    if caller == "signed out":
        return "sign in"
    if address.access in {"signed-in", "operator"}:
        return "reached" if address.access in {"signed-in", caller} else "404"
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


def test_each_has_a_name_and_says_who_may() -> None:
    for address in ADDRESSES:
        assert address.name.split(":")[-1], f"{address.route} has no name"
        assert address.access in OPEN_TO | CAPABILITIES.keys(), f"{address.name}: {address.access}"
        if address.is_team or address.access == "public":
            assert "project" in address.takes, f"{address.name} guards a project it does not name"


def test_view_and_address_have_one_name() -> None:
    ours = 0
    for address in ADDRESSES:
        name = address.name.split(":")[-1]
        if not name.startswith("account_"):  # allauth asks for its own names
            assert address.callback.__module__.split(".")[0] in OWN, address.name
            assert address.callback.__name__ == name
            ours += 1
    assert ours > 100


def test_each_exists_in_welsh_unless_it_is_a_file() -> None:
    for address in ADDRESSES:
        assert address.in_languages != bool(FILE.search(address.route)), address.route


def test_each_that_names_an_object_has_an_example(worlds) -> None:
    for address in WITH_OBJECTS:
        for world in (worlds.ours, worlds.other):
            assert address.url(world.kwargs(address.name))
    assert len(WITH_OBJECTS) > 50


@pytest.mark.once
@pytest.mark.parametrize("caller", CALLERS)
def test_only_those_who_may_reach_them(caller: str, worlds, ask, say) -> None:
    """One walk a caller: each address, by GET and by POST."""
    user = worlds.callers()[caller]
    wrong, asked, reached = [], 0, 0
    for address in ADDRESSES:
        url = address.url(worlds.ours.kwargs(address.name))
        assert resolve(url).func is address.callback, f"{url} is hidden by another address"
        owed = expected(address, caller)
        got = {method: verdict(ask(user, method, url)) for method in METHODS}
        asked += len(got)
        reached += "reached" in got.values()
        if not set(got.values()) <= {owed, "not this method"} or set(got.values()) == {
            "not this method"
        }:
            wrong.append(f"{url} ({address.access}): owed {owed!r}, got {got}")
    assert not wrong, "\n".join(wrong)
    assert asked == len(ADDRESSES) * len(METHODS)
    assert 0 < reached < len(ADDRESSES)
    assert mail.outbox == []  # Nothing is mailed inside a request.
    say(f"{caller}: asked {asked} times, let in at {reached} of {len(ADDRESSES)} addresses")


def test_each_answers_somebody_who_may(worlds, ask) -> None:
    """Gone through on every database, where the walk of each caller is not."""
    callers, answered = worlds.callers(), 0
    for address in ADDRESSES:
        url = address.url(worlds.ours.kwargs(address.name))
        for caller in CALLERS:
            if expected(address, caller) == "reached":
                got = {verdict(ask(callers[caller], method, url)) for method in METHODS}
                assert "reached" in got, f"{url}: {got}"
                assert got <= {"reached", "not this method"}, f"{url}: {got}"
                answered += 1
                break
    assert answered == sum(address.access not in OF_MACHINES for address in ADDRESSES)


@pytest.mark.once
@pytest.mark.parametrize("language", ["en", "cy"])
def test_nothing_that_knows_who_reads_it_is_kept(language: str, worlds, say) -> None:
    """Whatever differs from what somebody signed out is shown; errors and files too.

    In the other language by two callers: what may be kept does not go by the language.
    """
    asked, private, clients = 0, 0, {}
    some = CALLERS if language == "en" else ("coordinator", "stranger", "signed out")
    for caller, user in worlds.callers().items():
        if caller not in some:
            continue
        clients[caller] = Client()
        if user:
            clients[caller].force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    nobody = clients.pop("signed out")
    for address in ADDRESSES:
        if language != "en" and not address.in_languages:
            continue
        url = address.url(worlds.ours.kwargs(address.name), language)
        plain = b"".join(nobody.get(url))
        for caller, client in clients.items():
            answer = client.get(url)
            asked += 1
            keeps = "no-store" in answer.headers.get("Cache-Control", "")
            known = b"".join(answer) != plain or address.access in {
                *CAPABILITIES,
                "signed-in",
                "operator",
            }
            private += known
            assert keeps or not known, f"{caller} at {url}"
    say(f"asked {asked} times; {private} answers know who reads them, and none of these is kept")
    assert private > (500 if language == "en" else 150)


def test_each_is_open_to_somebody_of_the_project() -> None:
    for address in ADDRESSES:
        owed = {caller for caller in CALLERS if expected(address, caller) == "reached"}
        assert owed or address.access in OF_MACHINES, address.name


def swapped(address: Address, ours: dict, other: dict) -> list[dict]:
    """Return our kwargs with one object at a time, and all at once, from the other project."""
    objects = [key for key in sorted(address.takes - {"project"}) if ours[key] != other[key]]
    ways = [[key] for key in objects] + ([objects] if len(objects) > 1 else [])
    numbers = all(isinstance(ours[key], int) for key in address.takes - {"project"})
    assert ways or numbers, f"{address.name}: use world.key, so that two worlds share nothing"
    return [ours | {key: other[key] for key in way} for way in ways]


@pytest.mark.once
@pytest.mark.parametrize("caller", [*ROLES, "signed out"])
def test_another_projects_objects_are_not_found(caller: str, worlds, ask) -> None:
    user, asked = worlds.callers()[caller], 0
    for address in WITH_OBJECTS:
        may = CAPABILITIES[address.access] if address.is_team else {"signed out"}
        if caller not in may:
            continue
        ours, other = worlds.ours.kwargs(address.name), worlds.other.kwargs(address.name)
        for kwargs in swapped(address, ours, other):
            url = address.url(kwargs)
            got = {verdict(ask(user, method, url)) for method in METHODS}
            assert got <= {"404", "not this method"}, f"{url}: {got}"
            assert "404" in got, url
            asked += 1
    assert asked > 0


@pytest.mark.once
@pytest.mark.parametrize("caller", ["coordinator", "stranger", "signed out"])
def test_a_project_that_is_not_there_looks_like_one_that_is_not_yours(
    caller: str, worlds, ask
) -> None:
    owed = "sign in" if caller == "signed out" else "404"
    user = worlds.callers()[caller]
    for address in OF_TEAM:
        url = address.url(worlds.ours.kwargs(address.name) | {"project": "no-such-place"})
        got = {verdict(ask(user, method, url)) for method in METHODS}
        assert got <= {owed, "not this method"}, f"{url}: {got}"
        assert owed in got, url
    assert len(OF_TEAM) > 50


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
