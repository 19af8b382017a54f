"""People who can sign in."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Max, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coproduction.languages.typed_text import clean_address

# As long as an e-mail address can be.
LONGEST_EMAIL = 254
# No mail can ever go there: whose address did not come along with a project, or was deleted, has
# one that ends so.
CAME_WITHOUT, DELETED = "@people.invalid", "@deleted.invalid"


def leads_nowhere(email: str) -> bool:
    """Say whether an address is one of ours for somebody who has none."""
    return email.endswith((CAME_WITHOUT, DELETED))


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail address, however it is written."""

    def create_user(self, email: str, **fields: Any) -> "User":
        """Keep a new person, who will sign in by e-mailed code and so has no password."""
        user = self.model(email=clean_address(email), **fields)
        user.set_unusable_password()
        user.full_clean()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a person by e-mail address. Raises User.DoesNotExist."""
        return self.get(email=clean_address(username or ""))

    def at_address(self, email: str) -> "User | None":
        """Find the person who has an e-mail address, however it is written; or nobody."""
        return self.filter(email=clean_address(email)).first()

    def who_signs_in_at(self, email: str) -> "User | None":
        """Find the person whom a code sent to an address signs in; or nobody."""
        return self.filter(email=clean_address(email), is_active=True).first()

    def team_of(self, project: Any) -> "models.QuerySet[User]":
        """The people of a project, each with when they first came there: see ``name_in_team``."""
        here = Max("memberships__joined_at", filter=Q(memberships__project=project))
        return self.filter(memberships__project=project).annotate(joined_here=here)


class User(AbstractBaseUser):
    """A person who can sign in: an address, what to call them, and the language they prefer."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    language = models.CharField(_("language"), max_length=8, default=settings.LANGUAGE_CODE)
    is_active = models.BooleanField(default=True)
    # Sample people can be signed in with one click, in demo mode only.
    is_sample = models.BooleanField(default=False)
    # Came in with a project's archive, and was not invited since: named, and can't sign in.
    came_along = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    # Until when they may do what asks for a second step without one; none before they were asked.
    second_step_due = models.DateTimeField(null=True, blank=True)
    # Who on a team closed the account; none where its owner did, or who looks after everything.
    closed_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # When they had their account deleted: what they were called and their address are gone.
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_whatever_its_case"),
        ]

    @property
    def has_address(self) -> bool:
        """Whether there is an address to write to."""
        return not leads_nowhere(self.email)

    @property
    def display_name(self) -> str:
        """What to call this person on a page."""
        if self.deleted_at:
            return gettext("Somebody who left")
        return self.name or self.email.split("@")[0]

    @property
    def name_in_team(self) -> str:
        """What a project calls one of its ``team_of``: by their address until they came there."""
        has_come = getattr(self, "joined_here", None) or not self.has_address
        return self.display_name if has_come else self.email
