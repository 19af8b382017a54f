"""What an editor types into the plan; and what the holder of a code asks for."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TranslatedFormField, TypedTextField
from coproduction.projects.forms.record import ChangingForm, CreatingForm
from engagements.models import Comment

LONGEST_TEXT = 20_000


class SectionForm(ChangingForm):
    """One text of the plan, side by side in the project's languages."""

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        """Offer a box for each language."""
        super().__init__(*args, **kwargs)
        self.fields["body"] = TranslatedFormField(
            languages=languages,
            label=_("Text"),
            help_text=_(
                "Leave a blank line between paragraphs. Start a line with a hyphen for a list. "
                "Put **two stars** around words that matter. Leave it all empty to leave it out."
            ),
            multiline=True,
            rows=16,
            required=False,
            max_length=LONGEST_TEXT,
        )

    def clean(self) -> dict[str, Any]:
        """Refuse what arrived without any text at all: emptying one is done on purpose."""
        if not any(name.startswith("body_") for name in self.data):
            raise forms.ValidationError(_("The text did not arrive. Try again."))
        return super().clean() or {}


class PublishForm(CreatingForm):
    """What an edition is called. The day is the day it is published.

    It carries what the gate showed, so that nothing is published that its editor has not seen.
    """

    read = TypedTextField(widget=forms.HiddenInput, required=False, max_length=64)
    follows = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        """Offer a box for each language."""
        super().__init__(*args, **kwargs)
        self.fields["title"] = TranslatedFormField(
            languages=languages,
            label=_("Title of the plan"),
            max_length=150,
            error_messages={"required": _("Give the plan a title.")},
        )


class ReceiptForm(forms.Form):
    """The code somebody was given when they told us something."""

    receipt = TypedTextField(
        label=_("Your code"),
        help_text=_("It is on the slip or the page you got when you told us something."),
        max_length=40,
        error_messages={
            "required": _("Type the code from your slip."),
            "max_length": _("That is too long to be one of our codes. Check it and try again."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class WithdrawOwnForm(forms.Form):
    """Which of their own words somebody wants no longer used."""

    def __init__(self, *args: Any, comments: Mapping[int, str], **kwargs: Any) -> None:
        """Offer each thing said, by its place and how it is called; all are ticked."""
        super().__init__(*args, **kwargs)
        gone = _("You took that back already. Look at the list again.")
        self.fields["chosen"] = forms.TypedMultipleChoiceField(
            label=_("What shall we stop using?"),
            choices=list(comments.items()),
            coerce=int,
            initial=list(comments),
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": _("Tick what we shall stop using."),
                **dict.fromkeys(("invalid_list", "invalid_choice"), gone),
            },
        )


class EraseOwnForm(forms.Form):
    """Which of their own words somebody wants erased for good."""

    def __init__(self, *args: Any, comments: Sequence[Comment], **kwargs: Any) -> None:
        """Offer each thing said that is still there, by how it begins; all are ticked."""
        super().__init__(*args, **kwargs)
        choices = [(each.position, Truncator(each.text).words(25)) for each in comments]
        self.fields["chosen"] = forms.TypedMultipleChoiceField(
            label=_("What is to be erased?"),
            choices=choices,
            coerce=int,
            initial=[each.position for each in comments],
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": _("Tick what you want erased."),
                "invalid_list": _("That is erased already. Look at the list again."),
                "invalid_choice": _("That is erased already. Look at the list again."),
            },
        )
