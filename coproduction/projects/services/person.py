"""Finding or adding people, changing what they say of themselves, and closing an account."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from coproduction.projects.audit import recorded
from coproduction.projects.models import Membership, User
from coproduction.projects.queries.person import places_of_address
from coproduction.projects.seen import Seen, Ticked, merge
from coproduction.projects.services.session import end_sessions


def find_or_add_person(
    *, email: str, name: str = "", language: str = settings.LANGUAGE_CODE, is_sample: bool = False
) -> User:
    """Find a person by e-mail address, or add them. Their name is theirs: it is never changed.

    Raises ValidationError for anything but an address.
    """
    found = User.objects.at_address(email)
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return User.objects.create_user(
                email, name=name, language=language, is_sample=is_sample
            )
    except (IntegrityError, ValidationError):
        # Somebody else may have added them a moment ago.
        found = User.objects.at_address(email)
        if found is None:
            raise
        return found


def change_person(
    *,
    user: User,
    name: str,
    language: str,
    address_may_leave: Sequence[str] | None = None,
    seen: Seen | None = None,
) -> User:
    """Change what a person is called and the language they prefer; their own choice.

    ``address_may_leave`` names the projects, by uuid, with which their address may go along.
    Raises ChangedMeanwhile where they did so in another window since ``seen``.
    """
    with transaction.atomic():
        user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        now: dict[str, Any] = {"name": user.name, "language": user.language}
        sent: dict[str, Any] = {"name": name, "language": language}
        if address_may_leave is not None:
            now["address_may_leave"] = Ticked(places_of_address(user))
            sent["address_may_leave"] = Ticked(address_may_leave)
        found = merge(seen, now=now, sent=sent)
        user.name, user.language = found["name"], found["language"]
        user.full_clean()
        user.save(update_fields=["name", "language"])
        if address_may_leave is not None:
            ticked = found["address_may_leave"]
            theirs = Membership.objects.filter(user=user)
            theirs.filter(project__uuid__in=ticked).update(address_may_leave=True)
            theirs.exclude(project__uuid__in=ticked).update(address_may_leave=False)
    return user


def welcome(*, user: User) -> None:
    """Let somebody sign in who came in with a project's archive, now that they are invited."""
    user.is_active, user.came_along = True, False
    user.save(update_fields=["is_active", "came_along"])


def close_account(*, user: User) -> int:
    """Let somebody sign in no more, and sign them out at once; return in how many places.

    Their roles and seats stay until somebody takes them away, and so does all they did.
    """
    with transaction.atomic():
        _set_active(user, is_active=False)
        return end_sessions(user=user)


def reopen_account(*, user: User) -> None:
    """Let somebody sign in again whose account was closed."""
    with transaction.atomic():
        _set_active(user, is_active=True)


def _set_active(user: User, *, is_active: bool) -> None:
    """Say whether somebody may sign in, and write it in the trail of each of their projects."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.is_active == is_active:
        return
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    theirs = Membership.objects.filter(user=user).select_related("project")
    # One of each project, and in one order, since each project's trail is locked until the end.
    projects = {each.project_id: each.project for each in theirs.order_by("project")}
    for project in projects.values():
        with recorded(project=project, by=None) as ledger:
            if is_active:
                ledger.record("projects.account_reopened", subject=user, follow_up=False)
            else:
                ledger.record("projects.account_closed", subject=user, follow_up=False)
