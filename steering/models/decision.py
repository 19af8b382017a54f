"""Decisions: what the group made of a wording."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import TranslatedField
from coproduction.projects.models import (
    Attested,
    ProjectQuerySet,
    ProjectRecord,
    User,
)
from steering.models.round import Round


class Decision(Attested, ProjectRecord):
    """What the group decided on one wording, why, and when to look again."""

    class Outcome(models.TextChoices):
        """What becomes of the wording."""

        AGREED = "agreed", _("Agreed")
        SENT_BACK = "sent_back", _("Sent back to be reworded")
        NOT_TAKEN_FORWARD = "not_taken_forward", _("Not taken forward")

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    reason = TranslatedField(_("reason"))
    review_on = models.DateField(_("look again on"), null=True, blank=True)
    decided_on = models.DateField(_("decided on"), default=timezone.localdate)
    # Of the answers that counted, how many somebody wrote down, by the name each had then:
    # [{"name": …, "number": …}].
    written_down = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ProjectQuerySet.as_manager()

    attested = (
        (
            *("uuid", "round", "outcome", "reason", "review_on", "decided_on", "written_down"),
            *("by", "created_at"),
        ),
    )

    @property
    def number_written_down(self) -> int:
        """How many of the answers that counted somebody wrote down for a member."""
        return sum(each["number"] for each in self.written_down)

    @property
    def icon(self) -> str:
        """The icon of the status that shows its outcome."""
        return {"agreed": "tick", "sent_back": "pen"}.get(self.outcome, "bar")
