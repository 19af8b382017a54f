"""Fields that several forms here share: questions, engagements, languages, consent."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from coproduction.languages.codes import translated_name
from coproduction.languages.folding import fold
from coproduction.languages.formats import write_date
from coproduction.languages.forms import SearchField
from coproduction.languages.searching import has_words
from coproduction.projects.models import Project
from coproduction.ui.forms import RecordField
from engagements.models import Engagement, Question


def question_field(project: Project, *, also: Question | None = None, **kwargs: Any) -> RecordField:
    """Return a field for a question that takes answers, or ``also``; a large target each."""
    message = _("Choose the question it answers.")
    return RecordField(
        queryset=Question.objects.of(project).open_to_answers(also=also),
        label=_("What is it about?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": message, "invalid_choice": message},
        **kwargs,
    )


def engagement_field(project: Project, **kwargs: Any) -> RecordField:
    """Return a field for one of the project's engagements."""
    message = _("Choose the engagement.")
    open_ones = Engagement.objects.of(project).exclude(status=Engagement.Status.CANCELLED)
    return RecordField(
        queryset=open_ones,
        error_messages={"required": message, "invalid_choice": message},
        **{"label": _("Engagement"), **kwargs},
    )


# So many are suggested: a list of thousands would weigh more than the page.
_SUGGESTED = 20


@dataclass(frozen=True)
class NamedEngagement:
    """An engagement as somebody finds it by its name: "Fun day, 4 May 2024"."""

    pk: int
    label: str


class _EngagementBox(forms.TextInput):
    """A box to type in, that suggests the latest engagements."""

    template_name = "engagements/_engagement_box.html"
    input_type = "search"

    def __init__(self, project: Project, attrs: Any = None) -> None:
        """Know whose engagements to suggest."""
        super().__init__(attrs)
        self.project = project

    def format_value(self, value: Any) -> str | None:
        """Show a name where an address names an engagement by its uuid."""
        found = _with_uuid(self.project, value)
        return found[0].label if found else super().format_value(value)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add what is suggested."""
        context = super().get_context(name, value, attrs)
        own = context["widget"]["attrs"]
        own["list"] = f"{own.get('id', name)}_suggested"
        latest = Engagement.objects.of(self.project).order_by("-date", "-pk")[:_SUGGESTED]
        context["suggested"] = [each.label for each in _named(latest)]
        return context


class EngagementsByNameField(SearchField):
    """The engagements that somebody means by words of a name, or by a name and a day.

    Gives a list of ``NamedEngagement``, the latest first; an empty one where nothing was typed.
    Refuses what none is called.
    """

    def __init__(self, project: Project) -> None:
        """Look among the project's engagements."""
        super().__init__(
            label=_("Engagement"),
            help_text=_("Part of its name, or its day."),
            widget=_EngagementBox(project, attrs={"class": "field"}),
        )
        self.project = project

    def clean(self, value: Any) -> list[NamedEngagement]:
        """Find them: the one that is called just so, or all that have every word."""
        typed = super().clean(value)
        if not typed:
            return []
        if named := _with_uuid(self.project, typed):
            return named
        rows = Engagement.objects.of(self.project).order_by("-date", "-pk")
        found = _called(_named(rows), typed) or _called(_named_otherwise(rows), typed)
        if not found:
            raise ValidationError(_("No engagement is called that."), code="unknown")
        return found


def _called(names: list[NamedEngagement], typed: str) -> list[NamedEngagement]:
    """Return those that are called just so, or else all that have every word, each once."""
    found = [each for each in names if has_words(each.label, typed)]
    just_so = [each for each in found if fold(each.label) == fold(typed)]
    return list({each.pk: each for each in just_so or found}.values())


def _named(engagements: QuerySet[Engagement]) -> list[NamedEngagement]:
    """Return engagements with their names and days, in one query."""
    language = get_language() or ""
    return [
        NamedEngagement(pk, f"{title}, {_day(day, language)}")
        for pk, title, day in engagements.values_list("pk", "title", "date")
    ]


def _named_otherwise(engagements: QuerySet[Engagement]) -> list[NamedEngagement]:
    """Name each with its day in figures, and as other languages write it: addresses are shared."""
    return [
        NamedEngagement(pk, f"{title}, {written}")
        for pk, title, day in engagements.values_list("pk", "title", "date")
        for written in _days(day)
    ]


@lru_cache(maxsize=5_000)
def _day(day: date, _language: str) -> str:
    """Write a day in the page's language: thousands of times on a page, mostly the same ones."""
    return write_date(day)


@lru_cache(maxsize=5_000)
def _days(day: date) -> tuple[str, ...]:
    """Write a day in every way that somebody may type it."""
    written = [day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}"]
    for language, _name in settings.LANGUAGES:
        with override(language):
            written.append(write_date(day))
    return tuple(written)


def _with_uuid(project: Project, value: Any) -> list[NamedEngagement]:
    """Return the project's engagement with this uuid, if it is one."""
    try:
        uuid = UUID(str(value))
    except ValueError:
        return []
    return _named(Engagement.objects.of(project).filter(uuid=uuid))


def language_field(project: Project, *, also: str = "", **kwargs: Any) -> forms.ChoiceField:
    """Return a field for the language something was said in: the project's, and one ``also``."""
    codes = list(dict.fromkeys(filter(None, [*project.languages, also])))
    return forms.ChoiceField(
        choices=[(code, translated_name(code)) for code in codes],
        error_messages={
            "required": _("Choose the language."),
            "invalid_choice": _("Choose one of the languages listed."),
        },
        **{"label": _("Said in"), "initial": project.languages[0], **kwargs},
    )


def consent_field(**kwargs: Any) -> forms.BooleanField:
    """Return the field for consent to be quoted: no, unless somebody said yes."""
    message = {
        "label": _("They agreed to be quoted"),
        "help_text": _("Tick this only when they said yes. Ask each person."),
    }
    return forms.BooleanField(required=False, **{**message, **kwargs})
