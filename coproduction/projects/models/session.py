"""Sessions of browsers, and whose they are."""

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.module_loading import import_string

from coproduction.projects.models.person import User


class Session(AbstractBaseSession):
    """What the server keeps of a browser; where somebody is signed in, of whom."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    seen_at = models.DateTimeField(default=timezone.now)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """Return what reads and writes these rows; Django asks for it by this name."""
        store: type[SessionBase] = import_string("coproduction.projects.sessions.SessionStore")
        return store
