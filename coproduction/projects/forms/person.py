"""What a person says of themselves."""

from collections.abc import Sequence
from typing import Any

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
    # Where they work: whether their address may go along is said of each place by itself.
    address_may_leave = forms.MultipleChoiceField(
        label=_("My e-mail address may go along"),
        help_text=_(
            "When all of a place moves to another home. Without a tick, only your name goes."
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid_choice", "invalid_list"), _("Choose from the places listed.")
        ),
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the places where somebody works; without any there is nothing to choose."""
        super().__init__(*args, **kwargs)
        chosen = self.fields["address_may_leave"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = places
        if not places:
            del self.fields["address_may_leave"]
