"""Two whole worlds, made once for each module and left as they were by every request."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import translation

from coproduction.projects.models import User
from tests.architecture.examples import World, make_world
from tests.caches import clear_caches
from tests.cast import make_person


class _Undone(Exception):
    """Ends a transaction that must leave nothing behind."""


@dataclass
class Worlds:
    """Two projects that must never see each other, and two people who belong to neither."""

    ours: World
    other: World
    stranger: User
    operator: User

    def callers(self) -> dict[str, User | None]:
        """Everybody who might ask, by what they are to our project."""
        return {
            **self.ours.by_role,
            "signed out": None,
            "stranger": self.stranger,
            "other coordinator": self.other.coordinator,
            "operator": self.operator,
        }


@pytest.fixture(scope="module")
def worlds(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Worlds]:
    """Make both worlds inside one transaction, undone when the module's tests are over."""
    with django_db_blocker.unblock(), translation.override("en"):  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                yield Worlds(
                    ours=make_world("bryn", "Bryn"),
                    other=make_world("glyn", "Glyn"),
                    stranger=make_person("stranger", "nowhere"),
                    operator=make_person("operator", "nowhere"),
                )
                raise _Undone
        except _Undone:
            pass


Ask = Callable[[User | None, str, str], HttpResponse]


@pytest.fixture(scope="module")
def ask(worlds: Worlds) -> Ask:
    """Ask as somebody, ``ask(user, "GET", url)``, and undo whatever the answer changed."""
    sessions: dict[int, str] = {}

    def cookie_of(user: User) -> str:
        if user.pk not in sessions:
            client = Client()
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            sessions[user.pk] = client.cookies[settings.SESSION_COOKIE_NAME].value
        return sessions[user.pk]

    def asked(user: User | None, method: str, url: str) -> HttpResponse:
        client = Client()
        if user is not None:
            client.cookies[settings.SESSION_COOKIE_NAME] = cookie_of(user)
        clear_caches()
        with transaction.atomic():
            response = client.generic(method, url)
            if getattr(response, "streaming", False):
                b"".join(response.streaming_content)
            transaction.set_rollback(True)
        return response

    return asked
