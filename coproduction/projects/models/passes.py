"""Passes: each lets somebody without an account do one thing, until a day."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import fingerprint, secret_fingerprint
from coproduction.projects.models.person import User
from coproduction.projects.models.project import ProjectQuerySet, ProjectRecord
from coproduction.projects.refusals import Refusal


class PassOver(Refusal):
    """A pass was taken back, or ended, before what it was used for could be done."""

    sentence = _("This link does not work any more. Ask whoever gave it to you for a new one.")


class PassScope(models.TextChoices):
    """The one thing that a pass lets somebody do; each belongs to a page, which asks for it."""

    ANSWER = "answer", _("Confirm an answer written down for them, or put it right")
    COMMITMENT = "commitment", _("Give an organisation's word on an action")


class PassQuerySet(ProjectQuerySet):
    """Passes, by the link that opens them and by whether they still do."""

    def with_token(self, token: str) -> "PassQuerySet":
        """The one that an address's token opens."""
        return self.filter(token_digest=fingerprint(token))

    def in_force_at(self, moment: datetime) -> "PassQuerySet":
        """Those neither ended nor taken back."""
        return self.filter(revoked_at__isnull=True, ends_at__gt=moment)


class Pass(ProjectRecord):
    """What somebody was given to do one thing with. Its token is known to them alone.

    What it does stands in the trail under its own name, as a person's changes do under theirs.
    """

    # What it lets them do, and to which record.
    scope = models.CharField(max_length=20)
    subject = models.UUIDField()
    # Whom it was given to, for people to read.
    holder = models.CharField(_("for"), max_length=100)
    language = models.CharField(max_length=12, blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    # Of a short code to read out on the phone, where there is one; and how often it was said wrong.
    code_digest = models.CharField(max_length=64, blank=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    ends_at = models.DateTimeField(_("until"))
    revoked_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = PassQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        """Name whom it was given to."""
        return self.holder

    def is_in_force_at(self, moment: datetime) -> bool:
        """Whether it is neither ended nor taken back at a moment."""
        return self.revoked_at is None and moment < self.ends_at

    def digest_of_code(self, code: str) -> str:
        """Return what is kept of its short code, however it was typed. Nobody can try them out."""
        digits = "".join(each for each in code if each.isdigit())
        return secret_fingerprint(f"{self.uuid}:{digits}")

    @property
    def lets(self) -> str:
        """What it lets somebody do, in words."""
        return str(PassScope(self.scope).label)


# Whoever may change something: a person who signed in, or somebody with a pass for it.
Actor = User | Pass
