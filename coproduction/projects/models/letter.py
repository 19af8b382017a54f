"""Letters: an e-mail is a row before it is sent, and the row says what became of it."""

import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from coproduction.projects.models.person import LONGEST_EMAIL
from coproduction.projects.models.project import Project, ProjectQuerySet

# A mail server may be away overnight; after a day somebody is told that the letter did not go.
TRIED_FOR = timedelta(days=1)


def _message_id() -> str:
    """Return a name for a message that no other has, by which mail programs know it again."""
    return f"<{uuid.uuid4()}@{urlsplit(settings.SITE_URL).hostname}>"


def _tried_until() -> Any:
    """Return until when a letter written now is tried."""
    return timezone.now() + TRIED_FOR


class LetterQuerySet(ProjectQuerySet):
    """Letters, by what is to happen to them. The time is the database's, for clocks may differ."""

    def waiting(self) -> "LetterQuerySet":
        """Those still to be sent."""
        return self.filter(state=Letter.State.WAITING)

    def due(self) -> "LetterQuerySet":
        """Those to be sent by now, and not too late."""
        return self.waiting().filter(next_try_at__lte=Now()).exclude(expires_at__lte=Now())

    def expired(self) -> "LetterQuerySet":
        """Those whose moment is over before they were sent."""
        return self.waiting().filter(expires_at__lte=Now())

    def undelivered(self) -> "LetterQuerySet":
        """Those a person has to decide about: they did not arrive, or nobody can tell."""
        return self.filter(state__in=Letter.OPEN_QUESTIONS).exclude(text="")


_SENDING, _SENT, _DROPPED = Q(state="sending"), Q(state="sent"), Q(state="dropped")
_NOT_OVER = Q(state__in=["waiting", "sending"])
_NO_WORDS = Q(to="", reply_to="", subject="", text="")
_TRUE = {
    "letter_state_known": _NOT_OVER | Q(state__in=["sent", "refused", "uncertain", "dropped"]),
    "letter_claimed_to_be_sent": ~_SENDING | Q(claim__isnull=False, claimed_at__isnull=False),
    "letter_waits_for_anybody": ~Q(state="waiting") | Q(claim__isnull=True),
    "letter_sent_says_when": (_SENT & Q(sent_at__isnull=False))
    | (~_SENT & Q(sent_at__isnull=True)),
    "letter_dropped_says_why": (_DROPPED & ~Q(why="")) | (~_DROPPED & Q(why="")),
    "letter_has_words_until_sent": ~_NOT_OVER | (~Q(to="") & ~Q(text="")),
    # Nobody looks after the words of a letter that is over, or that belongs to no project.
    "letter_over_has_no_words": (~_SENT & ~_DROPPED) | _NO_WORDS,
    "letter_of_no_project_is_forgotten": Q(project__isnull=False) | _NOT_OVER | _NO_WORDS,
}


class Letter(models.Model):
    """One e-mail to one person. Written in a change's transaction, and sent by a job after it.

    Its words and its address stand here until it was sent, and no longer.
    """

    class State(models.TextChoices):
        """How far it has come on its way to the person it is for."""

        WAITING = "waiting"
        # From before its first byte is sent until the server's answer is known.
        SENDING = "sending"
        SENT = "sent"
        # The server did not take it, and it is not tried again by itself.
        REFUSED = "refused"
        # The server may have taken it: the connection or our own process ended before the answer.
        UNCERTAIN = "uncertain"
        DROPPED = "dropped"

    class Why(models.TextChoices):
        """Why it was dropped instead of sent."""

        EXPIRED = "expired"
        # What it said is no longer true.
        WITHDRAWN = "withdrawn"
        # Somebody decided to leave it.
        LEFT = "left"
        # A code for an address with which nobody signs in.
        NOBODYS = "nobody's"

    SIGN_IN_CODE = "sign_in_code"
    OPEN_QUESTIONS = (State.REFUSED, State.UNCERTAIN)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # None for a sign-in code, which belongs to a person.
    project = models.ForeignKey(Project, on_delete=models.CASCADE, null=True, related_name="+")
    # What it is about, such as "invitation".
    kind = models.CharField(max_length=40)
    # Fixed when it is written: whatever is sent twice is known to be the same.
    message_id = models.CharField(max_length=255, unique=True, default=_message_id)
    to = models.CharField(max_length=LONGEST_EMAIL, blank=True)
    reply_to = models.CharField(max_length=LONGEST_EMAIL, blank=True)
    language = models.CharField(max_length=8)
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True)
    # Somebody sits and waits for it: it goes before all others.
    is_urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    why = models.CharField(max_length=9, choices=Why, blank=True)
    # The mail server's number, of a letter it refused; none where it was never reached.
    smtp_code = models.PositiveSmallIntegerField(null=True)
    written_at = models.DateTimeField(default=timezone.now)
    # Which run of the job took it up to send it.
    claim = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(db_default=Now())
    # When it is given up.
    tried_until = models.DateTimeField(default=_tried_until)
    # When it would come too late.
    expires_at = models.DateTimeField(null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name=name, condition=rule) for name, rule in _TRUE.items()
        ]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="letter_by_state_and_turn"),
            models.Index(fields=["project", "state"], name="letter_by_project_and_state"),
        ]

    @property
    def is_refused(self) -> bool:
        """Whether it did not arrive, for certain."""
        return self.state == Letter.State.REFUSED

    @property
    def waited_in_backup(self) -> bool:
        """Whether nobody can tell because it waited when a backup was made, and that came back."""
        return self.state == Letter.State.UNCERTAIN and self.claim is None

    @property
    def is_too_late(self) -> bool:
        """Whether its moment is over, so that nothing would come of sending it."""
        return self.expires_at is not None and self.expires_at <= timezone.now()
