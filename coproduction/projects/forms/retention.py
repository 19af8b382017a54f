"""How small a number may be shown, and how long things are kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.projects.forms.record import ChangingForm
from coproduction.projects.models import Retention
from coproduction.projects.models.retention import LONGEST_MONTHS, PERIODS
from coproduction.ui.forms import words_field

# What is smaller tells of a family; what is larger, of nothing.
SMALLEST, LARGEST = 5, 100


def _whole_number(label: Any, least: int, most: int, help_text: Any = "") -> forms.IntegerField:
    """Return a field for a whole number between two."""
    between = _("Enter a whole number from %(least)s to %(most)s.") % {"least": least, "most": most}
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=least,
        max_value=most,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), between),
    )


class PeriodsForm(ChangingForm):
    """How small a number may be shown to the public, and for how many months each kind is kept."""

    small_number = _whole_number(
        _("Smallest number that the public sees"),
        SMALLEST,
        LARGEST,
        _("A smaller one could point at a person. We say “fewer than 10” instead."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for each period's months."""
        super().__init__(*args, **kwargs)
        for name in PERIODS:
            self.fields[name] = _whole_number(
                Retention.label_of(name), 1, LONGEST_MONTHS, _("In months.")
            )


class PutOffForm(forms.Form):
    """Why what was announced to go is to wait."""

    why = words_field(
        _("Why?"),
        500,
        _("Say why. The team will read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
