"""How comments are themed: themes and codes, codings, quotes and findings, and their counts."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import TranslatedField
from coproduction.projects.models import ProjectQuerySet, ProjectRecord, User
from engagements.models import (
    Comment,
    Engagement,
    Question,
    Redaction,
    is_quotable,
    is_visible,
)
from engagements.models.comment_count import counted

# Of the coding screen, for codes: numbers, then letters; not those that do something else: s skips,
# u undoes, w raises a concern.
KEYS = "123456789abcdefghijklmnopqrtvxyz"


class Colour(models.TextChoices):
    """A theme's colour; each has a shape of its own, so that colour never speaks alone."""

    PLUM = "plum", _("Plum circle")
    SKY = "sky", _("Sky triangle")
    LEAF = "leaf", _("Leaf square")
    AMBER = "amber", _("Amber diamond")
    BERRY = "berry", _("Berry hexagon")
    SLATE = "slate", _("Slate bubble")


class ThemeQuerySet(ProjectQuerySet):
    """Themes and codes of the tree."""

    def current(self) -> "ThemeQuerySet":
        """Those not merged into another."""
        return self.filter(merged_into__isnull=True)

    def themes(self) -> "ThemeQuerySet":
        """The published groups, in order."""
        return self.current().filter(kind=Theme.Kind.THEME)

    def codes(self) -> "ThemeQuerySet":
        """The labels that comments carry, in order of theme, then their own."""
        return (
            self.current()
            .filter(kind=Theme.Kind.CODE)
            .select_related("parent")
            .order_by(F("parent__position").asc(nulls_last=True), "position", "pk")
        )


class Theme(ProjectRecord):
    """A theme (a published group) or a code (a label comments carry) under one."""

    class Kind(models.TextChoices):
        """Whether it groups codes, or is a code: what comments carry."""

        THEME = "theme", _("Theme")
        CODE = "code", _("Code")

    kind = models.CharField(max_length=5, choices=Kind)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    name = TranslatedField(_("name"))
    definition = TranslatedField(_("definition"), blank=True)
    colour = models.CharField(_("colour"), max_length=10, choices=Colour, blank=True)
    # A code's own, on the coding screen: it never becomes another's by itself.
    key = models.CharField(_("key"), max_length=1, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    # The theme a person put this code under, where a merge has moved it: so that it can go back.
    first_parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="code") | Q(parent__isnull=True), name="theme_is_top"
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="theme_not_merged_into_itself"
            ),
            models.CheckConstraint(condition=Q(kind="code") | Q(key=""), name="theme_has_no_key"),
            models.UniqueConstraint(
                fields=["project", "key"],
                condition=Q(merged_into__isnull=True) & ~Q(key=""),
                name="key_of_one_code",
            ),
        ]

    def __str__(self) -> str:
        """Name it in the reader's language."""
        return str(self.name)

    @property
    def is_theme(self) -> bool:
        """Whether it is a published group, not a label."""
        return self.kind == Theme.Kind.THEME

    @property
    def display_colour(self) -> str:
        """The colour to draw it in: its own, or that of the theme it is under."""
        if self.is_theme:
            return self.colour
        return self.parent.colour if self.parent else Colour.SLATE


class CodingQuerySet(ProjectQuerySet):
    """Codings, by whether they count."""

    def counted(self) -> "CodingQuerySet":
        """Those of codes still current, on comments that nothing withholds."""
        return self.filter(is_visible("comment__"), theme__merged_into__isnull=True)


class Coding(models.Model):
    """A code put on a comment by a person. Engagement and question are copied, as they were."""

    # The indexes below begin with it.
    project = models.ForeignKey(
        "projects.Project", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="+")
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, related_name="codings", db_index=False
    )
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="+")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    # The code first given, where a merge has moved it: so that a merge can be undone.
    first_theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = CodingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "theme"], name="coding_once"),
        ]
        indexes = [
            models.Index(fields=["theme", "comment"], name="coding_of_theme"),
            models.Index(fields=["project", "by", "id"], name="coding_by_coder"),
        ]


class QuoteQuerySet(ProjectQuerySet):
    """Quotes, by whether they may be read and published."""

    @staticmethod
    def are_stale() -> Exists:
        """Say of each quote whether its comment was redacted after its words were written.

        What was taken out of the comment may stand in the extract, the descriptor or the
        translation, so nobody reads any of them.
        """
        return Exists(
            Redaction.objects.filter(comment=OuterRef("comment"), pk__gt=OuterRef("seen_redaction"))
        )

    def publishable(self) -> "QuoteQuerySet":
        """Those cleared, whose speaker consents still and whose comment nothing withholds.

        Those that ``are_stale`` must be written again first.
        """
        return self.filter(
            ~self.are_stale(),
            # The look holds up choosing and clearing, not what somebody cleared who read it.
            is_visible("comment__") & is_quotable("comment__"),
            cleared_at__isnull=False,
        )


class Quote(ProjectRecord):
    """An extract of a comment, cleared for publication."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="+")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="quotes")
    extract = models.TextField(_("words quoted"))
    translation = TranslatedField(blank=True)
    descriptor = models.CharField(_("descriptor"), max_length=80, blank=True)
    # The comment's last redaction when these words were written: one with a greater key came after
    # them. A key and not a time, since hosts' clocks differ; no relation, since it may be undone.
    seen_redaction = models.PositiveBigIntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=0)
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        """Call it by its words."""
        return self.extract


class Finding(ProjectRecord):
    """A statement on a theme that its comments support: what we heard."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="findings")
    text = TranslatedField(_("what we heard"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["theme"], name="finding_one_a_theme")]


class ThemedComment(models.Model):
    """That a comment is a theme's: once, with how many of the theme's codes it carries."""

    pk = models.CompositePrimaryKey("theme_id", "comment_id")
    theme = counted(Theme)
    comment = counted(Comment)
    codings = models.IntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["comment"], name="themed_by_comment")]


class ThemeCount(models.Model):
    """The comments of one theme or code, on one question, at one engagement."""

    pk = models.CompositePrimaryKey("project_id", "theme_id", "question_id", "engagement_id")
    project = counted("projects.Project")
    theme = counted(Theme)
    question = counted(Question)
    engagement = counted(Engagement)
    visible = models.IntegerField(default=0)
    said = models.IntegerField(default=0)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["engagement", "theme", "question"], name="theme_count_by_event")
        ]


class ThemeTotal(models.Model):
    """The comments of one theme or code, on one question, at all engagements."""

    pk = models.CompositePrimaryKey("project_id", "theme_id", "question_id")
    project = counted("projects.Project")
    theme = counted(Theme)
    question = counted(Question)
    visible = models.IntegerField(default=0)
    said = models.IntegerField(default=0)

    objects = ProjectQuerySet.as_manager()


class WaitingComment(models.Model):
    """A comment in sight that carries no code yet."""

    comment = models.OneToOneField(
        Comment,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="+",
    )
    project = counted("projects.Project")
    question = counted(Question)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["project", "comment"], name="waiting_in_order"),
            models.Index(fields=["project", "question", "comment"], name="waiting_by_question"),
        ]


class WaitingTotal(models.Model):
    """The comments in sight on one question that carry no code yet."""

    pk = models.CompositePrimaryKey("project_id", "question_id")
    project = counted("projects.Project")
    question = counted(Question)
    comments = models.IntegerField(default=0)

    objects = ProjectQuerySet.as_manager()


class CodingClaim(models.Model):
    """A comment that a coder has before them: until it runs out, others are shown other ones.

    It says nothing of anybody's work and runs out by itself, so the trail does not tell of it.
    """

    comment = models.OneToOneField(
        Comment,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="+",
    )
    project = counted("projects.Project")
    by = counted(User)
    # In seconds since 1970: the queue is asked with numbers.
    until = models.BigIntegerField()

    objects = ProjectQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["project", "by"], name="claim_by_coder")]
