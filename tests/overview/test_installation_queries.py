"""What is said of an installation: each check seen right, and seen wrong for a real reason."""

import json
import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from coproduction.jobs.models import Job, WorkerSeen
from coproduction.jobs.services import enqueue
from coproduction.projects.models import Letter
from overview.queries.installation import front, mail, places, tables, work
from overview.queries.installation.check import Standing
from overview.queries.installation.every import checks
from overview.queries.installation.figures import InstallationFigures
from tests.overview.standing import LOOK, RIGHT, WRONG, stands
from tests.processes import free_port

# --- Before the app ----


@pytest.mark.parametrize(
    ("site", "hosts", "standing"),
    [
        ("https://plan.example.org", ["plan.example.org"], RIGHT),
        ("https://plan.example.org", [".example.org"], RIGHT),
        ("http://127.0.0.1:8000", ["127.0.0.1"], LOOK),
        ("http://plan.example.org", ["plan.example.org"], WRONG),
        ("https://plan.example.org", ["other.example.org"], WRONG),
        ("https://plan.example.org", ["*"], WRONG),
    ],
)
def test_the_address_is_https_and_answered_to(
    settings: Any, site: str, hosts: list[str], standing: Standing
) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = site, hosts
    assert stands(front.address()) is standing


HTTPS, HTTP = "https://plan.example.org", "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("site", "believed", "headers", "standing"),
    [
        (HTTP, 0, None, RIGHT),
        (HTTP, 0, {}, RIGHT),
        (HTTPS, 1, None, RIGHT),
        (HTTPS, 0, None, WRONG),
        (HTTP, 0, {"X-Forwarded-For": "192.0.2.1"}, WRONG),
        (HTTPS, 1, {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https"}, RIGHT),
        (HTTPS, 1, {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "http"}, WRONG),
        (HTTPS, 1, {"X-Forwarded-For": "192.0.2.1"}, WRONG),
        (HTTPS, 1, {"X-Forwarded-Proto": "https"}, WRONG),
        (HTTPS, 2, {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https"}, WRONG),
        (HTTPS, 1, {"X-Forwarded-For": "a, b", "X-Forwarded-Proto": "https"}, LOOK),
    ],
)
def test_as_many_proxies_are_believed_as_say_who_asked(
    settings: Any, site: str, believed: int, headers: dict[str, str] | None, standing: Standing
) -> None:
    settings.SITE_URL, settings.BEHIND_PROXY = site, believed
    check = front.proxies(headers)
    assert stands(check) is standing
    assert "192.0.2.1" not in check.fact + check.do


def test_what_is_only_for_trying_out_is_off(settings: Any) -> None:
    settings.DEBUG = settings.DEMO = False
    assert stands(front.trying_out()) is RIGHT
    settings.DEMO, settings.SITE_URL = True, HTTP
    assert stands(front.trying_out()) is LOOK
    settings.SITE_URL = HTTPS
    assert stands(front.trying_out()) is WRONG
    settings.DEMO, settings.DEBUG = False, True
    assert stands(front.trying_out()) is WRONG


# --- Mail ----


def lets_in(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    """Let in whoever has the right password."""
    return AuthResult(success=getattr(data, "password", b"") == b"right", handled=False)


@pytest.fixture
def mail_port() -> Iterator[int]:
    """Run a real mail server that asks for a password, without encryption."""
    server = Controller(
        object(),
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=lets_in,
        auth_require_tls=False,
        auth_required=True,
    )
    server.start()
    yield server.port
    server.stop()


def test_the_mail_server_takes_us_in_or_not(settings: Any, mail_port: int) -> None:
    settings.EMAIL_BACKEND = "coproduction.projects.mail_server.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_port
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "app", "right"
    assert stands(mail.mail_server()) is RIGHT
    settings.EMAIL_HOST_PASSWORD = "wrong"
    check = mail.mail_server()
    assert (stands(check), "name and password" in check.fact) == (WRONG, True)
    settings.EMAIL_USE_TLS = True  # It has none.
    check = mail.mail_server()
    assert (stands(check), "no safe way" in check.fact) == (WRONG, True)
    settings.EMAIL_USE_TLS, settings.EMAIL_PORT = False, free_port()
    check = mail.mail_server()
    assert (stands(check), "can't be reached" in check.fact) == (WRONG, True)


def test_a_server_that_speaks_no_encryption_is_no_safe_way(settings: Any, mail_port: int) -> None:
    settings.EMAIL_BACKEND = "coproduction.projects.mail_server.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_port
    settings.EMAIL_USE_SSL = True
    assert "no safe way" in mail.mail_server().fact


def test_mail_that_is_kept_is_wrong_where_people_wait_for_it(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.SITE_URL = HTTP
    assert stands(mail.mail_server()) is LOOK
    settings.SITE_URL = HTTPS
    assert stands(mail.mail_server()) is WRONG


@pytest.mark.django_db
def test_letters_that_wait_long_or_did_not_go_are_told_of(project: Any) -> None:
    Letter.objects.all().delete()
    assert stands(mail.letters()) is RIGHT
    letter = Letter.objects.create(
        project=project, kind="invitation", to="mair@bryn.example", text="Come", language="en"
    )
    assert stands(mail.letters()) is RIGHT
    Letter.objects.update(written_at=timezone.now() - timedelta(minutes=16))
    assert stands(mail.letters()) is WRONG
    for state, told in (("uncertain", "Uncertain: 1."), ("refused", "did not go: 1.")):
        Letter.objects.filter(pk=letter.pk).update(state=state)
        check = mail.letters()
        assert (stands(check), told in check.fact) == (LOOK, True)
        assert "mair" not in check.fact + check.do
    # A code that did not go, of which no words are kept: it is asked for again.
    Letter.objects.update(project=None, to="", text="")
    assert stands(mail.letters()) is RIGHT


# --- Work ----


@pytest.mark.django_db
def test_a_worker_has_to_be_seen_and_not_in_the_future() -> None:
    assert stands(work.workers()) is WRONG
    seen = WorkerSeen.objects.create(name="one", seen_at=timezone.now())
    assert (stands(work.workers()), stands(work.signs_of_life())) == (RIGHT, RIGHT)
    seen.seen_at = timezone.now() + timedelta(minutes=5)  # Its clock was put back since.
    seen.save()
    assert stands(work.signs_of_life()) is WRONG


@pytest.mark.django_db
def test_work_that_waits_long_or_was_given_up_is_told_of() -> None:
    Job.objects.all().delete()
    job = enqueue(task="tests.slow", scope="here", arguments={})
    assert stands(work.queue()) is RIGHT
    Job.objects.update(wake_at=timezone.now() - timedelta(minutes=11))
    assert stands(work.queue()) is WRONG
    over = {"state": "failed", "sentence": "It failed."}
    Job.objects.filter(pk=job.pk).update(finished_at=timezone.now(), **over)
    assert stands(work.queue()) is LOOK
    Job.objects.filter(pk=job.pk).update(finished_at=timezone.now() - timedelta(days=8))
    assert stands(work.queue()) is RIGHT


# --- The database ----


@pytest.mark.django_db
def test_the_database_answers_with_its_size_and_its_tables_are_of_this_release() -> None:
    assert stands(tables.database()) is RIGHT
    assert tables.database_bytes() > 10**5
    assert stands(tables.migrations()) is RIGHT
    recorder = MigrationRecorder(connection)
    recorder.record_applied("jobs", "9999_of_a_later_release")
    assert stands(tables.migrations()) is WRONG
    recorder.record_unapplied("jobs", "9999_of_a_later_release")
    recorder.record_unapplied("jobs", "0004_job_request_id")
    check = tables.migrations()
    assert (stands(check), "migrate" in check.do) == (WRONG, True)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite takes every letter")
@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_take_every_letter_is_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = f"{connection.settings_dict['NAME']}_letters"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(
            f"CREATE DATABASE \"{name}\" ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' "
            "TEMPLATE template0"
        )
    other = connection.copy()
    other.settings_dict["NAME"] = name
    try:
        monkeypatch.setattr(tables, "connection", other)
        check = tables.database()
        assert (stands(check), "LATIN1" in check.fact) == (WRONG, True)
    finally:
        monkeypatch.undo()
        other.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')


@pytest.mark.django_db
def test_a_clock_that_goes_wrong_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    assert stands(tables.clock_of_database()) is RIGHT
    right_time = time.time
    for off, standing in ((10, LOOK), (-10, LOOK), (3600, WRONG), (-3600, WRONG)):
        monkeypatch.setattr(time, "time", lambda off=off: right_time() + off)
        if connection.vendor == "postgresql":
            assert stands(tables.clock_of_database()) is standing
        # On the disk, too, the time is another than ours.
        assert stands(places.files()) is WRONG
    monkeypatch.undo()
    assert stands(places.files()) is RIGHT


@pytest.mark.django_db
def test_comments_are_found_by_an_index() -> None:
    check = tables.search_index()
    assert (check.standing is RIGHT) or "index_comments" in check.do


# --- Files ----


def test_files_can_be_written_where_they_are_kept(files: Path) -> None:
    assert stands(places.files()) is RIGHT
    assert [path for path in files.rglob("*") if path.is_file()] == []
    files.rmdir()
    files.write_text("in the way")  # A folder no more.
    check = places.files()
    assert (stands(check), "STORAGE_URL" in check.fact) == (WRONG, True)


def test_the_room_that_is_left_is_told(files: Path) -> None:
    left = os.statvfs(default_storage.path(""))
    check = places.room()
    assert (stands(check) is RIGHT) == (left.f_bavail * left.f_frsize >= 1024**3)
    assert "MB" in check.fact


@pytest.mark.parametrize(
    ("made", "checked", "standing"),
    [
        (timedelta(hours=3), timedelta(hours=2), RIGHT),
        (timedelta(hours=3), None, LOOK),
        (timedelta(hours=3), timedelta(days=40), LOOK),
        (timedelta(days=3), timedelta(days=3), LOOK),
        (timedelta(hours=-3), None, WRONG),
    ],
)
def test_the_last_backup_is_recent_and_was_read(
    settings: Any,
    tmp_path: Path,
    made: timedelta,
    checked: timedelta | None,
    standing: Standing,
) -> None:
    settings.DATA_DIR, now = tmp_path, timezone.now()
    told = {
        "made": (now - made).isoformat(),
        "checked": None if checked is None else (now - checked).isoformat(),
        "bytes": 5,
    }
    (tmp_path / "last-backup.json").write_text(json.dumps(told))
    assert stands(places.backup()) is standing


@pytest.mark.parametrize("told", [None, "", "[]", '{"made": 3, "checked": null, "bytes": 1}'])
def test_no_backup_is_wrong_where_people_rely_on_it(
    settings: Any, tmp_path: Path, told: str | None
) -> None:
    settings.DATA_DIR = tmp_path
    if told is not None:
        (tmp_path / "last-backup.json").write_text(told)
    settings.SITE_URL = HTTP
    assert stands(places.backup()) is LOOK
    settings.SITE_URL = HTTPS
    check = places.backup()
    assert (stands(check), check.fact) == (WRONG, "No backup was ever made.")


# --- All of it ----


@pytest.mark.django_db
def test_every_check_is_made_and_what_is_wrong_stands_first(files: Path) -> None:
    found = checks({})
    assert len(found) == 18
    assert len({each.name for each in found}) == 18
    for each in found:
        stands(each)
    order = [list(Standing).index(each.standing) for each in found]
    assert order == sorted(order)
    assert WRONG in {each.standing for each in found}  # No worker.


def figures() -> dict[str, float]:
    """Return each figure of the installation by its name and state."""
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in InstallationFigures().collect()
        for sample in family.samples
    }


def test_what_pages_are_drawn_with_has_to_be_there_where_people_rely_on_it(
    settings: Any, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    # On this machine alone, runapp will put it there.
    assert stands(places.static_files()) is LOOK
    settings.SITE_URL = "https://plan.example.org"
    check = places.static_files()
    assert stands(check) is WRONG
    assert "manage.py collectstatic" in check.do
    (tmp_path / "staticfiles.json").write_text("{}")
    assert stands(places.static_files()) is RIGHT


@pytest.mark.django_db
def test_the_figures_are_those_of_the_rows(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    Job.objects.all().delete()
    enqueue(task="tests.slow", scope="here", arguments={})
    WorkerSeen.objects.create(name="one", seen_at=timezone.now())
    Job.objects.update(wake_at=timezone.now() - timedelta(seconds=100))
    told = figures()
    assert told["coproduction_database_up"] == told["coproduction_workers"] == 1
    assert told["coproduction_jobs queued"] == 1
    assert told["coproduction_jobs failed"] == 0
    assert told["coproduction_letters sent"] == 0
    assert 99 < told["coproduction_oldest_job_seconds"] < 160
    assert told["coproduction_database_bytes"] > 10**5
    assert "coproduction_last_backup_bytes" not in told
    made = timezone.now().isoformat()
    (tmp_path / "last-backup.json").write_text(
        json.dumps({"made": made, "checked": None, "bytes": 7})
    )
    assert figures()["coproduction_last_backup_bytes"] == 7
