"""What is published: sections, frozen editions, their renderings and corrections."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import TranslatedField
from coproduction.projects.models import ProjectQuerySet, ProjectRecord, User
from engagements.models import Comment
from themes.models import Theme


class Section(ProjectRecord):
    """A text of the plan being written, side by side in the project's languages."""

    class Kind(models.TextChoices):
        """Which text it is; ``theme`` says why a theme matters."""

        FOREWORD = "foreword", _("Foreword")
        HOW_WE_LISTENED = "how_we_listened", _("How we listened")
        WHAT_PEOPLE_VALUE = "what_people_value", _("What people value")
        HOW_WE_DECIDED = "how_we_decided", _("How we decided")
        THEME = "theme", _("Why this matters")
        WHAT_HAPPENS_NEXT = "what_happens_next", _("What happens next")
        THANKS = "thanks", _("Thank you")

    kind = models.CharField(max_length=20, choices=Kind)
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    body = TranslatedField(_("text"), blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kind"],
                condition=Q(theme__isnull=True),
                name="section_kind_once",
            ),
            models.UniqueConstraint(
                fields=["project", "theme"],
                condition=Q(theme__isnull=False),
                name="section_theme_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="theme", theme__isnull=False)
                | (~Q(kind="theme") & Q(theme__isnull=True)),
                name="section_theme_has_a_theme",
            ),
        ]


class EditionQuerySet(ProjectQuerySet):
    """Editions, newest first."""

    def latest_of(self, project: object) -> "Edition | None":
        """Return the edition the public reads, or None before the first."""
        return self.filter(project=project).order_by("-number").first()


class Edition(ProjectRecord):
    """A numbered, frozen snapshot: the last agreed wordings, texts, figures, ids of quotes."""

    number = models.PositiveSmallIntegerField()
    title = TranslatedField(_("title"))
    published_on = models.DateField(default=timezone.localdate)
    snapshot = models.JSONField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="edition_number_once"),
        ]


class CitedComment(models.Model):
    """A comment that an action of an edition rested on when it was published.

    It is frozen like the edition, beside it, because it is for the holder of a receipt alone: which
    comments an action rests on is never published.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="cited")
    number = models.PositiveSmallIntegerField()
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number", "comment"], name="cited_comment_once"
            ),
        ]


class Rendering(ProjectRecord):
    """A file made from an edition by a Job; retired when it shows what may no longer be shown."""

    class Kind(models.TextChoices):
        """Which document."""

        PLAN = "plan", _("The plan")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="renderings")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PLAN)
    language = models.CharField(max_length=8)
    job = models.UUIDField(null=True)
    file = models.FileField(upload_to="plans/", blank=True, max_length=200)
    size = models.PositiveIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=0)
    # What it was made from: where a new one would differ, this one is given out no more.
    key = models.CharField(max_length=64, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]


class Correction(ProjectRecord):
    """A dated note, shown on the plan, of what was changed after publication and why."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="corrections")
    at = models.DateTimeField(default=timezone.now)
    text = TranslatedField(_("correction"))
    # The quote or workshop note that was taken out.
    words_uuid = models.UUIDField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "words_uuid"],
                condition=Q(words_uuid__isnull=False),
                name="correction_once_for_words",
            ),
        ]
