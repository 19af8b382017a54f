"""Sessions that have ended are forgotten."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from coproduction.projects.models import Project, Sending, Session
from coproduction.projects.services.letter import queue_sending
from coproduction.projects.services.session import (
    clear_ended_sessions,
    clear_old_sendings,
    clear_old_unsent,
)
from coproduction.projects.sessions import SessionStore
from tests.letters import send_what_waits

pytestmark = pytest.mark.django_db


def test_what_was_kept_in_a_session_goes_when_it_has_ended() -> None:
    for key, hours in (("over", -1), ("lasts", 1)):
        ends = timezone.now() + timedelta(hours=hours)
        Session.objects.create(session_key=key, session_data="words", expire_date=ends)
    clear_ended_sessions()
    assert [session.session_key for session in Session.objects.all()] == ["lasts"]


def unsent(name: str, *, hours: int) -> dict:
    """What is kept of a form that somebody sent so long ago."""
    at = (timezone.now() - timedelta(hours=hours)).timestamp()
    return {"path": "/", "sent": {"text": ["Words"]}, "writer": "", "name": name, "at": at}


def test_a_form_kept_in_a_session_that_lasts_goes_after_a_day() -> None:
    kept = {
        "both": [unsent("old", hours=25), unsent("new", hours=23)],
        "old": [unsent("old", hours=25)],
        "new": [unsent("new", hours=23)],
    }
    stores = {}
    for key, forms in kept.items():
        stores[key] = SessionStore()
        stores[key].update({"unsent": forms, "other": "stays"})
        stores[key].create()
        stores[key].save()
    SessionStore().create()
    assert clear_old_unsent() == 2
    left = {key: SessionStore(store.session_key) for key, store in stores.items()}
    names = {key: [form["name"] for form in each.get("unsent", [])] for key, each in left.items()}
    assert names == {"both": ["new"], "old": [], "new": ["new"]}
    assert {each["other"] for each in left.values()} == {"stays"}
    assert clear_old_unsent() == 0


def test_which_form_made_what_is_forgotten_after_a_month(project: Project) -> None:
    for days in (29, 31):
        Sending.objects.create(
            project=project,
            page=uuid4(),
            content="c",
            subject_kind="projects.organisation",
            subject_key=str(days),
            at=timezone.now() - timedelta(days=days),
        )
    queue_sending()
    send_what_waits()
    assert clear_old_sendings() == 0
    assert [each.subject_key for each in Sending.objects.all()] == ["29"]
