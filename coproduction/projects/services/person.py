"""Finding or adding people, and changing what they say of themselves."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from coproduction.projects.models import User
from coproduction.projects.seen import Seen, merge


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


def change_person(*, user: User, name: str, language: str, seen: Seen | None = None) -> User:
    """Change what a person is called and the language they prefer; their own choice.

    Raises ChangedMeanwhile where they did so in another window since ``seen``.
    """
    with transaction.atomic():
        user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        now = {"name": user.name, "language": user.language}
        for field, value in merge(seen, now=now, sent={"name": name, "language": language}).items():
            setattr(user, field, value)
        user.full_clean()
        user.save(update_fields=["name", "language"])
    return user
