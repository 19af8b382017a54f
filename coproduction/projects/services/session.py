"""Clearing the sessions that have ended, and with them what was kept in them."""

from importlib import import_module

from django.conf import settings


def clear_ended_sessions() -> None:
    """Forget every session that has ended: what somebody sent and never came back for goes too."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
