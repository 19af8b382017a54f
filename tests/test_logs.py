"""The logs: no code that opens somebody's words, and nothing that an exception quotes."""

import io
import json
import logging
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from logging import config

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client

from coproduction.logs import Doing, WithoutCodes, WithoutWords, logging_of
from coproduction.projects.models import Membership

CODE = "7KQM-4TPX-9RWD"


@pytest.mark.parametrize(
    "path",
    [
        f"/bryn/follow/{CODE}/",
        f"/cy/bryn/follow/{CODE}/",
        "/bryn/tell-us/your-park/thanks/7kqm4tpx9rwd/",
        f"/bryn/tell-us/your-park/thanks/{CODE}/",
    ],
)
def test_an_address_is_logged_without_its_code(
    path: str, project, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.get(path).status_code == 404
    assert "[code]" in caplog.text
    assert CODE[:4].lower() not in caplog.text.lower()


def test_a_code_in_a_query_is_left_out_too_and_nothing_else_is() -> None:
    record = logging.LogRecord(
        "django.server",
        logging.INFO,
        "",
        0,
        '"%s" %s',
        (f"GET /bryn/follow/?receipt={CODE}&x=1 HTTP/1.1", 200),
        None,
    )
    WithoutCodes().filter(record)
    assert record.getMessage() == '"GET /bryn/follow/?receipt=[code]&x=1 HTTP/1.1" 200'


@pytest.mark.parametrize("as_json", [False, True])
def test_every_handler_tells_of_exceptions_without_their_words(as_json: bool) -> None:
    told = logging_of(level="INFO", as_json=as_json)
    formatter = told["formatters"]["lines"]
    made = config.DictConfigurator({"version": 1}).configure_formatter(dict(formatter))
    assert isinstance(made, WithoutWords)
    assert {each["formatter"] for each in told["handlers"].values()} == {"lines"}
    assert settings.LOGGING == logging_of(level="WARNING", as_json=False)


def test_times_are_utc_and_say_so() -> None:
    record = logging.LogRecord("any", logging.INFO, "", 0, "Something.", None, None)
    record.created, record.msecs = 1_751_328_000.25, 250  # In British summer time.
    told = WithoutWords("{asctime} {message}", style="{").format(record)
    assert told == "2025-07-01T00:00:00.250Z Something."


def test_a_failing_row_is_not_in_the_log(project) -> None:
    """PostgreSQL's message holds all of the row, so also what somebody said."""
    values = {"role": "private words"}
    try:
        with transaction.atomic():
            Membership.objects.filter(project=project).update(**values)
    except IntegrityError:
        told = WithoutWords().formatException(sys.exc_info())
    assert "IntegrityError" in told
    assert "test_logs.py" in told
    assert "which led to:" in told
    assert "private words" not in told
    assert "membership_role_known" not in told


def test_what_led_to_an_exception_is_told_without_words_too() -> None:
    try:
        try:
            int("private words")
        except ValueError as before:
            raise RuntimeError("more private words") from before
    except RuntimeError:
        told = WithoutWords().formatException(sys.exc_info())
    assert told.count("private words") == 2  # The lines of this file that raise them.
    assert told.splitlines()[-1] == "builtins.RuntimeError"


SAID = "The park is not safe, mair@bryn.example"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., str]]:
    """Log as an installation does, ``told(as_json, log)``, and return what stands in the log."""
    roots = logging.root.handlers[:], logging.root.level

    def logged(as_json: bool, log: Callable[[], None]) -> str:
        lines = io.StringIO()
        monkeypatch.setattr(sys, "stderr", lines)
        config.dictConfig(logging_of(level="INFO", as_json=as_json))
        log()
        return lines.getvalue()

    yield logged
    monkeypatch.undo()
    config.dictConfig(settings.LOGGING)
    logging.root.handlers[:], logging.root.level = roots


def raise_words() -> None:
    """Fail with somebody's words in what went wrong, and in what led to it."""
    try:
        raise ValueError(SAID)
    except ValueError as before:
        raise RuntimeError(f"again: {SAID}") from before


def log_hostile_things() -> None:
    """Log as libraries do that know nothing of what must stay out, or make a mistake of it."""
    logger = logging.getLogger("somebody.elses")
    try:
        raise_words()
    except RuntimeError as problem:
        logger.exception("It failed", extra={"said": SAID, "request": SAID, "data": {"text": SAID}})
        logger.exception(problem)
        logger.error("It failed: %s", problem)
        logger.error("It failed: %(why)s", {"why": problem})
        logger.error("It can't be told: %d of %s", problem)  # noqa: PLE1206
    with suppress(IntegrityError), transaction.atomic():
        try:
            Membership.objects.update(role=SAID[:20])
        except IntegrityError as problem:
            logger.exception("The database: %s", problem)
            raise
    gunicorn = logging.getLogger("gunicorn.error")
    gunicorn.warning("Invalid request from ip=203.0.113.9: Invalid HTTP header: 'mair said'")
    try:
        raise_words()
    except RuntimeError:
        gunicorn.exception("Error handling request %s", f"/bryn/follow/{CODE}/?mair=said")
        logging.getLogger("waitress").exception("Exception while serving /follow/%s/", CODE)
        logging.getLogger("waitress").exception("Exception while serving %s", f"/follow/{CODE}/")


@pytest.mark.parametrize("as_json", [False, True])
def test_nobodys_words_or_address_is_in_the_log_whoever_writes_it(
    as_json: bool, project, told: Callable[..., str]
) -> None:
    log = told(as_json, log_hostile_things)
    assert log.count("It failed") == 3
    assert "It can't be told: %d of %s" in log
    assert "Logging error" not in log
    assert "builtins.RuntimeError" in log
    assert "IntegrityError" in log
    assert "gunicorn.error" in log
    for private in (SAID, "The park", "mair", "203.0.113.9", CODE, CODE[:4]):
        assert private not in log, private
    if as_json:
        assert [json.loads(line)["level"] for line in log.splitlines()]


def test_a_line_of_json_says_what_and_when_and_to_which_request_and_job_it_belongs(
    told: Callable[..., str],
) -> None:
    def log() -> None:
        with Doing(request="ab12", job="cd34"):
            logging.getLogger("any").warning("Said %d times.", 3, extra={"status": 503})
        logging.getLogger("any").info("By itself.")

    first, second = map(json.loads, told(True, log).splitlines())
    assert re.fullmatch(r"[0-9-]{10}T[0-9:]{8}\.\d{3}Z", first.pop("time"))
    assert first == {
        **{"level": "WARNING", "logger": "any", "message": "Said 3 times."},
        **{"request": "ab12", "job": "cd34", "status": 503},
    }
    assert second.keys() == {"time", "level", "logger", "message"}
    assert "any request=ab12 job=cd34 Said 3 times." in told(False, log)
    assert "any By itself." in told(False, log)
