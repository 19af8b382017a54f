"""The questions a project asks: those given to every project, and those it adds itself."""

from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import Translated, TranslatedField
from coproduction.projects.models import ProjectQuerySet, ProjectRecord

# What was said without a question. It is never asked, and always there.
NO_QUESTION: Final = "none"
# What people value: published pages begin with it.
STRENGTHS: Final = "asset"
LONGEST_CODE: Final = 30


class Symbol(models.TextChoices):
    """A colour with its shape, as the palette has them; a question has one to itself."""

    TEAL_SQUARE = "teal-square", _("Teal square")
    BRICK_CIRCLE = "brick-circle", _("Brick circle")
    SUN_DIAMOND = "sun-diamond", _("Sun diamond")
    PLUM_TRIANGLE = "plum-triangle", _("Plum triangle")
    SKY_HEXAGON = "sky-hexagon", _("Sky hexagon")
    LEAF_STAR = "leaf-star", _("Leaf star")
    BERRY_CROSS = "berry-plus", _("Berry cross")
    AMBER_DROP = "amber-drop", _("Amber drop")
    SLATE_BUBBLE = "slate-bubble", _("Slate bubble")


class GivenQuestion(NamedTuple):
    """A question that every project has, as it stands until the project says it otherwise."""

    name: Promise  # short, as charts and filters show it
    wording: Promise  # how it is put to people
    symbol: Symbol
    # What spreadsheets and flip charts call it besides, in English and Welsh.
    short: tuple[str, ...] = ()


GIVEN: Final[Mapping[str, GivenQuestion]] = {
    STRENGTHS: GivenQuestion(
        _("What we have"),
        _("What do we have?"),
        Symbol.TEAL_SQUARE,
        (
            *("have", "we have", "haves", "sydd gennym", "sydd gyda ni"),
            *("beth sydd gennym", "beth sydd gennym ni"),
        ),
    ),
    "need": GivenQuestion(
        _("What we need"),
        _("What do we need?"),
        Symbol.BRICK_CIRCLE,
        (
            *("needs", "we need", "angen", "anghenion"),
            *("beth sydd ei angen", "beth sydd ei angen arnom", "beth sydd ei angen arnom ni"),
        ),
    ),
    "change": GivenQuestion(
        _("What should change"),
        _("What should change?"),
        Symbol.SUN_DIAMOND,
        ("changes", "newid", "newidiadau", "beth ddylid ei newid"),
    ),
    NO_QUESTION: GivenQuestion(_("Anything else"), _("Anything else"), Symbol.SLATE_BUBBLE),
}


class QuestionQuerySet(ProjectQuerySet):
    """A project's questions, in the order they are asked."""

    def asked(self) -> "QuestionQuerySet":
        """Those that are put to people now."""
        return self.filter(is_asked=True)

    def open_to_answers(self, *, also: "Question | None" = None) -> "QuestionQuerySet":
        """Those a comment may be put under: the ones asked, "anything else", and ``also``."""
        there = Q(pk=also.pk) if also else Q()
        return self.filter(Q(is_asked=True) | Q(kind=NO_QUESTION) | there)


class Question(ProjectRecord):
    """One of the questions that a project asks, or "anything else".

    Its answers stay with it, whatever it is called, however it is put, and when it is closed.
    """

    # The code by which commands, files and open data name it: it never changes.
    kind = models.SlugField(_("code"), max_length=LONGEST_CODE, db_index=False)
    # Empty for a given question that keeps its given name.
    name = TranslatedField(_("short name"), blank=True)
    wording = TranslatedField(_("wording"))
    symbol = models.CharField(_("colour and shape"), max_length=20, choices=Symbol)
    is_asked = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "kind"], name="question_kind_once"),
            models.UniqueConstraint(fields=["project", "symbol"], name="question_symbol_once"),
            models.CheckConstraint(
                condition=~Q(kind="none", is_asked=True), name="question_none_is_never_asked"
            ),
        ]

    def __str__(self) -> str:
        """Name it in the active language."""
        return str(self.label)

    @property
    def label(self) -> Translated:
        """Its short name: the project's own, or for a given question the given one."""
        if self.name or self.kind not in GIVEN:
            return self.name
        return _given_name(self.kind, tuple(code for code, _name in settings.LANGUAGES))

    @property
    def colour(self) -> str:
        """The colour it is drawn in, by its name in the palette."""
        return self.symbol.partition("-")[0]

    @property
    def shape(self) -> str:
        """The shape it is drawn as, by its name in the palette."""
        return self.symbol.partition("-")[2]

    @property
    def names(self) -> list[str]:
        """Every way that a person or a file may name it: by code, by short name, by wording."""
        texts = [*self.label.entries.values(), *self.wording.entries.values()]
        return [self.kind, *(entry["text"] or "" for entry in texts)]

    @property
    def can_be_asked(self) -> bool:
        """Whether it is ever put to people: "anything else" is not."""
        return self.kind != NO_QUESTION

    @property
    def is_given(self) -> bool:
        """Whether every project has it."""
        return self.kind in GIVEN


@cache
def _given_name(kind: str, languages: tuple[str, ...]) -> Translated:
    """Return a given question's short name in each of these languages."""
    return Translated.of_catalogue(GIVEN[kind].name, languages)
