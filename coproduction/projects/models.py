"""People, projects, organisations, memberships and the audit trail, as they are kept."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import TranslatedField

# As long as an e-mail address can be.
LONGEST_ADDRESS = 254


class Sector(models.TextChoices):
    """The part of local life that an organisation or a seat speaks for."""

    RESIDENT = "resident", _("Resident")
    COMMUNITY_GROUP = "community_group", _("Community group")
    CHARITY = "charity", _("Charity")
    FAITH = "faith", _("Faith")
    SCHOOL = "school", _("School")
    YOUTH_SERVICE = "youth_service", _("Youth service")
    COUNCIL = "council", _("Council")
    POLICE = "police", _("Police")
    HEALTH = "health", _("Health")
    BUSINESS = "business", _("Business")


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail address, whatever its case."""

    def create_user(self, email: str, **fields: Any) -> "User":
        """Keep a new person, who will sign in by e-mailed code and so has no password."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_unusable_password()
        user.full_clean()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a person by e-mail address."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who can sign in: an address, what to call them, and the language they prefer."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    is_active = models.BooleanField(default=True)
    # Sample people can be signed in with one click, in demo mode only.
    is_sample = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_whatever_its_case"),
        ]

    @property
    def called(self) -> str:
        """What to call this person on a page."""
        return self.name or self.email.split("@")[0]


SLUG = RegexValidator(
    r"^[a-z0-9]+(?:-[a-z0-9]+)*$",
    _("Use small letters, numbers and single hyphens, such as bryn-coed."),
)


class Project(models.Model):
    """One community's plan, from listening to delivery."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.CharField(_("address"), max_length=60, unique=True, validators=[SLUG])
    place = models.CharField(_("place"), max_length=100)
    name = TranslatedField(_("name"))
    scope = TranslatedField(_("what this can and can't change"), blank=True)
    # The languages the public pages are owed in; the first is the one written first.
    languages = models.JSONField(_("languages"), default=list)
    small_number = models.PositiveSmallIntegerField(_("smallest number shown"), default=10)
    retention_months = models.PositiveSmallIntegerField(_("months kept"), default=24)
    safeguarding_lead = models.EmailField(_("safeguarding lead"), blank=True)
    contact_email = models.EmailField(_("contact address"), blank=True)
    # An invented place says so on every public page.
    is_invented = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Name the place."""
        return self.place

    def clean(self) -> None:
        """Refuse a project without languages. A place's name is one line."""
        self.place = " ".join(self.place.split())
        if not self.languages:
            raise ValidationError({"languages": _("Choose at least one language.")})


class ProjectQuerySet(models.QuerySet[Any]):
    """Rows that belong to a project."""

    def of(self, project: Project) -> Any:
        """Only this project's rows: where every query for a page begins."""
        return self.filter(project=project)


class ProjectRecord(models.Model):
    """The root of a record: its project, and a name for it that gives no count away."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Role(models.TextChoices):
    """What a person does in a project. One person may do several things."""

    COORDINATOR = "coordinator", _("Engagement co-ordinator")
    ANALYST = "analyst", _("Analyst")
    FACILITATOR = "facilitator", _("Facilitator")
    CHAIR = "chair", _("Chair of the steering group")
    MEMBER = "member", _("Steering group member")
    EDITOR = "editor", _("Plan editor")


class Membership(models.Model):
    """A person's role in a project. It opens pages; it does not give a vote."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    # The invitation; none for who was not invited by e-mail.
    letter = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "user", "role"], name="membership_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_role_known"
            ),
        ]


class OrganisationQuerySet(ProjectQuerySet):
    """Organisations of a project."""


class Organisation(ProjectRecord):
    """A body that can lead or support an action, or hold a seat."""

    name = TranslatedField(_("name"))
    sector = models.CharField(_("sector"), max_length=20, choices=Sector)

    objects = OrganisationQuerySet.as_manager()

    def __str__(self) -> str:
        """Name it in the reader's language."""
        return str(self.name)


class AuditHead(models.Model):
    """The end of a project's audit chain: the row every write locks first."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)


class AuditEntry(models.Model):
    """One change: who, when, what was, what is. Append-only, numbered and chained by hash.

    It never holds words or addresses, so that erasing a person's words never breaks the chain.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    was = models.JSONField(default=dict)
    now = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="audit_number_once"),
        ]
        indexes = [models.Index(fields=["project", "subject_id"], name="audit_by_subject")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add; never change."""
        if self.pk is not None:
            raise TypeError("An audit entry is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: an audit entry is never removed."""
        raise TypeError("An audit entry is never removed.")
