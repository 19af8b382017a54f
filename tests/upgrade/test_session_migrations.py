"""Sessions from before they had a table of ours: who was signed in still is."""

from datetime import timedelta

from django.apps.registry import Apps
from django.contrib.sessions.backends.db import SessionStore as Before
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from coproduction.projects.sessions import STARTED, SessionStore

BEFORE, AFTER = "0008_the_trail_is_salted_and_signed", "0009_sessions_know_whose_they_are"


def migrate_to(name: str) -> Apps:
    """Bring the database to a migration of projects and to Django's own; return its models."""
    executor = MigrationExecutor(connection)
    return executor.migrate([("projects", name), ("sessions", "0001_initial")]).apps


def kept_before(**values: object) -> str:
    """Keep a session as it was; return its key."""
    session = Before()
    session.update(values)
    session.create()
    session.save()
    return str(session.session_key)


def test_open_sessions_stay_open_and_go_back(empty_database: None) -> None:
    then = migrate_to(BEFORE)
    user = then.get_model("projects", "User").objects.create(email="nia@example.org")
    signed_in = kept_before(_auth_user_id=str(user.pk), unsent=["words"])
    nobody = kept_before(unsent=["hers"])
    removed = kept_before(_auth_user_id="999999")
    over = kept_before(_auth_user_id=str(user.pk))
    rows = then.get_model("sessions", "Session").objects
    rows.filter(pk=over).update(expire_date=timezone.now() - timedelta(hours=1))

    now = migrate_to(AFTER)
    moved = dict(now.get_model("projects", "Session").objects.values_list("pk", "user"))
    assert moved == {signed_in: user.pk, nobody: None, over: user.pk}
    assert not rows.exists()
    session = SessionStore(signed_in)
    assert (session["_auth_user_id"], session["unsent"]) == (str(user.pk), ["words"])
    assert timezone.now().timestamp() - session[STARTED] < 60
    assert not SessionStore(over).items()
    assert SessionStore(nobody)["unsent"] == ["hers"]
    assert not SessionStore(removed).items()

    migrate_to(BEFORE)
    assert set(rows.values_list("pk", flat=True)) == {signed_in, nobody, over}
    assert Before(signed_in)["unsent"] == ["words"]
