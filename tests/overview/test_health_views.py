"""What a watchdog and a load balancer are told."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
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
    files.write_text("in the way")
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


def test_both_say_that_anyone_may_ask() -> None:
    assert (healthz.access, readyz.access) == ("anyone", "anyone")
