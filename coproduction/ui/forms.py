"""Fields that any form may have: a day, an hour, a line of words, records named by uuid."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TypedTextField
from coproduction.languages.sorting import by_name

# Digits of the longest number that every database takes for a row.
_LONGEST_NUMBER = 18


def date_box() -> forms.DateInput:
    """Return the browser's own date box, filled in as it reads dates."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def date_field(label: Any, *, error_messages: Any = None, **kwargs: Any) -> forms.DateField:
    """Return a field for a day; ``error_messages`` replace the usual ones."""
    usual = {
        "required": _("Enter the date."),
        "invalid": _("Enter a real date, such as 14 May 2024."),
    }
    return forms.DateField(
        label=label, widget=date_box(), error_messages={**usual, **(error_messages or {})}, **kwargs
    )


def local_moment(shown: datetime) -> datetime:
    """Return the moment at which the clocks here show a day and a time.

    Raises ValidationError in the night when the clocks change, for a time that they skip or show
    twice: nobody's time is moved without a word.
    """
    zone = timezone.get_current_timezone()
    first, last = (shown.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    ahead, behind = first.utcoffset(), last.utcoffset()
    if ahead == behind:
        return first
    skipped = ahead is not None and behind is not None and ahead < behind
    raise ValidationError(
        _("The clocks go forward that night, so there is no %(time)s. Choose another time.")
        if skipped
        else _("The clocks go back that night, so %(time)s comes twice. Choose another time."),
        code="clocks",
        params={"time": f"{shown:%H:%M}"},
    )


class LocalTimeField(forms.DateTimeField):
    """A day and a time as the clocks here show them."""

    def to_python(self, value: Any) -> Any:
        """Read it; in the night when the clocks change, say why a time is not accepted."""
        try:
            return super().to_python(value)
        except ValidationError as fault:
            if fault.code != "ambiguous_timezone":
                raise
            return local_moment(fault.params["datetime"])  # type: ignore[index]


def time_field(label: Any, *, error_messages: Any = None, **kwargs: Any) -> LocalTimeField:
    """Return a field for a day and an hour; ``error_messages`` replace the usual ones."""
    usual = {
        "required": _("Enter a date and a time."),
        "invalid": _("Enter a real date and time."),
    }
    return LocalTimeField(
        label=label,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={**usual, **(error_messages or {})},
        **kwargs,
    )


def hour_field(label: Any, **kwargs: Any) -> forms.TimeField:
    """Return a field for a time of day, with the browser's own box."""
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Enter the time."),
            "invalid": _("Enter a time, such as 18:00."),
        },
        **kwargs,
    )


def words_field(label: Any, longest: int, required: Any = "", **kwargs: Any) -> TypedTextField:
    """Return a one-line field; ``required`` is what to say when it is empty."""
    return TypedTextField(
        label=label,
        max_length=longest,
        required=bool(required),
        error_messages={"required": required} if required else {},
        **kwargs,
    )


def choice_field(
    label: Any, choices: Any, missing: Any, *, invalid: Any = None, **kwargs: Any
) -> forms.ChoiceField:
    """Return a field for one of some choices.

    ``missing`` is what to say when none is chosen, ``invalid``, where that is something else, when
    one is sent that is not among them.
    """
    messages = {"required": missing, "invalid_choice": invalid or missing}
    return forms.ChoiceField(label=label, choices=choices, error_messages=messages, **kwargs)


def radio_field(label: Any, choices: Any, missing: Any, **kwargs: Any) -> forms.ChoiceField:
    """Return a ``choice_field`` that shows all its choices at once."""
    return choice_field(label, choices, missing, widget=forms.RadioSelect, **kwargs)


class _ByName(ModelChoiceIterator):
    """The choices of a field, sorted by what the reader sees."""

    def __iter__(self) -> Iterator[Any]:
        """Give the empty choice first, where there is one."""
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        found = [self.choice(record) for record in self.queryset]
        yield from by_name(found, lambda choice: choice[1])


class RecordField(forms.ModelChoiceField):
    """Choose one record, named by uuid; anything else sent is refused in plain words."""

    default_error_messages = {"invalid_choice": _("Choose from the list.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name records by uuid."""
        super().__init__(*args, to_field_name="uuid", **kwargs)

    def to_python(self, value: Any) -> Any:
        """Find the record among those on offer."""
        try:
            return super().to_python(value)
        except ValidationError as fault:
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice"
            ) from fault


class RecordByNameField(RecordField):
    """As ``RecordField``, with the choices sorted by name."""

    iterator = _ByName


class RecordsByNameField(forms.ModelMultipleChoiceField):
    """Tick several records, sorted by name; anything else sent is refused in plain words."""

    iterator = _ByName
    widget = forms.CheckboxSelectMultiple
    default_error_messages = dict.fromkeys(
        ("invalid_choice", "invalid_list", "invalid_pk_value"), _("Tick only what is on the list.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name records by uuid."""
        kwargs.setdefault("required", False)
        super().__init__(*args, to_field_name="uuid", **kwargs)


def offer_records(form: forms.BaseForm, **records: QuerySet[Any]) -> None:
    """Let a form's fields offer these records: ``offer_records(form, leader=people)``."""
    for name, rows in records.items():
        form.fields[name].queryset = rows  # type: ignore[attr-defined]


class TickedRowsField(forms.ModelMultipleChoiceField):
    """What was ticked on a long list, by number; anything not on offer is refused."""

    def __init__(self, queryset: QuerySet[Any]) -> None:
        """Take nothing for an answer too: the service says what to do then."""
        message = _("One of your choices is not in this project. Load the page again and choose.")
        names = ("invalid_choice", "invalid_pk_value", "list")
        super().__init__(queryset, required=False, error_messages=dict.fromkeys(names, message))

    def clean(self, value: Any) -> Any:
        """Refuse what is not a number, or longer than any database counts."""
        for ticked in value or []:
            if not str(ticked).isdecimal() or len(str(ticked)) > _LONGEST_NUMBER:
                raise ValidationError(self.error_messages["invalid_pk_value"])
        return super().clean(value)
