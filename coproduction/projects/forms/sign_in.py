"""Signing in: the address, then the code."""

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.languages.forms import TypedTextField
from coproduction.projects.forms.fields import email_field


class SignInForm(RequestLoginCodeForm):
    """Asks for the address that a code should be sent to."""

    email = email_field(
        _("Your e-mail address"),
        help_text=_("We will send you a code to sign in with. There is no password."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class SignInCodeForm(ConfirmLoginCodeForm):
    """Asks for the code that was sent."""

    code = TypedTextField(
        label=_("The code in the e-mail"),
        help_text=_("It works for 15 minutes."),
        max_length=20,
        error_messages={
            "required": _("Enter the code from the e-mail."),
            "max_length": _("That is not the code we sent. Check the e-mail and try again."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )
