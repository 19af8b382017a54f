"""What a person says of themselves."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coproduction.projects.forms.record import ChangingForm
from coproduction.ui.forms import radio_field, words_field


class PersonForm(ChangingForm):
    """What a person wants to be called, and their language."""

    name = words_field(_("Your name"), 100, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = radio_field(
        _("The language you prefer"), settings.LANGUAGES, _("Choose a language.")
    )
