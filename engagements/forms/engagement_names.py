"""Fields by which an engagement is found by its name: a list of thousands is no good."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from coproduction.languages.folding import fold
from coproduction.languages.formats import write_date
from coproduction.languages.forms import SearchField
from coproduction.languages.searching import has_words
from coproduction.projects.models import Project
from engagements.models import Engagement

# So many are suggested, or listed: thousands would weigh more than the page.
_SUGGESTED = 20
# Of those that have the words typed, so many are offered.
_OFFERED = 10
_UNKNOWN = _("No engagement is called that.")


@dataclass(frozen=True)
class NamedEngagement:
    """An engagement as somebody finds it by its name: "Fun day, 4 May 2024"."""

    pk: int
    label: str
    uuid: UUID
    place: str


class _EngagementBox(forms.TextInput):
    """A box to type in, that suggests the latest engagements."""

    template_name = "engagements/_engagement_box.html"
    input_type = "search"

    def __init__(self, engagements: QuerySet[Engagement], attrs: Any = None) -> None:
        """Know which engagements to suggest."""
        super().__init__(attrs)
        self.engagements = engagements

    def format_value(self, value: Any) -> str | None:
        """Show a name where an address names an engagement by its uuid."""
        found = _with_uuid(self.engagements, value)
        return found[0].label if found else super().format_value(value)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add what is suggested."""
        context = super().get_context(name, value, attrs)
        own = context["widget"]["attrs"]
        own["list"] = f"{own.get('id', name)}_suggested"
        latest = _latest_first(self.engagements)[:_SUGGESTED]
        context["suggested"] = [each.label for each in _named(latest)]
        return context


class _OneEngagementBox(_EngagementBox):
    """That box, and under it those to choose from, when what was typed could mean several."""

    template_name = "engagements/_one_engagement_box.html"

    def __init__(self, engagements: QuerySet[Engagement], attrs: Any = None) -> None:
        """Begin with nothing to choose from."""
        super().__init__(engagements, attrs)
        self.offered: list[NamedEngagement] = []

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Return which was chosen, as long as what was typed still fits it; else what was typed."""
        typed = super().value_from_datadict(data, files, name)
        uuid = _as_uuid(data.get(f"{name}_meant"))
        if uuid and typed and _find(self.engagements.filter(uuid=uuid), str(typed)):
            return str(uuid)
        return typed

    def format_value(self, value: Any) -> str | None:
        """Show nothing for one that can't be chosen any more."""
        shown = super().format_value(value)
        return None if shown and _as_uuid(shown) else shown

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add what there is to choose from."""
        offered = _told_apart(self.offered[:_OFFERED])
        more = len(self.offered) > _OFFERED
        return super().get_context(name, value, attrs) | {"offered": offered, "more": more}


class EngagementsByNameField(SearchField):
    """The engagements that somebody means by words of a name, or by a name and a day.

    Gives a list of ``NamedEngagement``, the latest first; an empty one where nothing was typed.
    Refuses what none is called.
    """

    def __init__(self, project: Project) -> None:
        """Look among the project's engagements."""
        self.engagements = Engagement.objects.of(project)
        super().__init__(
            label=_("Engagement"),
            help_text=_("Part of its name, or its day."),
            widget=_EngagementBox(self.engagements, attrs={"class": "field"}),
        )

    def clean(self, value: Any) -> list[NamedEngagement]:
        """Find them: the one that is called just so, or all that have every word."""
        typed = super().clean(value)
        found = _find(self.engagements, typed) if typed else []
        if typed and not found:
            raise ValidationError(_UNKNOWN, code="unknown")
        return found


class EngagementByNameField(SearchField):
    """One of the project's engagements, not called off: from a list of few, else by its name.

    Where several are called what was typed, it asks which.
    """

    def __init__(self, project: Project, *, help_text: Any, but: Engagement | None = None) -> None:
        """List those there are, ``but`` one, or suggest the latest."""
        going = Engagement.objects.of(project).exclude(status=Engagement.Status.CANCELLED)
        if but is not None:
            going = going.exclude(pk=but.pk)
        self.engagements = going
        latest = _named(_latest_first(going)[: _SUGGESTED + 1])
        listed = [(str(each.uuid), each.label) for each in latest]
        is_long = len(latest) > _SUGGESTED
        choices = [("", "---------"), *listed]
        how = format_lazy("{} {}", help_text, _("Part of its name, or its day."))
        super().__init__(
            label=_("Engagement"),
            help_text=how if is_long else help_text,
            required=True,
            widget=_OneEngagementBox(going) if is_long else forms.Select(choices=choices),
            error_messages={"required": _("Choose the engagement.")},
        )

    def prepare_value(self, value: Any) -> Any:
        """Name one by its uuid."""
        return str(value.uuid) if isinstance(value, Engagement) else value

    def clean(self, value: Any) -> Engagement:
        """Find the one that is meant. Raises ValidationError where there are none or several."""
        found = _find(self.engagements, super().clean(value))
        if not found:
            raise ValidationError(_UNKNOWN, code="unknown")
        if len(found) > 1:
            if isinstance(self.widget, _OneEngagementBox):
                self.widget.offered = found
            raise ValidationError(_("More than one is called that. Choose one."), code="several")
        return self.engagements.get(pk=found[0].pk)


def _latest_first(engagements: QuerySet[Engagement]) -> QuerySet[Engagement]:
    """Order them as they are suggested."""
    return engagements.order_by("-date", "-pk")


def _find(engagements: QuerySet[Engagement], typed: str) -> list[NamedEngagement]:
    """Return those that somebody means: by uuid, by name and day, or by a day written otherwise."""
    if named := _with_uuid(engagements, typed):
        return named
    rows = _latest_first(engagements)
    return _called(_named(rows), typed) or _called(_named_otherwise(rows), typed)


def _called(names: list[NamedEngagement], typed: str) -> list[NamedEngagement]:
    """Return those that are called just so, or else all that have every word, each once."""
    found = [each for each in names if has_words(each.label, typed)]
    just_so = [each for each in found if fold(each.label) == fold(typed)]
    return list({each.pk: each for each in just_so or found}.values())


def _named(engagements: QuerySet[Engagement]) -> list[NamedEngagement]:
    """Return engagements with their names and days, in one query."""
    language = get_language() or ""
    return [
        NamedEngagement(pk, f"{title}, {_day(day, language)}", uuid, place)
        for pk, uuid, title, day, place in _parts_of(engagements)
    ]


def _named_otherwise(engagements: QuerySet[Engagement]) -> list[NamedEngagement]:
    """Name each with its day in figures, and as other languages write it: addresses are shared."""
    return [
        NamedEngagement(pk, f"{title}, {written}", uuid, place)
        for pk, uuid, title, day, place in _parts_of(engagements)
        for written in _days(day)
    ]


def _parts_of(engagements: QuerySet[Engagement]) -> QuerySet[Any, Any]:
    """Ask for what names are made of."""
    return engagements.values_list("pk", "uuid", "title", "date", "place")


def _told_apart(found: list[NamedEngagement]) -> list[tuple[UUID, str]]:
    """Name those to choose from: with the place where two have one name and one day."""
    labels = [each.label for each in found]
    return [
        (
            each.uuid,
            f"{each.label}, {each.place}"
            if each.place and labels.count(each.label) > 1
            else each.label,
        )
        for each in found
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


def _as_uuid(value: Any) -> UUID | None:
    """Read a uuid; None for anything else."""
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _with_uuid(engagements: QuerySet[Engagement], value: Any) -> list[NamedEngagement]:
    """Return the one of these engagements with this uuid, if it is one."""
    uuid = _as_uuid(value)
    return _named(engagements.filter(uuid=uuid)) if uuid else []
