"""Fields that several forms of projects have."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TypedEmailField
from coproduction.projects.models import LONGEST_EMAIL

_EMAIL_ERRORS = {
    "required": _("Enter an e-mail address, such as name@example.org."),
    "invalid": _("Enter an e-mail address, such as name@example.org."),
    "max_length": _("That is too long for an e-mail address. Use 254 characters or fewer."),
}


def email_field(label: Any, **kwargs: Any) -> TypedEmailField:
    """Return a field for an e-mail address, no longer than the tables hold."""
    return TypedEmailField(
        label=label, max_length=LONGEST_EMAIL, error_messages=_EMAIL_ERRORS, **kwargs
    )


def language_field() -> forms.MultipleChoiceField:
    """Return the field for a project's languages."""
    return forms.MultipleChoiceField(
        label=_("Languages of the public pages"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one language."),
            **dict.fromkeys(
                ("invalid_choice", "invalid_list"), _("Choose from the languages listed.")
            ),
        },
    )
