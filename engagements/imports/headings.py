"""Where a table's headings are, and what its columns are called."""

from collections import Counter
from collections.abc import Sequence

from coproduction.languages.folding import fold
from coproduction.languages.typed_text import clean_typed
from engagements.imports.letters import UNDECODED
from engagements.imports.refusals import NoHeadings, NotReadable, TooManyColumns

# Each is asked about on a page, and a row holds a cell for each.
MOST_COLUMNS = 200
# So far down headings are looked for, or may be said to be.
LOOKED_AT = 50
# What programmes write under a question that a person answers in their own words.
_FILLERS = frozenset(
    {
        *("open-ended response", "open ended response", "response", "comment", "other"),
        *("other (please specify)", "ymateb penagored", "ymateb"),
    }
)


def guess_heading_rows(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Guess the first and the last row of headings, from 1, by the first rows of a table.

    Headings are the first row with something in it; but what stands alone above a blank row is a
    title. A second row of headings is one that a programme writes, not a person.
    """
    filled = [sum(bool(cell.strip()) for cell in cells) for cells in rows[:LOOKED_AT]]
    first = next((place for place, cells in enumerate(filled) if cells), 0)
    wide = next((place for place, cells in enumerate(filled) if cells > 1), first)
    if wide > first and filled[wide - 1] == 0:
        first = wide
    last = first
    while last + 1 < len(rows) and _is_of_a_programme(rows, last + 1):
        last += 1
    return first + 1, last + 1


def _is_of_a_programme(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Say whether a row under the headings is another row of them."""
    said = [fold(cell) for cell in rows[place] if cell.strip()]
    if not said:
        return False
    if all(each.startswith('{"importid"') for each in said):
        return True
    # The row between headings and ids, which says the questions again.
    after = rows[place + 1] if place + 1 < len(rows) else []
    if after and any(cell.startswith('{"ImportId"') for cell in after):
        return True
    is_blank_in_front = not (rows[place][0] if rows[place] else "").strip()
    return set(said) <= _FILLERS and (is_blank_in_front or len(said) > 1)


def headings_of(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return what the columns are called, by their rows of headings, each by another name.

    One without a heading is called by its number; those that are called alike, by their letters
    too. Raises NoHeadings, NotReadable, TooManyColumns.
    """
    for cells in rows:
        if any("\x00" in cell or UNDECODED.search(cell) for cell in cells):
            raise NotReadable
    width = max((len(cells) for cells in rows), default=0)
    while width and not any(cells[width - 1].strip() for cells in rows if len(cells) >= width):
        width -= 1
    width = max(width, len(rows[0])) if width and len(rows[0]) <= MOST_COLUMNS else width
    if width > MOST_COLUMNS:
        raise TooManyColumns
    names = [
        _joined([clean_typed(cells[place]).strip() for cells in rows if len(cells) > place])
        for place in range(width)
    ]
    if not any(names):
        raise NoHeadings
    return _told_apart(names)


def _joined(parts: Sequence[str]) -> str:
    """Join what stands in one column's rows of headings, without what a programme wrote."""
    said = [each for number, each in enumerate(parts) if number == 0 or not _is_filler(each)]
    own = " – ".join(dict.fromkeys(filter(None, said)))
    return own or next(filter(None, parts), "")


def _is_filler(text: str) -> bool:
    """Say whether a programme wrote a heading, for itself."""
    return fold(text) in _FILLERS or text.startswith('{"ImportId"')


def _told_apart(names: list[str]) -> list[str]:
    """Give each column a name of its own."""
    often = Counter(names)
    taken = {name for name in names if often[name] == 1}
    told: list[str] = []
    for number, name in enumerate(names, start=1):
        own = name
        if not name:
            own = (
                f"Column {number}"
                if f"Column {number}" not in taken
                else f"Column {number} (no heading)"
            )
        elif often[name] > 1:
            own = f"{name} (column {column_letters(number)})"
        while own in taken and own != name:
            own += f" (column {column_letters(number)})"
        taken.add(own)
        told.append(own)
    return told


def column_letters(number: int) -> str:
    """Return the letters of a column by its number, as spreadsheets name it: AB for 28."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
