"""What is published: sections, frozen editions, their renderings and corrections."""

import json
from collections.abc import Mapping
from typing import Any

import msgspec
from django.db import models
from django.db.models import Q
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import TranslatedField
from coproduction.projects.models import (
    Attested,
    ProjectQuerySet,
    ProjectRecord,
    TrailHead,
    User,
)
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


class QuickDecoder(json.JSONDecoder):
    """Reads JSON several times as quickly as the standard library: every page reads an edition."""

    def decode(self, s: str, *_options: object) -> object:
        """Read a text of JSON. Raises msgspec.DecodeError."""
        return msgspec.json.decode(s)


class EditionQuerySet(ProjectQuerySet):
    """Editions, of which the public reads the last."""

    def latest_of(self, project: object) -> "Edition | None":
        """Return the edition the public reads, or None before the first."""
        found = self.filter(project=project).select_related("head")
        return found.order_by("-number").first()


class Edition(Attested, ProjectRecord):
    """A numbered, frozen snapshot: the last agreed wordings, texts, figures, ids of quotes."""

    number = models.PositiveSmallIntegerField()
    title = TranslatedField(_("title"))
    published_on = models.DateField(default=timezone.localdate)
    snapshot = models.JSONField(decoder=QuickDecoder)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    # The end of the trail with the entry of its publication, which it prints; none for editions
    # from before that was kept.
    head = models.ForeignKey(
        TrailHead, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = EditionQuerySet.as_manager()

    attested = (("uuid", "number", "title", "published_on", "snapshot", "by", "created_at"),)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="edition_number_once"),
        ]

    def besides(self) -> Mapping[str, Any]:
        """Return which comments its actions rested on, which stands beside it."""
        named = ("number", "comment__submission__uuid", "comment__position")
        return {"cited": list(self.cited.order_by(*named).values_list(*named))}


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


class Rendering(Attested, ProjectRecord):
    """A file made from an edition by a Job; retired when it shows what may no longer be shown."""

    class Kind(models.TextChoices):
        """Which document of the edition it is; so far there is one."""

        PLAN = "plan", _("The plan")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="renderings")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PLAN)
    language = models.CharField(max_length=8)
    job = models.UUIDField(null=True)
    file = models.FileField(upload_to="plans/", blank=True, max_length=200)
    file_hash = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=0)
    # What it was made from: where a new one would differ, this one is no longer given out.
    key = models.CharField(max_length=64, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ProjectQuerySet.as_manager()

    attested = (
        (
            *("uuid", "edition", "kind", "language", "file", "file_hash", "size", "pages", "key"),
            *("ready_at", "retired_at", "created_at"),
        ),
    )
    in_order_of = "created_at"
    attested_file = "file"

    class Meta:
        ordering = ["-pk"]

    @property
    def is_attested(self) -> bool:
        """Whether it was made: until then it is a job that waits."""
        return self.ready_at is not None

    @property
    def file_to_check(self) -> FieldFile | None:
        """The file; none once it was retired, or where its hash was never known."""
        is_there = self.retired_at is None and self.file_hash
        return super().file_to_check if is_there else None


class Correction(Attested, ProjectRecord):
    """A dated note, shown on the plan, of what was changed after publication and why."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="corrections")
    at = models.DateTimeField(default=timezone.now)
    text = TranslatedField(_("correction"))
    # The quote or workshop note that was taken out.
    words_uuid = models.UUIDField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ProjectQuerySet.as_manager()

    attested = (("uuid", "edition", "at", "text", "words_uuid", "by", "created_at"),)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "words_uuid"],
                condition=Q(words_uuid__isnull=False),
                name="correction_once_for_words",
            ),
        ]
