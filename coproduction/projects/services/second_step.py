"""The second step of signing in: setting one up, taking it away, and when it is asked for.

Each such change stands in the installation's trail, and is told to its person by letter: whoever
reads somebody's mail, or sits at her desk, can't do it unnoticed.
"""

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from coproduction.projects.access import ASKED_FOR_SECOND_STEP, roles_anywhere
from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from coproduction.projects.second_step import has_second_step, is_asked
from coproduction.projects.services.letter import Draft, write_letters
from coproduction.projects.services.session import end_other_sessions, end_sessions
from coproduction.projects.trail.appending import record_here

APP, PASSKEY = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN
CODES = Authenticator.Type.RECOVERY_CODES


def begin_grace(*, user: User) -> None:
    """Begin the time in which somebody whose role asks for a second step can go on without one."""
    if user.second_step_due or not is_asked() or has_second_step(user):
        return
    if roles_anywhere(user) & ASKED_FOR_SECOND_STEP:
        user.second_step_due = timezone.now() + timedelta(days=settings.SECOND_STEP_GRACE_DAYS)
        user.save(update_fields=["second_step_due"])


def set_up_app(*, user: User, secret: str, here: str) -> None:
    """Have an app's codes be somebody's second step; ``here`` is the session it was done in."""
    with transaction.atomic():
        is_first = _lock(user)
        TOTP.activate(user, secret)
        _after_set_up(user, APP, is_first=is_first, here=here)


def set_up_passkey(*, user: User, name: str, credential: dict[str, Any], here: str) -> None:
    """Have a passkey be somebody's second step, called as the device it was made on."""
    with transaction.atomic():
        is_first = _lock(user)
        WebAuthn.add(user, name, credential)
        _after_set_up(user, PASSKEY, is_first=is_first, here=here)


def remove_step(*, user: User, number: int, here: str) -> bool:
    """Take one second step away, and with the last the recovery codes; say whether it was there.

    With the last all other sessions end: they say that a step was taken which is there no more.
    """
    with transaction.atomic():
        _lock(user)
        theirs = Authenticator.objects.filter(user=user)
        found = theirs.exclude(type=CODES).filter(pk=number).first()
        if found is None:
            return False
        found.delete()
        if not has_second_step(user):
            theirs.delete()
            end_other_sessions(user=user, here=here)
        record_here("projects.second_step_removed", by=user, user=user, now={"kind": found.type})
        _tell(user, "removed")
    return True


def renew_codes(*, user: User) -> None:
    """Make new recovery codes; those of before no longer work. Nothing without a second step."""
    with transaction.atomic():
        _lock(user)
        if has_second_step(user):
            Authenticator.objects.filter(user=user, type=CODES).delete()
            RecoveryCodes.activate(user)
            record_here("projects.recovery_codes_made", by=user, user=user)
            _tell(user, "codes")


def reset_second_step(*, user: User) -> int:
    """Take away all second steps of somebody who lost them, and sign them out everywhere.

    Done for the installation, and in the trail of each of their projects. Return in how many places
    they were signed in.
    """
    with transaction.atomic():
        _lock(user)
        Authenticator.objects.filter(user=user).delete()
        theirs = Project.objects.filter(memberships__user=user).distinct()
        # In one order, since each project's trail is locked until the end.
        for project in theirs.order_by("pk"):
            with recorded(project=project, by=None) as ledger:
                ledger.record("projects.second_step_reset", subject=user, follow_up=False)
        _tell(user, "reset")
        return end_sessions(user=user)


def note_wrong_step(user: User) -> None:
    """Note that a second step was wrong, for somebody whose first was right."""
    record_here("projects.second_step_wrong", by=None, user=user)


def _lock(user: User) -> bool:
    """Let one change of somebody's second steps wait for another; say whether there are none."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return not has_second_step(user)


def _after_set_up(user: User, kind: str, *, is_first: bool, here: str) -> None:
    """Give recovery codes with the first, and end what was opened without it."""
    if is_first:
        RecoveryCodes.activate(user)
        end_other_sessions(user=user, here=here)
    record_here("projects.second_step_set_up", by=user, user=user, now={"kind": kind})
    _tell(user, kind)


def _tell(user: User, what: str) -> None:
    """Write to somebody what was changed, in their language."""
    with translation.override(user.language):
        url = f"{settings.SITE_URL}{reverse('projects:person')}"
        about = {"what": what, "url": url}
        draft = Draft(
            to=user.email,
            subject=render_to_string("projects/email/second_step_subject.txt", about),
            text=render_to_string("projects/email/second_step_message.txt", about),
            language=user.language,
        )
    write_letters(project=None, kind="second_step", drafts=[draft])
