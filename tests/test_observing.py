"""Each request has an id, and is told of by the name of its page alone."""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.test import Client

from coproduction.jobs.models import Job
from coproduction.jobs.running import run
from coproduction.jobs.services import enqueue
from coproduction.logs import request_under_way
from tests.processes import until
from tests.served import GUNICORN, RUNAPP, App

MADE = re.compile(r"[0-9a-f]{32}")
GIVEN = "0123456789abcdef-0123456789ABCDEF"
CODE = "7KQM-4TPX-9RWD"


def test_each_answer_bears_an_id_of_its_own(client: Client) -> None:
    ids = {client.get("/healthz").headers["X-Request-ID"] for _time in range(3)}
    assert len(ids) == 3
    assert all(MADE.fullmatch(each) for each in ids)
    assert request_under_way() == ""


@pytest.mark.parametrize(
    ("proxies", "given", "is_believed"),
    [
        (1, GIVEN, True),
        (1, "f" * 32, True),
        (0, GIVEN, False),
        (1, "mair-said-the-park", False),
        (1, "f" * 15, False),
        (1, "f" * 65, False),
        (1, "", False),
    ],
)
def test_the_id_of_a_proxy_of_ours_is_taken_when_it_holds_no_words(
    settings: Any, client: Client, proxies: int, given: str, is_believed: bool
) -> None:
    settings.BEHIND_PROXY = proxies
    answer = client.get("/healthz", headers={"x-request-id": given})
    assert (answer.headers["X-Request-ID"] == given) == is_believed
    assert is_believed or MADE.fullmatch(answer.headers["X-Request-ID"])


def test_a_request_is_told_of_by_its_pages_name_where_that_is_asked_for(
    settings: Any, project, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    settings.LOG_REQUESTS, settings.DEBUG = True, False
    caplog.set_level("INFO", logger="coproduction.requests")
    asked = (
        ("/bryn/privacy/?mair=said", "overview:privacy", 200),  # Drawn
        ("/bryn/privacy/?mair=said", "overview:privacy", 200),
        ("/bryn/privacy/", "overview:privacy", 200),  # Kept
        (f"/bryn/follow/{CODE}/", "plan:follow_receipt", 404),
        ("/mair-said/so/", "none", 404),
        ("/static/css/no-such.css", "static", 404),
    )
    for url, _name, status in asked:
        assert client.get(url).status_code == status
    client.generic("MAIR-SAID", "/healthz")
    told = [one for one in caplog.records if one.name == "coproduction.requests"]
    assert [(one.view, one.status) for one in told[:-1]] == [each[1:] for each in asked]
    assert (told[-1].method, told[-1].view) == ("other", "healthz")
    for one in told:
        assert re.fullmatch(r"\w+ [\w:]+: \d{3} in \d+\.\d ms", one.getMessage())
    assert not re.search("(?i)mair|7kqm|127.0", " ".join(one.getMessage() for one in told))


@pytest.mark.django_db
def test_a_job_bears_the_id_of_the_request_that_asked_for_it(client: Client) -> None:
    seen: list[str] = []

    def work(progress: Any, **arguments: Any) -> None:
        seen.append(request_under_way())
        enqueue(task="tests.later", scope="here", arguments={})

    job = enqueue(task="tests.slow", scope="here", arguments={})
    Job.objects.filter(pk=job.pk).update(request=GIVEN)
    assert run(work, job=job.uuid)
    assert seen == [GIVEN]
    assert request_under_way() == ""
    assert Job.objects.get(task="tests.later").request == GIVEN
    assert job.request == ""


@pytest.fixture
def app(migrated: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Give an app that tells of all it does, as JSON."""
    static = tmp_path_factory.getbasetemp() / "static"
    told = {"LOG_FORMAT": "json", "LOG_REQUESTS": "1", "DEMO": "", "METRICS_TOKEN": "a token"}
    made = App(migrated, static, LOG_LEVEL="INFO", WEB_CONCURRENCY="2", **told)
    yield made
    made.end()


def lines(app: App) -> list[dict[str, Any]]:
    """Return what stands in the log, as far as it is of JSON: runapp prints its greeting too."""
    text = app.log.read_text().splitlines()
    return [json.loads(line) for line in text if line.startswith("{")]


def asked(url: str, **headers: str) -> tuple[str, str]:
    """Ask for a page; return its id and its words."""
    request = urllib.request.Request(url, headers=headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.headers["X-Request-ID"], answer.read().decode()


@pytest.mark.processes
@pytest.mark.once
@pytest.mark.parametrize("command", [RUNAPP, GUNICORN], ids=["runapp", "gunicorn"])
def test_a_request_through_a_real_server_has_its_id_in_the_log_and_the_answer(
    app: App, command: tuple[str, ...], say: Callable[[str], None]
) -> None:
    app.start(*command)
    until(app.is_live, what="the app")
    for _time in range(20):
        number, _words = asked(f"{app.url}/healthz?mair=said")
        (line,) = [one for one in lines(app) if one.get("request") == number]
        assert (line["view"], line["status"], line["logger"]) == (
            *("healthz", 200),
            "coproduction.requests",
        )
    assert "mair" not in app.log.read_text()
    assert "127.0.0.1 - -" not in app.log.read_text()
    words = ""
    for _time in range(10):  # By whichever process, all that they counted together is told.
        _number, words = asked(f"{app.url}/metrics", Authorization="Bearer a token")
        told = re.search(r'requests_total{status="200",view="healthz"} (\d+)', words)
        assert told
        assert int(told[1]) >= 20
    assert 'coproduction_request_seconds_bucket{le="0.002",view="healthz"}' in words
    assert "coproduction_database_up 1.0" in words
    assert "mair" not in words
    # Where the head alone is asked for, gunicorn complains of any body that it has to drop.
    for path in ("accounts/login/", "healthz", "nowhere/"):
        request = urllib.request.Request(f"{app.url}/{path}", method="HEAD")
        with suppress(urllib.error.HTTPError), urllib.request.urlopen(request, timeout=30) as head:
            assert int(head.headers["Content-Length"]) > 0
            assert head.read() == b""
    assert "no-body" not in app.log.read_text()
    say(f"{len(words)} characters of figures")
