"""Answers sent in the last moment: all that reached us in time are kept, whatever held them up."""

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from coproduction.projects.audit import recorded
from coproduction.projects.models import User
from coproduction.projects.trail.verification import verify
from steering.models import Response, Round
from tests.processes import until
from tests.steering import arrivals
from tests.steering.group import make_round, make_seats, make_wording, set_quorum
from tests.steering.pages import url

SENT = 50


@pytest.fixture
def reached(settings: Any) -> list[str]:
    """Give the addresses of the requests that have reached us."""
    arrivals.reached.clear()
    first, *others = settings.MIDDLEWARE
    settings.MIDDLEWARE = [first, "tests.steering.arrivals.counting", *others]
    return arrivals.reached


def _send_at_once(round: Round, clients: list[Any]) -> tuple[list[int], list[threading.Thread]]:
    """Have every member answer, each in a thread of their own."""
    statuses: list[int] = []

    def send(client: Any) -> None:
        try:
            sent = client.post(url("round_respond", uuid=round.uuid), {"answer": "agree"})
            statuses.append(sent.status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    return statuses, threads


@pytest.mark.django_db(transaction=True)
def test_fifty_answers_that_waited_for_a_lock_past_the_closing_are_all_kept(
    project: Any,
    chair: User,
    client_of: Callable[[User], Any],
    reached: list[str],
    say: Callable[[str], None],
) -> None:
    seats = make_seats(project, chair, SENT)
    set_quorum(project, chair, 4)
    round = make_round(make_wording(project, chair), chair)
    clients = [client_of(seat.user) for seat in seats if seat.user]
    with recorded(project=project, by=chair):
        statuses, threads = _send_at_once(round, clients)
        until(lambda: len(reached) == SENT, what="all of them to reach us")
        # Now the time to answer is over, and none of them has been kept.
        Round.objects.filter(pk=round.pk).update(closes_at=timezone.now())
        assert not Response.objects.exists()
    for thread in threads:
        thread.join(timeout=120)
    kept = Response.objects.filter(round=round, seat__in=seats)
    say(f"{connection.vendor}: {SENT} sent in time, {kept.count()} kept")
    assert Counter(statuses) == {302: SENT}
    assert kept.count() == kept.values("seat").distinct().count() == SENT
    assert verify(project).fault is None
    late = clients[0].post(url("round_respond", uuid=round.uuid), {"answer": "object"})
    assert late.status_code == 409
    assert kept.count() == SENT
