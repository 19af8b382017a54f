"""What the columns of a file seem to be, by their headings and by what stands under them."""

import re
from collections.abc import Iterable, Sequence

from coproduction.languages.folding import fold
from engagements.imports.agreement import number_agreed
from engagements.imports.columns import FIGURES, OF_ENGAGEMENT, Columns
from engagements.imports.dates import read_date
from engagements.imports.meanings import kinds_by_name, lacks_year, plain
from engagements.imports.table import Row
from engagements.models import Question

_TEXT = (
    *("text", "comment", "comments", "comment-body", "words", "answer"),
    *("what they said", "what was said", "what people said", "feedback", "response"),
    *("sylw", "sylwadau", "testun", "geiriau", "ateb", "beth ddywedon nhw", "beth ddywedwyd"),
)
# Headings by what their columns are.
_NAMES = {
    # Our own files name it twice: the code is the same wherever they are brought in.
    "question": ("question code", "cod y cwestiwn", "question", "about", "cwestiwn", "am"),
    "engagement": (
        *("engagement", "event", "session", "which event", "name of event", "event name"),
        *("achlysur gwrando", "achlysur", "digwyddiad", "sesiwn", "ymgysylltiad"),
    ),
    "date": ("date", "date of event", "event date", "day", "when", "dyddiad", "pryd"),
    "place": (
        *("place", "venue", "location", "where", "where held", "held at"),
        *("lle", "lleoliad", "ble"),
    ),
    "method": ("method", "how", "how heard", "dull", "sut"),
    "engagement_area": (
        *("area of the engagement", "engagement area", "event area"),
        *("ardal yr achlysur gwrando", "ardal y digwyddiad"),
    ),
    "area": (
        *("area", "where they are from", "where from", "postcode", "post code", "ward"),
        *("ardal", "o ble maen nhw'n dod", "cod post", "codpost"),
    ),
    "age": ("age", "age group", "age band", "age range", "oed", "oedran", "grwp oedran"),
    "who": (
        *("descriptor", "speaker", "who", "who said it"),
        *("disgrifiad", "pwy", "pwy ddywedodd hyn"),
    ),
    "quote": (
        *("consent", "quote", "quote ok", "may be quoted", "quote consent"),
        *("caniatad", "dyfynnu", "dyfyniad", "cawn ni ei ddyfynnu"),
    ),
    "language": ("language", "lang", "iaith"),
    "translation": ("translation", "english translation", "cyfieithiad"),
    "id": (
        *("id", "response id", "respondent id", "submission id", "answer id", "entry id"),
        *("rhif adnabod", "rhif yr ateb"),
    ),
    "theme": ("theme", "themes", "thema", "themau"),
    "code": ("code", "codes", "cod", "codau"),
    "weight": (
        *("how many agreed", "agreed", "ticks", "dots", "votes", "likes", "weight"),
        *("faint oedd yn cytuno", "cytuno", "ticiau", "dotiau", "pleidleisiau"),
    ),
    "people": ("people heard", "people", "attendance", "pobl", "nifer o bobl"),
    "helpers": ("helpers", "volunteers", "staff", "helpwyr", "gwirfoddolwyr"),
    "hours": ("hours", "oriau"),
    "costs": ("costs", "cost", "spent", "money spent", "spend", "costau"),
}
# What headings that are questions themselves have in them.
_PARTS = {
    "quote": (
        *(r"\bquote you\b", r"\bbe quoted\b", r"\bquote your?\b", r"\bd?dyfynnu\b"),
        r"\b(?:can|may) (?:we|i) quote\b",
    ),
    "age": (r"\bhow old\b", r"\byour age\b", r"\bage group\b", r"\bfaint (?:yw|ydy) eich oed"),
    "area": (
        *(r"\bpost ?code\b", r"\bwhere do you live\b", r"\bcod post\b"),
        r"\bble (?:ydych chi'n|rydych chi'n) byw\b",
    ),
}
_LONGEST_HEADING = 120


def _names_in(heading: str) -> list[str]:
    """Return what a heading may be known by: itself, and each of "Sylw / Comment" without marks."""
    parts = re.split(r"[/|()\[\]]", heading)
    return [name for part in (heading, *parts) if (name := fold(part).strip(" ?:*."))]


def guess_columns(
    headings: Sequence[str], questions: Iterable[Question], rows: Sequence[Row] = ()
) -> Columns:
    """Guess which column is what from the headings, and from the first ``rows`` under them.

    A file of one column is all words. Nothing is guessed of what cells mean.
    """
    names = kinds_by_name(questions)
    by_name = {
        name: heading for heading in reversed(headings) for name in reversed(_names_in(heading))
    }
    fields = _fields(headings, by_name, rows)
    if asks := _column_of_questions(headings, names, rows):
        fields["question"] = asks
    taken = set(fields.values())
    text = next((by_name[name] for name in _TEXT if name in by_name), "")
    if text and text not in taken:
        return Columns(texts=((text, ""),), fields=fields)
    texts = [
        (heading, kind)
        for heading in headings
        if heading not in taken and (kind := _kind_in(heading, names))
    ]
    if not texts and len(headings) == 1:
        return Columns(texts=((headings[0], ""),))
    return Columns(texts=tuple(texts), fields=fields)


def guess_figures(headings: Sequence[str]) -> Columns:
    """Guess the columns of a sheet that says of each engagement what it took."""
    by_name = {name: heading for heading in headings for name in _names_in(heading)}
    fields: dict[str, str] = {}
    for name in ("engagement", "date", *FIGURES):
        found = next((by_name[each] for each in _NAMES[name] if each in by_name), "")
        if found and found not in fields.values():
            fields[name] = found
    return Columns(fields=fields)


def _fields(
    headings: Sequence[str], by_name: dict[str, str], rows: Sequence[Row]
) -> dict[str, str]:
    """Return the columns that are something other than words, each one thing."""
    fields: dict[str, str] = {}
    for name, known in _NAMES.items():
        found = next((by_name[each] for each in known if each in by_name), "")
        if found and found not in fields.values():
            fields[name] = found
    for name, parts in _PARTS.items():
        if name in fields:
            continue
        for heading in headings:
            folded = fold(heading)[:_LONGEST_HEADING]
            if heading not in fields.values() and any(re.search(part, folded) for part in parts):
                fields[name] = heading
                break
    if "engagement" not in fields:
        for name in OF_ENGAGEMENT:
            fields.pop(name, None)
    for name in FIGURES:
        # Beside comments they are mostly something else; a sheet of their own says them.
        fields.pop(name, None)
    _leave_what_does_not_fit(headings, fields, rows)
    return fields


def _leave_what_does_not_fit(
    headings: Sequence[str], fields: dict[str, str], rows: Sequence[Row]
) -> None:
    """Take back guesses that what stands under the heading speaks against."""
    if (column := fields.get("id")) and (cells := _cells(headings, column, rows)):
        if len(set(cells)) < len(rows):
            del fields["id"]
    if (column := fields.get("weight")) and (cells := _cells(headings, column, rows)):
        if any(number_agreed(cell) is None for cell in cells):
            del fields["weight"]
    if (column := fields.get("date")) and (cells := _cells(headings, column, rows)):
        if not any(read_date(cell) or lacks_year(cell) for cell in cells):
            del fields["date"]


def _cells(headings: Sequence[str], column: str, rows: Sequence[Row]) -> list[str]:
    """Return what stands under a heading, without blank cells."""
    place = headings.index(column)
    cells = (row.cells[place].strip() for row in rows if place < len(row.cells))
    return [cell for cell in cells if cell]


def _column_of_questions(
    headings: Sequence[str], names: dict[str, str], rows: Sequence[Row]
) -> str:
    """Return the one column all of whose cells name questions, whatever it is called."""
    found = [
        heading
        for heading in headings
        if (cells := _cells(headings, heading, rows))
        and all(plain(cell) in names for cell in cells)
    ]
    return found[0] if len(found) == 1 and len(headings) > 1 else ""


def _kind_in(heading: str, names: dict[str, str]) -> str:
    """Return the kind of question that a heading names, or has in it; the longest name counts."""
    for name in map(plain, _names_in(heading)):
        if name in names:
            return names[name]
    folded = f" {_bare(fold(heading)[:_LONGEST_HEADING])} "
    # Fewer words than three stand in many headings.
    wordings = [name for name in names if len(name.split()) > 2]
    inside = [name for name in wordings if f" {_bare(name)} " in folded]
    return names[max(inside, key=len)] if inside else ""


def _bare(text: str) -> str:
    """Return a text's words without what stands between them."""
    return " ".join(re.findall(r"\w+", text))
