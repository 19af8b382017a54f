"""The form for taking comments out: in which kind of file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.ui.forms import radio_field

_KINDS = [
    ("csv", _("CSV, which every program reads")),
    ("xlsx", _("XLSX, for Excel and other spreadsheets")),
]


class TakeOutForm(forms.Form):
    """In which kind of file comments are taken out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin with the one that asks for the least."""
        super().__init__(*args, **kwargs)
        self.fields["file"] = radio_field(
            _("Kind of file"), _KINDS, _("Choose a kind of file."), initial="csv"
        )
