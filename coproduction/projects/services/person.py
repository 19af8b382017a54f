"""Finding or adding people, and changing what they say of themselves."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from coproduction.projects.models import Membership, User
from coproduction.projects.queries.person import places_of_address
from coproduction.projects.seen import Seen, Ticked, merge


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
