"""What was designed together: workshops, who came, notes, actions and their wordings."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import FoldedField, Translated, TranslatedField
from coproduction.projects.models import (
    Attested,
    Organisation,
    ProjectQuerySet,
    ProjectRecord,
    User,
    Versioned,
)
from engagements.models import Comment, is_visible
from themes.models import Finding, Theme


class Stepped(models.Model):
    """A row that came in with others in one step, so that the whole step can be undone."""

    step = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)

    class Meta:
        abstract = True


class WorkshopQuerySet(ProjectQuerySet):
    """Workshops, by whether they were called off and whether their day has come."""

    def standing(self) -> "WorkshopQuerySet":
        """Those that nobody has called off."""
        return self.filter(called_off_at__isnull=True)

    def held(self) -> "WorkshopQuerySet":
        """Those of them whose day has come."""
        return self.standing().filter(date__lte=timezone.localdate())


class Workshop(ProjectRecord):
    """An occasion on which residents and partners design actions on a theme."""

    title = TranslatedField(_("title"))
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(_("place"), max_length=150, blank=True)
    date = models.DateField(_("date"))
    purpose = models.CharField(_("purpose"), max_length=500, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_why = models.TextField(_("why"), blank=True)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        ordering = ["date", "pk"]

    def __str__(self) -> str:
        """Name it in the reader's language."""
        return str(self.title)


class Table(Versioned):
    """Where some of those who came sit, with the person who leads or writes there."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField(_("number"))
    host = models.CharField(_("facilitator or scribe"), max_length=80, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "number"], name="table_number_once"),
        ]


class Attendee(Stepped):
    """Somebody who came: a resident, or a partner from an organisation. A name is optional."""

    class Kind(models.TextChoices):
        """In what part they came."""

        RESIDENT = "resident", _("Resident")
        PARTNER = "partner", _("Partner")

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="attendees")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=80, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    table = models.ForeignKey(
        Table, on_delete=models.SET_NULL, null=True, blank=True, related_name="attendees"
    )

    class Meta:
        ordering = ["kind", "pk"]


class NoteQuerySet(ProjectQuerySet):
    """Notes: every query for a page starts at ``not_undone``."""

    def not_undone(self) -> "NoteQuerySet":
        """Those that count: nobody has taken their typing back."""
        return self.filter(undone_at__isnull=True)

    def for_all(self) -> "NoteQuerySet":
        """Those of them that everyone may read: for the public."""
        return self.not_undone().filter(for_all_since__isnull=False)


class Note(Stepped, ProjectRecord):
    """What a table wrote down."""

    class Kind(models.TextChoices):
        """What sort of thing it is; the sides of a disagreement are one note."""

        ASSET = "asset", _("Something we have")
        IDEA = "idea", _("Idea")
        CONCERN = "concern", _("Concern")
        DISAGREEMENT = "disagreement", _("Disagreement")

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="notes")
    table = models.ForeignKey(
        Table, on_delete=models.PROTECT, null=True, blank=True, related_name="notes"
    )
    kind = models.CharField(max_length=15, choices=Kind)
    text = models.TextField(_("note"))
    folded = FoldedField(editable=False, default="")
    language = models.CharField(max_length=8, default=settings.LANGUAGE_CODE)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Since when everyone may read it, because the table agreed; empty: the team alone does.
    for_all_since = models.DateTimeField(null=True, blank=True)
    # An undone note: kept, shown nowhere, and put back if that was a slip.
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(for_all_since__isnull=True),
                name="note_undone_is_not_for_all",
            ),
        ]

    @property
    def may_be_read_by_all(self) -> bool:
        """Whether everyone may read it, and so the public plan show it."""
        return self.for_all_since is not None

    @property
    def sides(self) -> list[str]:
        """The lines of a note that say something: of a disagreement, each is a view."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]


class Timescale(models.TextChoices):
    """The bands of time within which an action is promised."""

    WITHIN_1_YEAR = "within_1_year", _("Within a year")
    YEARS_1_TO_3 = "years_1_to_3", _("1 to 3 years")
    YEARS_3_TO_5 = "years_3_to_5", _("3 to 5 years")
    ONGOING = "ongoing", _("Ongoing")


class ActionQuerySet(ProjectQuerySet):
    """Actions, by whether they were withdrawn."""

    def standing(self) -> "ActionQuerySet":
        """Those that nobody has withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Action(ProjectRecord):
    """A concrete commitment proposed to the steering group; its number is permanent."""

    number = models.PositiveSmallIntegerField(_("number"))
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    workshop = models.ForeignKey(
        Workshop, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    # Withdrawn before the group was asked about it: its number stays used.
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.TextField(_("why"), blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="action_number_once"),
        ]

    def __str__(self) -> str:
        """Name it by its number."""
        return str(_("Action %(number)s") % {"number": self.number})


class WordingQuerySet(ProjectQuerySet):
    """Wordings, of which an action's last says what it promises."""

    def newest(self) -> "WordingQuerySet":
        """The last wording of each action."""
        later = Wording.objects.filter(action=OuterRef("action"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))


@dataclass(frozen=True)
class Partner:
    """An organisation that a wording names, by the name it had when the wording was written."""

    organisation: Organisation
    name: Translated

    def __str__(self) -> str:
        """Name it in the reader's language."""
        return str(self.name)

    @property
    def is_renamed(self) -> bool:
        """Whether readers of a language know it by another name now."""
        now = self.organisation.name
        return any(now.text(language) != self.name.text(language) for language in now.entries)


# The texts of a wording: whatever they say in the language first written is a promise.
TEXTS = ("title", "text", "timescale_note")


class Wording(Attested, ProjectRecord):
    """Everything an action promises. Any edit is a new wording; a translation is not."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="wordings")
    number = models.PositiveSmallIntegerField()
    title = TranslatedField(_("title"))
    text = TranslatedField(_("what will happen"))
    lead = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    supporting = models.ManyToManyField(Organisation, blank=True, related_name="+")
    # What the lead and the supporting partners were called then, by their uuid.
    partner_names = models.JSONField(default=dict, editable=False)
    timescale = models.CharField(_("timescale"), max_length=20, choices=Timescale)
    timescale_note = TranslatedField(_("by when, in words"), blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # When it was written, which pages show; a record of the past says so itself.
    created_at = models.DateTimeField(default=timezone.now)

    objects = WordingQuerySet.as_manager()

    attested = (
        (
            *("uuid", "action", "number", "title", "text", "lead", "supporting", "partner_names"),
            *("timescale", "timescale_note", "by", "created_at"),
        ),
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="wording_number_once"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it. Raises TypeError where it promises something else than at first."""
        if not self._state.adding and not self.promises_what(Wording.objects.get(pk=self.pk)):
            raise TypeError("A wording is never changed: write another.")
        super().save(*args, **kwargs)

    def promises_what(self, other: "Wording") -> bool:
        """Whether it says the same as another, in the language each of its texts was written in."""
        return (
            (self.action_id, self.number) == (other.action_id, other.number)
            and (self.lead_id, self.timescale) == (other.lead_id, other.timescale)
            and self.partner_names == other.partner_names
            and all(_says_the_same(getattr(self, name), getattr(other, name)) for name in TEXTS)
        )

    @property
    def lead_partner(self) -> Partner | None:
        """Who leads it, by the name that stood in the wording when it was written."""
        return self._partner(self.lead) if self.lead else None

    @property
    def supporting_partners(self) -> list[Partner]:
        """Who else takes part, by the names that stood in it. Fetch ``supporting`` with it."""
        return [self._partner(body) for body in self.supporting.all()]

    def _partner(self, body: Organisation) -> Partner:
        """Name an organisation as it was then.

        A translation given later to the name of then counts; of a name nobody uses any more none
        is to come, so the name stands in its own language.
        """
        kept = Translated(self.partner_names.get(str(body.uuid)) or body.name.entries)
        source = kept.source or ""
        still = body.name.text(source) == kept.text(source)
        stale = [*kept.missing(body.name.entries), *kept.out_of_date(body.name.entries)]
        later = {
            language: body.name.text(language) if still else kept.text(source) for language in stale
        }
        return Partner(body, kept.changed(later))


def _says_the_same(now: Translated, was: Translated) -> bool:
    """Whether a text is what it was in its first language; an empty one stays empty."""
    if was.source is None:
        return not now
    return now.source == was.source and now.text(was.source) == was.text(was.source)


class Retranslation(models.Model):
    """One change of a wording's translation: what it said, what it says since. Append-only.

    ``was`` and ``now`` hold the texts that changed, by name. The first translation of a text is
    one too, with nothing in ``was``.
    """

    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="retranslations")
    language = models.CharField(max_length=8)
    was = models.JSONField()
    now = models.JSONField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add it after the others. Raises TypeError for one that is there: what was said stays."""
        if self.pk is not None:
            raise TypeError("What a translation said is never changed: add another.")
        super().save(*args, **kwargs)


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """What actions rest on, by whether it may still be read."""

    def visible(self) -> "EvidenceQuerySet":
        """All but the comments that something withholds."""
        return self.filter(Q(comment__isnull=True) | is_visible("comment__"))


class Evidence(Stepped):
    """Why an action is proposed: one comment, note or finding that it answers."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="evidence")
    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.ForeignKey(
        Note, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(comment__isnull=False, note__isnull=True, finding__isnull=True)
                    | Q(comment__isnull=True, note__isnull=False, finding__isnull=True)
                    | Q(comment__isnull=True, note__isnull=True, finding__isnull=False)
                ),
                name="evidence_is_one_thing",
            ),
            models.UniqueConstraint(fields=["action", "comment"], name="evidence_comment_once"),
            models.UniqueConstraint(fields=["action", "note"], name="evidence_note_once"),
            models.UniqueConstraint(fields=["action", "finding"], name="evidence_finding_once"),
        ]
