"""What is typed about an action that is withdrawn."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.ui.forms import words_field


class WithdrawActionForm(forms.Form):
    """Why an action is withdrawn."""

    why = words_field(
        _("Why?"),
        500,
        _("Say why. The team will read it."),
        help_text=_("It stays on the list of actions with this reason, and its number stays used."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
