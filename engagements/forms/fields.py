"""Fields that several forms here share: questions, languages, consent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.languages.codes import UNKNOWN_LANGUAGE, translated_name
from coproduction.languages.forms import TypedTextField
from coproduction.projects.models import Project
from coproduction.ui.forms import RecordField, words_field
from engagements.imports.agreement import MOST_AGREED
from engagements.models import Question


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


def language_field(
    project: Project, *, also: str = "", guess: bool = False, **kwargs: Any
) -> forms.ChoiceField:
    """Return a field for the language something was said in: the project's, and one ``also``.

    With ``guess`` it may be left to be guessed from the words.
    """
    codes = list(dict.fromkeys(filter(None, [*project.languages, also])))
    guessed = [(UNKNOWN_LANGUAGE, _("Guess it from the words"))] if guess else []
    return forms.ChoiceField(
        choices=[*guessed, *((code, translated_name(code)) for code in codes)],
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


def age_field(**kwargs: Any) -> TypedTextField:
    """Return the field for how old somebody is, as they told it."""
    help_text = _("As it stands on the sheet, such as 25 to 64.")
    return words_field(_("Age"), 40, help_text=help_text, **kwargs)


def home_field(**kwargs: Any) -> TypedTextField:
    """Return the field for where somebody is from."""
    help_text = _("A part of the place, or the first part of a postcode.")
    return words_field(_("Where they are from"), 100, help_text=help_text, **kwargs)


def weight_field(**kwargs: Any) -> forms.IntegerField:
    """Return the field for how many agreed with what was said, as they marked it."""
    message = _("Enter a whole number, from 0 to 9,999.")
    return forms.IntegerField(
        label=_("How many agreed"),
        help_text=_("Ticks, dots or the like that stood beside it. 0 where there were none."),
        min_value=0,
        max_value=MOST_AGREED,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), message),
        **kwargs,
    )
