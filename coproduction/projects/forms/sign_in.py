"""Signing in: the address, then the code."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core.internal.cryptokit import normalize_user_code
from django import forms
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import secret_fingerprint
from coproduction.languages.forms import TypedTextField
from coproduction.projects.forms.fields import email_field


def fingerprint_of_code(code: str) -> str:
    """Return what is kept of a code, however it is typed: with it alone nobody can sign in."""
    return secret_fingerprint(f"sign in:{normalize_user_code(code)}")


class SignInForm(RequestLoginCodeForm):
    """Asks for the address that a code should be sent to."""

    email = email_field(
        _("Your e-mail address"),
        help_text=_("We will send you a code to sign in with. There is no password."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        """Take any address: whether it is somebody's is not asked here, so that nobody can tell."""
        return str(self.cleaned_data["email"])


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

    def clean_code(self) -> str:
        """Compare with what is kept of the code that was sent."""
        typed = self.cleaned_data["code"]
        if not constant_time_compare(fingerprint_of_code(typed), self.expected_code or ""):
            raise get_adapter().validation_error("incorrect_code")
        return str(typed)
