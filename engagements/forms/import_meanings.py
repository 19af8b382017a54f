"""Fields for what cells of a file mean: asked where they ask, on the page of its columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from coproduction.languages.folding import fold
from coproduction.ui.forms import date_field
from coproduction.ui.numbers import format_number
from engagements.imports.columns import LEAVE_OUT, WHOLE, YEAR, YES, Columns
from engagements.imports.drafting import key_of_whole
from engagements.imports.meanings import AskedCell, AskedColumn
from engagements.imports.splitting import DASH, LINE, SEMICOLON, SEPARATORS, SplitOffer
from engagements.models import Method, Question
from engagements.queries.import_preview import ImportPreview

# What a column is that is nothing else, and of which some cells leave their rows out.
FILTER = "filter"
_LONGEST_SHOWN = 120
_DAYS_SHOWN, _YEARS_BACK = 3, 10
# What a cell of each kind of column means until somebody says otherwise.
_UNSAID = {
    "question": _("Not known: these rows are refused"),
    "quote": _("No"),
    "method": _("Not known"),
    "text": _("A comment: keep it"),
    FILTER: _("These rows come in"),
}
_LEGENDS = {
    "question": _("Which question do these mean?"),
    "quote": _("Who may be quoted?"),
    "method": _("How were people heard?"),
    "text": _("Does this say anything?"),
    "date": _("Which day do these mean?"),
    "year": _("Which year was it?"),
    FILTER: _("Which rows come in?"),
}
_SEPARATORS = {
    LINE: _("Each line is a comment"),
    SEMICOLON: _("Each part between semicolons is a comment"),
    DASH: _("Each part after a dash is a comment"),
}


def name_of_cell(place: int, cell: str) -> str:
    """Return the name of the field for a cell of a column; the cell can be read back from it."""
    return f"cell_{place}_{fold(cell).encode().hex()}"


def meaning_fields(
    preview: ImportPreview, headings: Sequence[str], questions: Sequence[Question]
) -> tuple[dict[str, forms.Field], list[tuple[Any, list[str]]]]:
    """Return the fields that ask about cells, and their sections: what a file was found to ask."""
    fields: dict[str, forms.Field] = {}
    sections: list[tuple[Any, list[str]]] = []
    if preview.same:
        fields["skip_same"] = _skip_same_field(preview.same)
        sections.append((_("Rows that are here already"), ["skip_same"]))
    for asked in preview.asked:
        place = headings.index(asked.column)
        own: dict[str, forms.Field] = (
            {f"year_{place}": _year_field(asked)}
            if asked.use == "year"
            else {
                name_of_cell(place, cell.cell): _cell_field(asked, cell, questions)
                for cell in asked.cells
            }
        )
        fields |= own
        legend = f"{_LEGENDS[asked.use]} {_column(asked.column)}"
        sections.append((legend, list(own)))
    for offer in preview.splits:
        own = _split_fields(headings.index(offer.column), offer)
        fields |= own
        legend = f"{gettext('Several points in one cell?')} {_column(offer.column)}"
        sections.append((legend, list(own)))
    return fields, sections


def _column(name: str) -> str:
    """Name a column behind a question about it."""
    return gettext("Column “%(column)s”") % {"column": name[:_LONGEST_SHOWN]}


def _skip_same_field(rows: int) -> forms.BooleanField:
    """Return the field that leaves out rows which say what is here already."""
    return forms.BooleanField(
        required=False,
        label=ngettext(
            "Skip %(rows)s row that says the same",
            "Skip %(rows)s rows that say the same",
            rows,
        )
        % {"rows": format_number(rows)},
        help_text=_(
            "Choose this when it is the same table, exported again. If other people said the same "
            "words, leave it."
        ),
    )


def _year_field(asked: AskedColumn) -> forms.ChoiceField:
    """Return the field for the year of days that say none: of all of a column at once."""
    rows = asked.rest + sum(cell.rows for cell in asked.cells)
    told = ngettext(
        "%(rows)s row has a day without a year, such as %(days)s.",
        "%(rows)s rows have a day without a year, such as %(days)s.",
        rows,
    )
    days = ", ".join(f"“{cell.cell}”" for cell in asked.cells[:_DAYS_SHOWN])
    now = timezone.localdate().year
    years = [(str(year), str(year)) for year in range(now + 1, now - _YEARS_BACK, -1)]
    field = forms.ChoiceField(
        label=_("Year"),
        help_text=told % {"rows": format_number(rows), "days": days},
        choices=[("", _("Not known: these rows are refused")), *years],
        required=False,
    )
    field.always_answered = True  # type: ignore[attr-defined]
    return field


def _day_field(cell: AskedCell) -> forms.DateField:
    """Return the field for the day that a cell means."""
    field = date_field(f"“{cell.cell}”", help_text=_hint("date", cell), required=False)
    field.always_answered = True  # type: ignore[attr-defined]
    return field


def _cell_field(asked: AskedColumn, cell: AskedCell, questions: Sequence[Question]) -> forms.Field:
    """Return the field for what one cell means; as long as nobody says, it means what is safe."""
    if asked.use == "date":
        return _day_field(cell)
    choices: list[tuple[str, Any]] = [("", _UNSAID[asked.use])]
    if asked.use == "question":
        choices += [(each.kind, str(each)) for each in questions]
        choices.append((LEAVE_OUT, _("Leave these rows out")))
    elif asked.use == "quote":
        choices.append((YES, _("Yes, they may be quoted")))
    elif asked.use == "method":
        choices += list(Method.choices)
    elif asked.use == "text" and not cell.cell:
        choices = [("", _("Refuse these rows")), (LEAVE_OUT, _("Leave these rows out"))]
    else:
        choices.append((LEAVE_OUT, _("Leave it out")))
    shown = f"“{cell.cell}”" if cell.cell else gettext("No words at all")
    field = forms.ChoiceField(
        label=shown, help_text=_hint(asked.use, cell), choices=choices, required=False
    )
    # Not "(optional)": a cell means something in any case.
    field.always_answered = True  # type: ignore[attr-defined]
    return field


def _hint(use: str, cell: AskedCell) -> str:
    """Say how often a cell stands there, and what it seems to mean."""
    rows = ngettext("In %(rows)s row.", "In %(rows)s rows.", cell.rows)
    told = rows % {"rows": format_number(cell.rows)}
    if use == "quote" and cell.offered:
        return f"{told} {gettext('This looks like a yes. It counts as no until you say so.')}"
    if use == "text" and cell.offered and cell.cell:
        return f"{told} {gettext('This seems to say nothing.')}"
    return told


def _split_fields(place: int, offer: SplitOffer) -> dict[str, forms.Field]:
    """Return the fields for whether, and where, the cells of a column are taken apart."""
    choices = [
        (separator, f"{_SEPARATORS[separator]} ({_cells(number)})")
        for separator, number in offer.by
    ]
    fields: dict[str, forms.Field] = {
        f"split_{place}": forms.MultipleChoiceField(
            label=_("Take these cells apart"),
            choices=choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
    }
    if offer.taken_apart:
        fields[f"whole_{place}"] = forms.MultipleChoiceField(
            label=_("Keep these whole"),
            help_text=_("Tick a cell that is one point, and stays as it is."),
            choices=[
                (key_of_whole(cell), _taken_apart(cell, points))
                for cell, points in offer.taken_apart
            ],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
    return fields


def _cells(number: int) -> str:
    """Say how many cells that is."""
    told = ngettext("%(cells)s cell", "%(cells)s cells", number)
    return told % {"cells": format_number(number)}


def _taken_apart(cell: str, points: Sequence[str]) -> str:
    """Show a cell, and how many comments it becomes."""
    shown = " ".join(cell.split())
    short = f"{shown[:_LONGEST_SHOWN]}{'…' if len(shown) > _LONGEST_SHOWN else ''}"
    told = ngettext("%(number)s comment", "%(number)s comments", len(points))
    return f"“{short}”: {told % {'number': format_number(len(points))}}"


def with_meanings(columns: Columns, sent: Mapping[str, Any], headings: Sequence[str]) -> Columns:
    """Return columns with what was sent of their cells; ``headings`` are empty where not in use."""
    values: dict[str, dict[str, str]] = {}
    splits: dict[str, tuple[str, ...]] = {}
    texts = {column for column, _kind in columns.texts}
    for name in sent:
        part, _sign, rest = name.partition("_")
        number, _sign, cell = rest.partition("_")
        if part not in {"cell", "split", "whole", "year"} or not number.isdecimal():
            continue
        place = int(number[:6])
        if place >= len(headings) or not (column := headings[place]):
            continue
        if part == "cell" and (meaning := str(sent[name])):
            values.setdefault(column, {})[_read_back(cell)] = meaning
        elif part == "year" and str(sent[name]).isdecimal():
            values.setdefault(column, {})[YEAR] = str(sent[name])[:4]
        elif part == "split" and column in texts:
            splits[column] = tuple(each for each in _all(sent, name) if each in SEPARATORS)
        elif part == "whole" and column in texts:
            values.setdefault(column, {}).update(dict.fromkeys(_all(sent, name), WHOLE))
    return replace(
        columns,
        values=values,
        splits={column: marks for column, marks in splits.items() if marks},
        skip_same=bool(sent.get("skip_same")),
    )


def _all(sent: Mapping[str, Any], name: str) -> Iterable[str]:
    """Return every value that was sent under a name."""
    if isinstance(sent, QueryDict):
        return [str(each) for each in sent.getlist(name)]
    value = sent[name]
    return [str(value)] if isinstance(value, str) else [str(each) for each in value]


def _read_back(cell: str) -> str:
    """Return the cell that a field's name says; of a name that nobody made, nothing."""
    try:
        return bytes.fromhex(cell).decode()
    except ValueError:
        return ""


def sent_meanings(columns: Columns, headings: Sequence[str]) -> QueryDict:
    """Return what columns say of their cells as if somebody had sent it."""
    sent = QueryDict(mutable=True)
    for column, cells in columns.values.items():
        place = headings.index(column)
        for cell, meaning in cells.items():
            if cell == YEAR:
                sent[f"year_{place}"] = meaning
            elif meaning == WHOLE:
                sent.appendlist(f"whole_{place}", cell)
            else:
                sent[name_of_cell(place, cell)] = meaning
    for column, marks in columns.splits.items():
        sent.setlist(f"split_{headings.index(column)}", list(marks))
    return sent
