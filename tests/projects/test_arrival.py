"""When a request reached us, and who is believed about it."""

import socket
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from coproduction.projects.arrival import STAMP, UNDER_WAY, arrival, received_at
from coproduction.serving import make_server
from tests.processes import until


def _arrived(**said: object) -> datetime:
    """Let a request pass the middleware; return the moment it is given."""
    seen: list[HttpRequest] = []

    def answer(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    arrival(answer)(RequestFactory().get("/", **said))
    return received_at(seen[0])


def test_a_request_reached_us_when_the_first_of_us_saw_it() -> None:
    before = timezone.now()
    assert before <= _arrived() <= timezone.now()
    earlier = before - timedelta(seconds=3)
    assert _arrived(**{STAMP: earlier.timestamp()}) == earlier


@pytest.mark.parametrize("behind", [True, False])
def test_a_proxy_is_believed_only_where_there_is_one(settings, behind) -> None:
    settings.BEHIND_PROXY = behind
    before = timezone.now()
    said = before - timedelta(seconds=2)
    got = _arrived(HTTP_X_REQUEST_START=f"t={said.timestamp():.3f}")
    assert (got < before) is behind


@pytest.mark.parametrize(
    "said", ["", "t=", "t=soon", "t=nan", "t=1e99", "t=-1", "t=0", "1600000000", "t=9999999999"]
)
def test_a_stamp_that_can_not_be_right_is_not_believed(settings, said) -> None:
    settings.BEHIND_PROXY = True
    before = timezone.now()
    assert _arrived(HTTP_X_REQUEST_START=said) >= before
    too_old = before - UNDER_WAY - timedelta(seconds=1)
    assert _arrived(HTTP_X_REQUEST_START=f"t={too_old.timestamp()}") >= before


def test_the_server_notes_a_request_while_every_thread_is_busy() -> None:
    busy, go_on = threading.Event(), threading.Event()
    stamps: list[float] = []

    def app(environment, start_response):
        stamps.append(environment[STAMP])
        busy.set()
        go_on.wait(60)
        start_response("200 OK", [("Content-Length", "0")])
        return []

    door = socket.create_server(("127.0.0.1", 0))
    server = make_server(app, sockets=[door], threads=1)
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    asking = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    first, second = (socket.create_connection(door.getsockname()) for _ in range(2))
    try:
        first.sendall(asking)
        busy.wait(60)
        second.sendall(asking)
        until(lambda: len(server.task_dispatcher.queue) == 1, what="the second to be read")
        let_go = time.time()
        go_on.set()
        assert first.recv(12) == second.recv(12) == b"HTTP/1.1 200"
    finally:
        go_on.set()
        for each in (first, second):
            each.close()
        server.close()
        serving.join(60)
    assert len(stamps) == 2
    assert stamps[0] <= stamps[1] <= let_go
    assert datetime.fromtimestamp(let_go, UTC) <= timezone.now()
