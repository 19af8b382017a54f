"""The form for rows of a file that were refused: their cells, to be put right."""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from coproduction.languages.forms import TypedTextField
from engagements.imports.columns import Columns
from engagements.imports.refused_rows import cells_to_mend, line_beside
from engagements.models import Question, RefusedRow

_NAME = re.compile(r"cell_(\d{1,9})_\d{1,9}")


def _seen(row: int) -> str:
    """Name the box that says what a row was when the page was drawn."""
    return f"seen_{row}"


def _leave(row: int) -> str:
    """Name the box that says that a row is to stay out."""
    return f"leave_{row}"


def _seen_field(row: RefusedRow) -> TypedTextField:
    """Return the box that says what a row was."""
    return TypedTextField(initial=row.as_seen, required=False, widget=forms.HiddenInput())


def sent_again(data: QueryDict, rows: Iterable[RefusedRow]) -> QueryDict:
    """Return what was sent as if it had been written on rows as they are by now."""
    data = data.copy()
    for row in rows:
        data[_seen(row.row)] = row.as_seen
    return data


def rows_sent(data: Iterable[str]) -> set[int]:
    """Return the numbers of the rows whose cells were sent, by the names of their boxes."""
    return {int(found[1]) for name in data if (found := _NAME.fullmatch(name))}


class RefusedRowsForm(forms.Form):
    """What stands in the columns that mean something, row by row."""

    def __init__(
        self,
        *args: Any,
        rows: Sequence[RefusedRow],
        headings: Sequence[str],
        columns: Columns,
        questions: Sequence[Question],
        **kwargs: Any,
    ) -> None:
        """Begin with what stands in the file; what can't be told apart stands beside.

        Where a question is named, those that are asked are there to choose from.
        """
        super().__init__(*args, **kwargs)
        named = [each for each in dict.fromkeys([*columns.chosen, *columns.only]) if each]
        # Where words stand, which may be long.
        long = {column for column, _kind in columns.texts} | {columns.column("translation")}
        asks = columns.column("question")
        self._boxes: dict[str, tuple[int, str]] = {}
        # The box of each row that is wrong, or its first, and why.
        self._wrong: dict[str, str] = {}
        self.sections: list[tuple[str, list[str]]] = []
        for row in rows:
            cells = cells_to_mend(row.content, len(headings))
            names = []
            self.fields[_seen(row.row)] = _seen_field(row)
            for place, column in enumerate(headings):
                if column in named:
                    name = f"cell_{row.row}_{place}"
                    self.fields[name] = (
                        _question_box(column, cells[place], questions)
                        if column == asks
                        else _box(column, cells[place], is_long=column in long)
                    )
                    self._boxes[name] = (row.row, column)
                    names.append(name)
            if names and (beside := line_beside(row.content, len(headings))):
                self.fields[names[0]].help_text = _("The line in the file: %(line)s") % {
                    "line": beside
                }
            wrong = columns.refused_for(row.reason)
            if names:
                self.fields[_leave(row.row)] = forms.BooleanField(
                    label=_("Leave this row out"), required=False
                )
                names.append(_leave(row.row))
                at = next((n for n in names[:-1] if self._boxes[n][1] == wrong), names[0])
                self._wrong[at] = row.why
            told = {"number": row.row, "why": row.why}
            self.sections.append((_("Row %(number)s: %(why)s") % told, names))

    def say_what_is_wrong(self, *, changed: Collection[int]) -> None:
        """Say at each row's box what is wrong with it; of a form that was sent.

        Of rows that somebody else changed meanwhile: what that other wrote, in each such box.
        """
        self.full_clean()
        for name, why in self._wrong.items():
            if self._boxes[name][0] not in changed:
                self.add_error(name, why)
        for name, (row, _column) in self._boxes.items():
            theirs = self.fields[name].initial
            if row in changed and self.cleaned_data[name] != theirs:
                told = _("Somebody else wrote here meanwhile: “%(theirs)s”. Send yours or theirs.")
                self.add_error(name, told % {"theirs": theirs})

    @property
    def seen(self) -> dict[int, str]:
        """What each row was when the page was drawn; only of a form that is right."""
        rows = {row for row, _column in self._boxes.values()}
        return {row: self.cleaned_data[_seen(row)] for row in rows}

    @property
    def left(self) -> set[int]:
        """The rows that are to stay out; only of a form that is right."""
        rows = {row for row, _column in self._boxes.values()}
        return {row for row in rows if self.cleaned_data[_leave(row)]}

    @property
    def cells(self) -> dict[int, dict[str, str]]:
        """What now stands in each row, by its number and column; only of a form that is right."""
        found: dict[int, dict[str, str]] = {}
        for name, (row, column) in self._boxes.items():
            found.setdefault(row, {})[column] = self.cleaned_data[name]
        return found


def _box(column: str, cell: str, *, is_long: bool) -> TypedTextField:
    """Return the box of one cell, which may stay empty as any cell may."""
    widget = forms.Textarea(attrs={"rows": 3}) if is_long else forms.TextInput()
    box = TypedTextField(
        label=column, initial=cell, required=False, strip=False, max_length=200_000, widget=widget
    )
    box.always_answered = True  # type: ignore[attr-defined]
    return box


def _question_box(column: str, cell: str, questions: Sequence[Question]) -> TypedTextField:
    """Return the box of the cell that names a question: what stands there, or one that is asked."""
    box = _box(column, cell, is_long=False)
    known = [(each.kind, str(each)) for each in questions]
    stands = [] if cell in dict(known) else [(cell, cell or _("Nothing"))]
    box.widget = forms.Select(choices=[*stands, *known], attrs={"class": "field"})
    return box
