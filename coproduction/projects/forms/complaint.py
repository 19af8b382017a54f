"""What is typed into a complaint about data, and into its answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TypedEmailField, TypedTextField
from coproduction.projects.forms.record import ChangingForm, CreatingForm
from coproduction.projects.models.complaint import LONGEST_COMPLAINT
from coproduction.ui.forms import words_field

_TOO_LONG = _("That is longer than 10,000 letters. Say the rest in a second letter.")


class ComplaintForm(CreatingForm):
    """What went wrong, in the words of whoever it happened to, and where to write to them."""

    text = TypedTextField(
        label=_("What went wrong?"),
        help_text=_(
            "Say it in your own words. If it is about something you told us, give us its code."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST_COMPLAINT,
        error_messages={"required": _("Tell us what went wrong."), "max_length": _TOO_LONG},
    )
    email = TypedEmailField(
        label=_("Where can we write to you?"),
        help_text=_("Your e-mail address. We use it for nothing but to answer you."),
        error_messages={
            "required": _("Enter your e-mail address, so that we can answer."),
            "invalid": _("Enter an e-mail address, such as name@example.org."),
        },
    )
    name = words_field(_("What shall we call you?"), 120, help_text=_("You need not say it."))


class ComplaintAnswerForm(ChangingForm):
    """The letter that somebody who complained gets, as a co-ordinator writes it."""

    reply = TypedTextField(
        label=_("Your answer"),
        help_text=_(
            "It is sent to them as it stands here. Say what you found, what you did, and that they "
            "can go to the Information Commissioner."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST_COMPLAINT,
        error_messages={"required": _("Write your answer first."), "max_length": _TOO_LONG},
    )
