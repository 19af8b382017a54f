"""The agreed actions as a spreadsheet, every language beside the other."""

import csv
import io
from collections.abc import Callable, Mapping
from typing import Any

from coproduction.languages.models import Translated
from coproduction.ui.spreadsheets import escape_formula
from plan.edition.format import write
from plan.edition.snapshot import FrozenAction, FrozenTheme, Snapshot

Themes = Mapping[str, FrozenTheme]
# The columns that are there once a language: name, what it holds, the texts it puts together.
TEXTS: Mapping[str, tuple[str, Callable[[FrozenAction, Themes], list[Translated]]]] = {
    "title": ("what it is called", lambda row, themes: [row.title]),
    "text": ("what will happen", lambda row, themes: [row.text]),
    "when": ("by when, in words", lambda row, themes: [row.timescale_note]),
    "theme": (
        "its theme",
        lambda row, themes: [themes[row.theme].name] if row.theme in themes else [],
    ),
    "lead": ("who leads it", lambda row, themes: [row.lead.name] if row.lead else []),
    "with": ("who else takes part", lambda row, themes: [body.name for body in row.supporting]),
}
# The columns after an action's texts: name, what it holds, the value.
NUMBERS: Mapping[str, tuple[str, Callable[[FrozenAction], Any]]] = {
    "timescale": ("by when", lambda row: row.timescale),
    "agreed_on": ("the day the group agreed", lambda row: row.decided_on),
    "agreeing": (
        "how many agreed; nothing where few were asked",
        lambda row: row.tally and row.tally.agreeing,
    ),
    "seats": ("of how many", lambda row: row.tally and row.tally.seats),
    "committed_on": (
        "the day the lead gave its word",
        lambda row: row.commitment and row.commitment.on,
    ),
    "comments": ("how many comments it rests on", lambda row: row.thread.comments),
    "events": ("at how many events", lambda row: len(row.thread.engagements)),
    "workshops": ("how many workshops worked on it", lambda row: len(row.thread.workshops)),
}
# The columns that are there once a question that anybody answered, named by the question's code.
BY_QUESTION = ("comments", "how many of its comments answer the question, named by its `kind`")


def actions_as_csv(snapshot: Snapshot) -> str:
    """Return the agreed actions as a spreadsheet, one row each."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    themes = {theme.uuid: theme for theme in snapshot.themes}
    worded = [(name, language) for name in TEXTS for language in snapshot.languages]
    titles = [f"{name}_{language}" for name, language in worded]
    kinds = list(snapshot.figures.by_question)
    writer.writerow(
        ["number", "uuid", *titles, *NUMBERS, *(f"{BY_QUESTION[0]}_{kind}" for kind in kinds)]
    )
    for row in snapshot.actions:
        texts = [
            "; ".join(text.text(language) for text in TEXTS[name][1](row, themes))
            for name, language in worded
        ]
        numbers = [write(value(row)) for _says, value in NUMBERS.values()]
        numbers += [write(row.thread.by_question[kind]) for kind in kinds]
        writer.writerow([row.number, row.uuid, *map(escape_formula, texts), *numbers])
    return out.getvalue()
