"""The form that says which code many comments get, and which comes off them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import fingerprint
from coproduction.languages.forms import TypedTextField
from coproduction.projects.forms.record import CreatingForm
from coproduction.ui.forms import choice_field
from themes.models import Theme
from themes.queries.codebook import Branch


class BulkCodingForm(CreatingForm):
    """A code to put on, a code to take off, or both: those that carry the second are moved."""

    # The key of what was shown: only that is done.
    previewed = TypedTextField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, branches: Sequence[Branch], **kwargs: Any) -> None:
        """Offer the codes under their themes."""
        super().__init__(*args, **kwargs)
        self.codes = {str(code.uuid): code for branch in branches for code in branch.codes}
        groups = [
            (
                str(branch.theme or gettext("No theme yet")),
                [(str(code.uuid), str(code)) for code in branch.codes],
            )
            for branch in branches
            if branch.codes
        ]
        for name, label in (("put", _("Put this code on")), ("taken", _("Take this code off"))):
            self.fields[name] = choice_field(
                label,
                [("", _("None")), *groups],
                _("Choose a code from the list."),
                required=False,
            )
            self.fields[name].always_answered = True  # type: ignore[attr-defined]
        self.fields["taken"].help_text = _(
            "With both, comments that carry this one get the other in its place."
        )

    def clean(self) -> dict[str, Any]:
        """Refuse neither, and one code for both."""
        fields = super().clean()
        put, taken = fields.get("put"), fields.get("taken")
        if not (put or taken or self.errors):
            self.add_error("put", _("Choose a code to put on or to take off."))
        elif put and put == taken:
            self.add_error("taken", _("Choose two different codes, or one alone."))
        return fields

    @property
    def put(self) -> Theme | None:
        """Return the code that the comments are to get, if any."""
        return self.codes.get(self.cleaned_data["put"])

    @property
    def taken(self) -> Theme | None:
        """Return the code that is to come off, if any."""
        return self.codes.get(self.cleaned_data["taken"])

    @property
    def preview_key(self) -> str:
        """Return a key of the choices as they are now."""
        return fingerprint([self.cleaned_data["put"], self.cleaned_data["taken"]], length=16)

    @property
    def was_previewed(self) -> bool:
        """Whether these very choices were shown before."""
        return self.cleaned_data["previewed"] == self.preview_key
