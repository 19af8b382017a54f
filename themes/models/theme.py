"""Themes, the published groups, and codes, the labels that comments carry: one tree."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import TranslatedField
from coproduction.projects.models import ProjectQuerySet, ProjectRecord

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
