"""The page where something went wrong: which faults are ours, and what the log says of each."""

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client

from coproduction.projects.refusals import is_away
from coproduction.projects.views import sign_in
from tests.databases_away import away

pytestmark = pytest.mark.django_db(transaction=True)


def levels(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return how serious what was logged is."""
    return [each.levelname for each in caplog.records if each.name == "django.request"]


def test_an_expected_503_is_no_error_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with away():
        answer = Client(raise_request_exception=False).post(
            "/accounts/login/", {"email": "mair@bryn.example"}
        )
    assert answer.status_code == 503
    assert levels(caplog) == ["WARNING"]
    assert "OperationalError" in caplog.text
    assert "Traceback" not in caplog.text
    assert "mair@bryn.example" not in caplog.text
    assert 'value="mair@bryn.example"' in answer.content.decode()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL calls it a mistake")
def test_a_table_that_is_not_there_is_a_fault_of_ours() -> None:
    with pytest.raises(OperationalError) as raised, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM nowhere")
    assert not is_away(raised.value)


def test_a_fault_of_ours_stays_an_error(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(request: object) -> HttpResponse:
        raise KeyError

    monkeypatch.setattr(sign_in, "_sign_in", broken)
    answer = Client(raise_request_exception=False).get("/accounts/login/")
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.content.decode()
    assert levels(caplog) == ["ERROR"]
