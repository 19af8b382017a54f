"""The form for how a file is read: its sheet or its letters and separator, and its headings."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagements.imports.headings import LOOKED_AT
from engagements.imports.layout import Chosen, Layout
from engagements.imports.letters import ENCODINGS, name_of_encoding
from engagements.imports.workbook_parts import SheetPart

# What stands between cells, by a name that no browser trims away.
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "line": "|"}
SEPARATOR_LABELS = {
    "comma": _("Commas"),
    "semicolon": _("Semicolons"),
    "tab": _("Tabs"),
    "line": _("Upright lines"),
}


def separator_name(separator: str) -> str:
    """Return the name of a separator in ``SEPARATORS``; an empty string for none."""
    return next((name for name, mark in SEPARATORS.items() if mark == separator), "")


def layout_in_words(layout: Layout) -> dict[str, Any]:
    """Return a layout with its ``letters`` and ``marks`` as people call them, to be told."""
    named = SEPARATOR_LABELS.get(separator_name(layout.separator), "")
    letters = name_of_encoding(layout.encoding) if layout.encoding else ""
    return {**layout.as_json(), "letters": letters, "marks": named}


class LayoutForm(forms.Form):
    """How a file is read, beginning with how it is read now."""

    def __init__(
        self,
        *args: Any,
        layout: Layout,
        sheets: Sequence[SheetPart],
        words: Sequence[str],
        **kwargs: Any,
    ) -> None:
        """Ask what the kind of file leaves open; ``words`` show whether the letters are right."""
        super().__init__(*args, **kwargs)
        self.layout = layout
        self.fields |= (
            _of_workbook(layout, sheets) if layout.is_workbook else _of_text(layout, words)
        )
        self.fields["first_heading"] = _row(_("Row with the headings"), layout.first_heading)
        has_more = layout.last_heading > layout.first_heading
        last = self.fields["last_heading"] = _row(
            _("Last row of headings, if there are more"),
            layout.last_heading if has_more else None,
            required=False,
        )
        # Not "(optional)": that it may be left out, its label says.
        last.always_answered = True  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Chosen:
        """Return what was chosen; headings are looked for anew where only the rest changed."""
        fields = self.cleaned_data
        first = fields["first_heading"]
        headings = first, fields.get("last_heading") or first
        sheet, encoding = fields.get("sheet", ""), fields.get("encoding", "")
        separator = SEPARATORS.get(fields.get("separator", ""), "")
        before = self.layout.first_heading, self.layout.last_heading
        is_read_otherwise = (sheet, encoding, separator) != (
            *(self.layout.sheet, self.layout.encoding, self.layout.separator),
        )
        is_to_guess = is_read_otherwise and headings == before
        return Chosen(sheet, encoding, separator, None if is_to_guess else headings)


def _choice(label: Any, choices: Sequence[tuple[str, Any]], **more: Any) -> forms.ChoiceField:
    """Return a field to choose one of a few."""
    wrong = dict.fromkeys(("invalid_choice", "required"), _("Choose from the list."))
    return forms.ChoiceField(label=label, choices=choices, error_messages=wrong, **more)


def _of_workbook(layout: Layout, sheets: Sequence[SheetPart]) -> dict[str, forms.Field]:
    """Return what is asked of a workbook."""
    choices = [(each.name, _sheet_label(each)) for each in sheets]
    return {"sheet": _choice(_("Sheet"), choices, initial=layout.sheet)}


def _of_text(layout: Layout, words: Sequence[str]) -> dict[str, forms.Field]:
    """Return what is asked of a text."""
    own = layout.encoding
    letters = ENCODINGS if own in ENCODINGS else {own: name_of_encoding(own), **ENCODINGS}
    shown = gettext("For example: %(cells)s") % {"cells": ", ".join(words)} if words else ""
    return {
        "encoding": _choice(
            _("How its letters are saved"), list(letters.items()), initial=own, help_text=shown
        ),
        "separator": _choice(
            _("What stands between the cells"),
            list(SEPARATOR_LABELS.items()),
            initial=separator_name(layout.separator),
        ),
    }


def _row(label: Any, initial: int | None, **more: Any) -> forms.IntegerField:
    """Return a field for the number of a row."""
    wrong = _("Give the number of a row, from 1 to 50.")
    errors = dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong)
    return forms.IntegerField(
        label=label,
        initial=initial,
        min_value=1,
        max_value=LOOKED_AT,
        error_messages=errors,
        **more,
    )


def _sheet_label(sheet: SheetPart) -> str:
    """Name a sheet, and say of one that nobody sees in Excel that it is there."""
    return gettext("%(name)s (hidden)") % {"name": sheet.name} if sheet.is_hidden else sheet.name
