"""The logs: no code that opens somebody's words, and nothing that an exception quotes."""

import logging
import sys
from logging import config

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client

from coproduction.logs import WithoutCodes, WithoutWords
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


def test_every_handler_tells_of_exceptions_without_their_words() -> None:
    formatter = settings.LOGGING["formatters"]["plain"]
    made = config.DictConfigurator({"version": 1}).configure_formatter(dict(formatter))
    assert isinstance(made, WithoutWords)
    assert {each["formatter"] for each in settings.LOGGING["handlers"].values()} == {"plain"}


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
