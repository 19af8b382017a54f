"""The second step of signing in: codes of an app or of paper, and passkeys."""

from typing import Any

from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import secret_fingerprint
from coproduction.languages.forms import TypedTextField
from coproduction.projects.second_step import NOT_THE_CODE, NOT_THE_KEY

# A code is taken half a minute too early or too late: so long is it right, in seconds.
_RIGHT_FOR = 90


def _code_field(label: Any, help_text: Any) -> TypedTextField:
    """Return a box for a code."""
    return TypedTextField(
        label=label,
        help_text=help_text,
        max_length=20,
        error_messages={"required": _("Enter the code."), "max_length": NOT_THE_CODE},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )


class StepCodeForm(AuthenticateForm):
    """Asks for a code of the app, or one of those on paper."""

    code = _code_field(
        _("The code"),
        _("Six figures from your app. Or one of your recovery codes: each works once."),
    )

    def __init__(self, *args: Any, only_paper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if only_paper:
            self.fields["code"].label = _("A recovery code")
            self.fields["code"].help_text = _("One of those you printed. Each works once.")

    def clean_code(self) -> str:
        """Take each code of the app once, for as long as it would be right."""
        code = str(super().clean_code())
        step = self.authenticator
        key = f"second-step:{step.pk}:{secret_fingerprint(normalize_user_code(code), length=32)}"
        if step.type == Authenticator.Type.TOTP and not cache.add(key, "taken", timeout=_RIGHT_FOR):
            raise ValidationError(NOT_THE_CODE)
        return code

    def save(self) -> None:
        """Note in the session that the second step was taken just now."""
        post_authentication(context.request, self.authenticator, reauthenticated=True)


class AppForm(ActivateTOTPForm):
    """Asks for the first code of an app, which shows that it has the secret."""

    code = _code_field(_("The code that the app shows"), _("Six figures. There is a new one soon."))


# What the libraries raise of an answer that no browser gives.
_NO_ANSWER = (AttributeError, KeyError, TypeError, ValueError)


class _OfAButton:
    """A form that a script fills in, once a button was pressed: its faults are the page's."""

    errors: Any

    def clean(self) -> dict[str, Any]:
        """Say in plain words that it did not work, whatever a library says of the parts."""
        try:
            cleaned: dict[str, Any] = super().clean() or {}  # type: ignore[misc]
        except (ValidationError, *_NO_ANSWER) as fault:
            raise ValidationError(NOT_THE_KEY) from fault
        if "credential" in self.errors:
            del self.errors["credential"]
            raise ValidationError(NOT_THE_KEY)
        return cleaned


class NewPasskeyForm(_OfAButton, AddWebAuthnForm):
    """Takes what a device made as a passkey."""

    name = None


class PasskeyForm(_OfAButton, AuthenticateWebAuthnForm):
    """Takes what a device answers with its passkey."""

    reauthenticated = True

    def clean_credential(self) -> Any:
        """Find whose passkey answered. Raises ValidationError where it is none of theirs."""
        try:
            return super().clean_credential()
        except _NO_ANSWER as fault:
            raise ValidationError(NOT_THE_KEY) from fault
