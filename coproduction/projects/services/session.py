"""Ending sessions, and clearing what nobody comes back for: unsent forms, which form made what."""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils import timezone

from coproduction.projects.models import Sending, Session, User
from coproduction.projects.queries.session import name_of_session
from coproduction.projects.unsent import without_meant, without_old


def end_session(*, user: User, name: str, here: str) -> bool:
    """End one session of a person by its name, but not the one they are asking from.

    Return whether there was one. Whoever is signed in with it is signed out with their next click.
    """
    rows = Session.objects.filter(user=user).exclude(session_key=here)
    keys = [
        key for key in rows.values_list("session_key", flat=True) if name_of_session(key) == name
    ]
    ended, _by_model = rows.filter(session_key__in=keys).delete()
    return bool(ended)


def end_other_sessions(*, user: User, here: str) -> int:
    """End every session of a person but the one they are asking from; return how many."""
    ended, _by_model = Session.objects.filter(user=user).exclude(session_key=here).delete()
    return ended


def end_sessions(*, user: User | None) -> int:
    """End every session of a person, or of everybody where it is None; return how many.

    What signed-out browsers sent and that waits for its writer stays.
    """
    rows = Session.objects.filter(user__isnull=False)
    ended, _by_model = (rows.filter(user=user) if user else rows).delete()
    return ended


def clear_ended_sessions() -> None:
    """Forget every session that has ended: what somebody sent and never came back for goes too."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def clear_old_unsent() -> int:
    """Let go what waits too long in sessions that last; return in how many something did."""
    return _clear_in_sessions(without_old)


def forget_unsent_with(*, is_meant: Callable[[str, list[str]], bool]) -> int:
    """Let go the unsent forms that hold what was erased; return in how many sessions there were.

    ``is_meant`` is given where a form was to go, and what was typed into it.
    """
    return _clear_in_sessions(lambda held: without_meant(held, is_meant))


def _clear_in_sessions(left_of: Callable[[dict[str, Any]], dict[str, Any] | None]) -> int:
    """Keep of each session what is left of it; None leaves it as it is. Return how many changed."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    sessions, cleared = store.get_model_class().objects, 0
    for each in sessions.iterator(chunk_size=200):
        if (left := left_of(each.get_decoded())) is not None:
            # Unless somebody has just come back and something else is in it.
            same = sessions.filter(pk=each.pk, session_data=each.session_data)
            cleared += same.update(session_data=store.encode(left))
    return cleared


def clear_old_sendings() -> int:
    """Forget which form made what, once nobody can have its page open; return how many."""
    since = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    forgotten, _by_model = Sending.objects.filter(at__lt=since).delete()
    return forgotten
