"""The form for which columns of a sheet say what engagements took: people heard, hours, costs."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import fingerprint
from coproduction.languages.forms import TypedTextField
from coproduction.ui.forms import choice_field
from engagements.imports.columns import FIGURES, Columns
from engagements.queries.import_figures import FiguresSheet

_LABELS = {
    "engagement": _("Engagement: its title"),
    "date": _("Engagement: its date"),
    "people": _("People heard"),
    "helpers": _("Helpers"),
    "hours": _("Hours they gave"),
    "costs": _("Costs"),
}


class FiguresForm(forms.Form):
    """Which column says what, beginning with a guess."""

    sheet = TypedTextField(required=False, widget=forms.HiddenInput, max_length=200)
    # The key of what was shown: only that is filled in.
    previewed = TypedTextField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, read: FiguresSheet, days: Mapping[str, str], **kwargs: Any
    ) -> None:
        """Offer the columns of a sheet; ``days`` are which were meant where comments came in."""
        super().__init__(*args, **kwargs)
        self.read, self.days = read, days
        columns = [(str(place), heading) for place, heading in enumerate(read.headings)]
        for name, label in _LABELS.items():
            guess = read.guess.column(name)
            is_title = name == "engagement"
            empty = _("Choose one") if is_title else _("Not in this sheet")
            field = self.fields[name] = choice_field(
                label,
                [("", empty), *columns],
                _("Choose the column that names the engagement."),
                invalid=_("Choose from the list."),
                required=is_title,
                initial=str(read.headings.index(guess)) if guess else "",
            )
            # Not "(optional)": a sheet says it or does not.
            field.always_answered = True  # type: ignore[attr-defined]

    def as_sent(self) -> QueryDict:
        """Return the guess as if somebody had sent it."""
        sent = QueryDict(mutable=True)
        for name in _LABELS:
            sent[name] = str(self.fields[name].initial)
        sent["sheet"] = self.read.layout.sheet
        return sent

    @property
    def seems_known(self) -> bool:
        """Whether the headings said by themselves what is needed."""
        fields = self.read.guess.fields
        return "engagement" in fields and any(name in fields for name in FIGURES)

    @property
    def columns(self) -> Columns:
        """Return which column is what, as it was sent."""
        chosen = {name: self.cleaned_data.get(name, "") for name in _LABELS}
        fields = {name: self.read.headings[int(at)] for name, at in chosen.items() if at}
        days = {fields["date"]: self.days} if "date" in fields else {}
        return Columns(fields=fields, values=days)

    def clean(self) -> dict[str, Any]:
        """Refuse a sheet without figures, and one column for two things."""
        fields = super().clean() or {}
        if not any(fields.get(name) for name in FIGURES):
            self.add_error("people", _("Choose at least one column of numbers."))
        seen = set()
        for name in _LABELS:
            at = fields.get(name)
            if at and at in seen:
                self.add_error(name, _("This column is chosen above already. Change one of them."))
            seen.add(at)
        return fields

    @property
    def preview_key(self) -> str:
        """Return a key of the choices as they are now."""
        content = [self.read.layout.as_json(), self.columns.as_json()]
        return fingerprint(content, length=16)

    @property
    def was_previewed(self) -> bool:
        """Whether these very choices were shown before."""
        return self.cleaned_data["previewed"] == self.preview_key
