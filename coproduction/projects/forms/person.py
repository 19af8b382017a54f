"""What a person says of themselves."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class PersonForm(forms.Form):
    """What a person wants to be called, and their language."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        required=False,
        error_messages={"max_length": _("Use 100 characters or fewer.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("The language you prefer"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a language."),
            "invalid_choice": _("Choose one of the languages listed."),
        },
    )
