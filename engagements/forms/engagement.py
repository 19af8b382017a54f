"""Forms for engagements."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coproduction.projects.forms.record import ChangingForm, CreatingForm
from coproduction.ui.forms import choice_field, date_field, radio_field, words_field
from coproduction.ui.numbers import format_number
from engagements.models import Engagement, Level, Method

_WHAT_IT_TOOK = _("What it took, if you know")
_NO_NUMBER = {
    "invalid": _("Enter a number, such as 24."),
    "min_value": _("Enter 0 or more."),
    "max_value": _("That is too much. Enter a smaller number."),
    "max_decimal_places": _("Enter at most two figures after the point."),
}


def _people_field(**kwargs: Any) -> forms.IntegerField:
    """Return the field for how many people were heard."""
    return forms.IntegerField(
        min_value=0,
        max_value=100_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Enter how many people were heard, even if it was none."),
            "invalid": _("Enter a number, such as 24."),
            "min_value": _("Enter 0 or more."),
            "max_value": _("Enter a number up to 100,000."),
        },
        **{"label": _("How many people were heard?"), **kwargs},
    )


def _levels() -> list[tuple[str, str]]:
    """Return the levels, each with what it promises."""
    return [(level.value, f"{level.label}: {level.means}") for level in Level]


class _EngagementFields(forms.Form):
    """What is known of an engagement, whether it is still to come or was held."""

    title = words_field(_("Title"), 150, _("Enter a title, such as Fun day in the park."))
    method = choice_field(
        _("How are people heard?"), Method.choices, _("Choose how people are heard.")
    )
    date = date_field(_("Date"))
    place = words_field(_("Place"), 150)
    area = words_field(
        _("Area"), 100, help_text=_("The part of the place that people come from, if it is one.")
    )
    level = radio_field(
        _("How much say do people have?"),
        _levels,
        _("Choose how much say people have."),
        help_text=_("Be honest: it is what you promise them."),
        initial=Level.CONSULT,
    )
    purpose = words_field(_("What is it for?"), 500, widget=forms.Textarea(attrs={"rows": 3}))


class EngagementForm(ChangingForm, _EngagementFields):
    """What is known of an engagement, to put right."""


class NewEngagementForm(CreatingForm, _EngagementFields):
    """An engagement to put in the diary, or one to log that was held already."""

    status = radio_field(
        _("Has it been held?"),
        [
            (Engagement.Status.PLANNED, _("No, it is still to come")),
            (Engagement.Status.HELD, _("Yes, it has been held")),
        ],
        _("Say whether it has been held."),
        initial=Engagement.Status.PLANNED,
    )
    people_heard = _people_field(
        required=False, help_text=_("Only if it has been held. A good guess is fine.")
    )

    def clean(self) -> dict[str, Any]:
        """Ask how many were heard at one that was held, and only then."""
        fields = super().clean() or {}
        held = fields.get("status") == Engagement.Status.HELD
        if held and fields.get("people_heard") is None and "people_heard" not in self.errors:
            self.add_error("people_heard", _("Enter how many people were heard."))
        fields["people_heard"] = fields.get("people_heard") or 0 if held else 0
        return fields


class EngagementLogForm(ChangingForm):
    """That an engagement was held: when, and how many people were heard."""

    date = date_field(_("When was it held?"))
    people_heard = _people_field(
        help_text=_("People, not comments. A good guess is fine."),
    )

    helpers = forms.IntegerField(
        label=_("How many people helped?"),
        required=False,
        min_value=0,
        max_value=100_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=_NO_NUMBER,
    )
    hours = forms.DecimalField(
        label=_("How many hours did they give, all together?"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
        error_messages=_NO_NUMBER,
    )
    costs = forms.DecimalField(
        label=_("What did it cost, in pounds?"),
        required=False,
        min_value=0,
        max_value=10_000_000,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
        error_messages=_NO_NUMBER,
    )
    sections = (
        ("", ("date", "people_heard")),
        (_WHAT_IT_TOOK, ("helpers", "hours", "costs")),
    )
    folded = (_WHAT_IT_TOOK,)

    def __init__(self, *args: Any, answered: int, **kwargs: Any) -> None:
        """Say how many answered each for themselves, which is a number to begin with."""
        super().__init__(*args, **kwargs)
        if answered:
            told = ngettext(
                "Answers kept here: %(number)s, from one person. Add whoever only talked.",
                "Answers kept here: %(number)s, each from one person. Add whoever only talked.",
                answered,
            ) % {"number": format_number(answered)}
            field = self.fields["people_heard"]
            field.help_text = f"{told} {field.help_text}"
