"""The page about the installation: for whoever looks after it, and nobody else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.cast import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> Any:
    """Return a person whose address stands in OPERATORS."""
    return make_person("operator", "bryn")


def test_an_operator_sees_what_is_wrong_and_what_to_do(
    operator: Any, client_of: Callable[[Any], Client], files: Path
) -> None:
    answer = client_of(operator).get("/installation/")
    words = answer.content.decode()
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert words.index("No worker was seen lately") < words.index("The database answers.")
    assert "operator@bryn.example" not in words


def test_what_the_proxy_sends_is_compared(
    settings: Any, operator: Any, client_of: Callable[[Any], Client], files: Path
) -> None:
    headers = {"x-forwarded-for": "192.0.2.1"}
    answer = client_of(operator).get("/installation/", headers=headers)
    assert "all people count as one" in answer.content.decode()
    settings.BEHIND_PROXY = 1
    answer = client_of(operator).get("/installation/", headers=headers)
    assert "as many as there are" in answer.content.decode()
    assert "192.0.2.1" not in answer.content.decode()


def test_nobody_else_learns_that_it_is_there(
    settings: Any, operator: Any, coordinator: Any, client_of: Callable[[Any], Client]
) -> None:
    assert client_of(coordinator).get("/installation/").status_code == 404
    assert Client().get("/installation/").status_code == 302
    settings.OPERATORS = frozenset()
    assert client_of(operator).get("/installation/").status_code == 404


def test_an_operator_whose_account_is_closed_is_none(
    operator: Any, client_of: Callable[[Any], Client]
) -> None:
    client = client_of(operator)
    type(operator).objects.filter(pk=operator.pk).update(is_active=False)
    assert client.get("/installation/").status_code == 302


def test_the_way_to_it_stands_on_the_page_of_projects(
    operator: Any, coordinator: Any, client_of: Callable[[Any], Client]
) -> None:
    way = 'href="/installation/"'
    assert way in client_of(operator).get("/projects/?all").content.decode()
    assert way not in client_of(coordinator).get("/projects/?all").content.decode()
