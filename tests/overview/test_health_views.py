"""What a watchdog and a load balancer are told."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coproduction.jobs.models import WorkerSeen
from overview.views.health import healthz, readyz


def test_being_alive_needs_no_database(client: Client) -> None:
    """Without the mark, a query would fail this test."""
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"alive\n")


@pytest.mark.django_db
def test_it_is_ready_when_everything_answers(client: Client, files: Path) -> None:
    WorkerSeen.objects.create(name="me", seen_at=timezone.now())
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"broker": True, "database": True, "storage": True, "worker": True}
    assert [path for path in files.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_it_is_not_ready_without_a_worker(client: Client, files: Path) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["worker"]) == (503, False)


@pytest.mark.django_db
def test_it_is_not_ready_when_files_cannot_be_kept(client: Client, files: Path) -> None:
    WorkerSeen.objects.create(name="me", seen_at=timezone.now())
    files.rmdir()
    files.write_text("in the way")  # A folder no more.
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"broker": True, "database": True, "storage": False, "worker": True}


@pytest.mark.django_db
def test_both_answer_without_https_and_are_never_kept(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    for address in ("/healthz", "/readyz"):
        answer = client.get(address)
        assert answer.status_code in {200, 503}
        assert "no-store" in answer["Cache-Control"]
        assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_asking_writes_nothing(client: Client, files: Path) -> None:
    WorkerSeen.objects.create(name="me", seen_at=timezone.now())
    client.get("/readyz")  # Once, so that what is made with the first question is there.
    folder, before = Path(settings.DATA_DIR), {}
    for path in [folder, *folder.rglob("*")]:
        before[path] = path.stat().st_mtime_ns
    for _time in range(3):
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/readyz").status_code == 200
        assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []
    after = {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]}
    assert after == before
    assert len(before) > 1


@pytest.mark.django_db
def test_an_answer_that_is_expected_is_no_error_in_the_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    assert client.get("/readyz").status_code == 503
    (record,) = [one for one in caplog.records if one.name == "django.request"]
    assert (record.levelname, record.status_code) == ("WARNING", 503)


def test_both_say_that_anyone_may_ask() -> None:
    assert (healthz.access, readyz.access) == ("anyone", "anyone")
