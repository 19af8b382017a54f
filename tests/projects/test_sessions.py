"""Somebody stays signed in for as long as they come back, and never for longer than a month."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import settings as the_settings
from django.test import Client
from django.utils import timezone

from coproduction.projects.models import Project, Session, User
from coproduction.projects.sessions import STARTED, SessionStore
from tests.forms import drawn

ClientOf = Callable[[User], Client]

pytestmark = pytest.mark.django_db

ME = "/accounts/me/"
SETTINGS = "/bryn/settings/"
UNUSED = timedelta(days=14)
MOST = timedelta(days=30)


def unused_for(time: timedelta) -> None:
    """Move the clock of every session on since it was last used."""
    Session.objects.update(seen_at=timezone.now() - time)


def signed_in_for(client: Client, time: timedelta) -> None:
    """Move the clock of one session on since it began; it was used just now."""
    session = client.session
    session[STARTED] = (timezone.now() - time).timestamp()
    session.save()


def is_signed_in(client: Client) -> bool:
    """Open a page that is for the signed-in."""
    return client.get(ME).status_code == 200


def moment_of(client: Client) -> datetime:
    """Return when a browser was last seen."""
    return Session.objects.get(pk=client.session.session_key).seen_at


def test_the_limits_are_what_the_decision_says() -> None:
    assert the_settings.SIGNED_IN_UNUSED_DAYS == UNUSED.days
    assert the_settings.SIGNED_IN_DAYS == MOST.days
    assert the_settings.SESSION_COOKIE_AGE == MOST.total_seconds()


def test_a_session_that_nobody_used_for_two_weeks_is_over(coordinator: User, client_of: ClientOf):
    client = client_of(coordinator)
    unused_for(UNUSED - timedelta(minutes=1))
    assert is_signed_in(client)
    unused_for(UNUSED + timedelta(minutes=1))
    # The cookie still holds, and the row would too: what counts is when it was used.
    assert Session.objects.get().expire_date > timezone.now()
    assert not is_signed_in(client)
    assert not Session.objects.exists()


def test_coming_back_begins_the_two_weeks_again(coordinator: User, client_of: ClientOf):
    client = client_of(coordinator)
    unused_for(UNUSED - timedelta(days=1))
    assert is_signed_in(client)
    row = Session.objects.get()
    assert timezone.now() - row.seen_at < timedelta(minutes=1)
    assert row.expire_date > timezone.now() + UNUSED - timedelta(minutes=1)


def test_a_session_in_use_is_written_once_an_hour(coordinator: User, client_of: ClientOf):
    client = client_of(coordinator)
    unused_for(timedelta(minutes=59))
    before = moment_of(client)
    assert is_signed_in(client)
    assert moment_of(client) == before
    unused_for(timedelta(minutes=61))
    assert is_signed_in(client)
    assert moment_of(client) > before


def test_no_use_makes_a_session_last_for_more_than_a_month(coordinator: User, client_of: ClientOf):
    client = client_of(coordinator)
    signed_in_for(client, MOST - timedelta(minutes=1))
    assert Session.objects.get().expire_date < timezone.now() + timedelta(minutes=2)
    assert is_signed_in(client)
    # Whatever the row says of its end.
    signed_in_for(client, MOST + timedelta(minutes=1))
    Session.objects.update(expire_date=timezone.now() + MOST)
    assert not is_signed_in(client)


def test_a_shorter_limit_holds_at_once(coordinator: User, client_of: ClientOf, settings):
    client = client_of(coordinator)
    unused_for(timedelta(days=2))
    settings.SIGNED_IN_UNUSED_DAYS = 1
    assert not is_signed_in(client)


@pytest.mark.parametrize("limit", ["unused", "most"])
def test_words_sent_when_it_is_over_come_back(
    limit: str, project: Project, coordinator: User, client_of: ClientOf
):
    client = client_of(coordinator)
    sent = drawn(client.get(SETTINGS), place="Bryn y Môr")
    if limit == "unused":
        unused_for(UNUSED + timedelta(minutes=1))
    else:
        signed_in_for(client, MOST + timedelta(minutes=1))
        Session.objects.update(expire_date=timezone.now() + MOST)
    assert client.post(SETTINGS, sent)["Location"] == "/accounts/login/?next=/accounts/unsent/"
    client.force_login(coordinator)
    assert drawn(client.get("/accounts/unsent/"))["place"] == ["Bryn y Môr"]


def test_what_waits_in_a_session_that_is_over_stays(coordinator: User, client_of: ClientOf):
    client = client_of(coordinator)
    waits = [{"name": "one", "at": timezone.now().timestamp()}]
    session = client.session
    session["unsent"], session["other"] = waits, "goes"
    session.save()
    signed_in_for(client, MOST + timedelta(minutes=1))
    Session.objects.update(expire_date=timezone.now() + MOST)
    assert not is_signed_in(client)
    row = Session.objects.get()
    assert row.user is None
    assert dict(SessionStore(row.pk).items()) == {"unsent": waits}


def test_a_new_key_is_given_at_signing_in_and_the_old_one_opens_nothing(
    coordinator: User, client: Client
):
    session = client.session
    session["unsent"] = []
    session.save()
    client.cookies[the_settings.SESSION_COOKIE_NAME] = session.session_key
    client.force_login(coordinator)
    assert client.session.session_key != session.session_key
    assert not SessionStore().exists(session.session_key)


def test_signing_out_ends_it_on_the_server(coordinator: User, client_of: ClientOf):
    client = client_of(coordinator)
    key = client.session.session_key
    client.post("/accounts/logout/")
    client.cookies[the_settings.SESSION_COOKIE_NAME] = key
    assert not is_signed_in(client)
    assert not Session.objects.exists()
