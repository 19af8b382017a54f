"""Fields that several forms here share: dates and times, questions, languages, engagements."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coproduction.projects.models import Project
from engagements.models import Engagement, Question


def date_box() -> forms.DateInput:
    """Return the browser's own date box, filled in as it reads dates."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def date_field(label: Any, **kwargs: Any) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label,
        widget=date_box(),
        error_messages={
            "required": _("Enter the date."),
            "invalid": _("Enter a real date, such as 14 May 2024."),
        },
        **kwargs,
    )


def time_field(label: Any, **kwargs: Any) -> forms.DateTimeField:
    """Return a field for a day and an hour."""
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": _("Enter a date and a time."),
            "invalid": _("Enter a real date and time."),
        },
        **kwargs,
    )


def words_field(label: Any, longest: int, required: Any = "", **kwargs: Any) -> forms.CharField:
    """Return a one-line field; ``required`` is what to say when it is empty."""
    messages = {"max_length": _("Use %(limit_value)d characters or fewer.")}
    if required:
        messages["required"] = required
    return forms.CharField(
        label=label,
        max_length=longest,
        required=bool(required),
        error_messages=messages,
        **kwargs,
    )


class OneOf(forms.ModelChoiceField):
    """Choose one record, named by uuid; anything else sent is refused in plain words."""

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


class _OneQuestion(OneOf):
    """Choose a question, by what an answer to it is."""

    def label_from_instance(self, obj: Question) -> str:
        """Show the kind: short, and the same in every project."""
        return obj.get_kind_display()


def question_field(project: Project, **kwargs: Any) -> OneOf:
    """Return a field for one of the project's questions, a large target each."""
    told = _("Choose the question it answers.")
    return _OneQuestion(
        queryset=Question.objects.of(project),
        label=_("What is it about?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": told, "invalid_choice": told},
        **kwargs,
    )


def engagement_field(project: Project, **kwargs: Any) -> OneOf:
    """Return a field for one of the project's engagements."""
    told = _("Choose the engagement.")
    open_ones = Engagement.objects.of(project).exclude(status=Engagement.Status.CANCELLED)
    return OneOf(
        queryset=open_ones,
        error_messages={"required": told, "invalid_choice": told},
        **{"label": _("Engagement"), **kwargs},
    )


def language_field(project: Project, *, also: str = "", **kwargs: Any) -> forms.ChoiceField:
    """Return a field for the language something was said in: the project's, and one ``also``."""
    names = dict(settings.LANGUAGES)
    codes = list(dict.fromkeys(filter(None, [*project.languages, also])))
    return forms.ChoiceField(
        choices=[(code, names.get(code, code)) for code in codes],
        error_messages={
            "required": _("Choose the language."),
            "invalid_choice": _("Choose one of the languages listed."),
        },
        **{"label": _("Said in"), "initial": project.languages[0], **kwargs},
    )


def consent_field(**kwargs: Any) -> forms.BooleanField:
    """Return the field for consent to be quoted: no, unless somebody said yes."""
    told = {
        "label": _("They agreed to be quoted"),
        "help_text": _("Tick this only when they said yes. Ask each person."),
    }
    return forms.BooleanField(required=False, **{**told, **kwargs})
