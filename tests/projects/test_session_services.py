"""Sessions that have ended are forgotten."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from coproduction.projects.services.session import clear_ended_sessions

pytestmark = pytest.mark.django_db


def test_what_was_kept_in_a_session_goes_when_it_has_ended() -> None:
    for key, hours in (("over", -1), ("lasts", 1)):
        ends = timezone.now() + timedelta(hours=hours)
        Session.objects.create(session_key=key, session_data="words", expire_date=ends)
    clear_ended_sessions()
    assert [session.session_key for session in Session.objects.all()] == ["lasts"]
