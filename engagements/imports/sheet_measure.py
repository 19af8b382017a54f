"""How much there is on a sheet of a workbook, measured in its XML before anything reads it whole.

Tags are found by patterns and not by a parser, which would take longer than the reading itself.
What the patterns don't know for certain is refused: nothing passes because it was not understood.
"""

import re
from array import array
from collections.abc import Iterable, Iterator
from typing import IO

from engagements.imports.refusals import WorkbookDamaged, WorkbookTooBig

# All that is read of a workbook, unpacked: a hundred thousand rows of five cells take 33 MB.
MOST_UNPACKED = 300 * 1024 * 1024
# Rows times columns, out to the last of each: what reads a sheet keeps 24 bytes for each.
MOST_CELLS = 6_000_000
# Letters of cells that share one text, each counted: what reads a sheet copies it for each.
MOST_LETTERS = 150_000_000
# What is held until a row ends, and what comes after the last.
_MOST_HELD = 16 * 1024 * 1024

_PREFIX = rb"(?:[\w.-]+:)?"
_VALUES = rb"(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*"
_OPENER = re.compile(rb"<" + _PREFIX + rb"c(?=[\s/>])")
_CELL = re.compile(rb"<" + _PREFIX + rb"c(" + _VALUES + rb"\s*/?)>")
_PLAIN = re.compile(rb"<c( [^<>]*)>")
_PLAIN_SHAPE = re.compile(rb"(?: [\w:.-]+=\"[^\"'<>=]*\")* ?/?")
_PREFIXED = re.compile(rb"<[\w.-]+:c[\s/>]")
_DIGITS = b"0123456789"
_FULL = re.compile(
    rb"<" + _PREFIX + rb"c(" + _VALUES + rb")\s*>(.*?)</" + _PREFIX + rb"c\s*>", re.DOTALL
)
_HAS_PLACE = re.compile(rb"\sr\s*=")
_PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_ROW = re.compile(rb"<" + _PREFIX + rb"row\b[^<>]*?\sr\s*=\s*[\"'](\d{1,7})[\"']")
_IS_ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_VALUE = re.compile(rb"<" + _PREFIX + rb"v(?:\s[^<>]*)?>\s*([^<]*)<")
_TEXT_END = re.compile(rb"</" + _PREFIX + rb"si\s*>|<" + _PREFIX + rb"si\s*/>")
_ROOT = re.compile(rb"<((?:[\w.-]+:)?)worksheet[\s>]")


def column_number(letters: str | bytes) -> int:
    """Return the number of a column by its letters: 1 for A, 28 for AB."""
    number = 0
    for letter in letters.upper() if isinstance(letters, bytes) else letters.upper().encode():
        number = number * 26 + letter - 64
    return number


def shared_texts(pieces: Iterable[bytes], out: IO[bytes]) -> "array[int]":
    """Pass the part of shared texts on, and return how long each of them is."""
    lengths: array[int] = array("L")
    before = 0
    held = b""
    for piece in pieces:
        out.write(piece)
        held += piece
        end = 0
        for found in _TEXT_END.finditer(held):
            lengths.append(before + found.end() - end)
            before, end = 0, found.end()
        # The end of a tag may be in the next piece.
        keep = max(end, len(held) - 64)
        before += keep - end
        held = held[keep:]
    return lengths


class SheetMeasure:
    """Measures a sheet's XML as it passes, and passes on its rows, or only the first of them."""

    def __init__(self, *, lengths: "array[int] | None" = None, first: int = 0) -> None:
        """Take how long the shared texts are; with ``first``, pass on about so many rows."""
        self.rows = 0  # Those that have something in them.
        self.errors: dict[int, dict[int, str]] = {}
        self._lengths, self._longest = lengths, max(lengths or [0])
        self._letters = self._width = self._height = 0
        self._first = first
        self._held = b""
        self._end = b""
        self._is_cut = self._is_over = False

    def read(self, piece: bytes) -> bytes:
        """Take the next piece, and return what of the sheet passes on now.

        Raises WorkbookTooBig, WorkbookDamaged.
        """
        self._held += piece
        if self._is_over:
            return self._all_held()
        if self._is_cut:
            return self._skip()
        if not self._end:
            if not (root := _ROOT.search(self._held[:_MOST_HELD])):
                if len(self._held) > 64 * 1024:
                    raise WorkbookDamaged
                return b""
            self._prefix = root[1]
            self._end = b"</" + self._prefix + b"row>"
        cut = self._held.rfind(self._end)
        if cut < 0:
            if len(self._held) > _MOST_HELD:
                raise WorkbookTooBig
            return b""
        cut += len(self._end)
        whole, self._held = self._held[:cut], self._held[cut:]
        self._measure(whole)
        self._is_cut = bool(self._first) and self.rows >= self._first
        return whole

    def finish(self) -> bytes:
        """Return what is left at the end. Raises WorkbookTooBig, WorkbookDamaged."""
        if not self._end:
            raise WorkbookDamaged
        if self._is_cut and not self._is_over:
            return self._skip()
        if not self._is_over:
            self._measure(self._held)
        return self._all_held()

    def _all_held(self) -> bytes:
        """Let go of what is held."""
        held, self._held = self._held, b""
        return held

    def _skip(self) -> bytes:
        """Leave out the rows after the first; what follows the last of them passes on."""
        end = b"</" + self._prefix + b"sheetData>"
        at = self._held.find(end)
        if at < 0:
            self._held = self._held[-64:]
            return b""
        self._held = self._held[at:]
        self._is_over = True
        return self._all_held()

    def _measure(self, xml: bytes) -> None:
        """Measure whole rows. Raises WorkbookTooBig, WorkbookDamaged."""
        if b"\x00" in xml:
            raise WorkbookDamaged
        cells = _PLAIN.findall(xml)
        said = b"\n".join(cells)
        # What is written alike but for numbers is looked at once.
        shapes = set(said.translate(None, _DIGITS).split(b"\n")) if cells else set()
        is_plain = _are_plain(xml, shapes, len(cells))
        if not is_plain:
            cells = _any_cells(xml)
        # An empty cell, which only looks like something, is none to what reads it.
        if not is_plain or any(shape.endswith(b"/") for shape in shapes):
            cells = [each for each in cells if not each.endswith(b"/")]
            said = b"\n".join(cells)
        places = _PLACE.findall(said)
        if len(places) != len(_HAS_PLACE.findall(said)):
            raise WorkbookDamaged
        in_rows = xml.split(self._end)
        value, text = b"</" + self._prefix + b"v>", b"</" + self._prefix + b"t>"
        self.rows += sum(value in each or text in each for each in in_rows)
        self._width = max([self._width, *map(column_number, {column for column, _row in places})])
        self._height = max([self._height, *map(int, {row for _column, row in places})])
        if len(places) < len(cells):
            self._take_unplaced(xml, in_rows)
        if self._width * self._height > MOST_CELLS:
            raise WorkbookTooBig
        self._count_letters(xml, len(cells))
        if b'"e"' in said or b"'e'" in said:
            self._note_errors(xml)

    def _take_unplaced(self, xml: bytes, in_rows: list[bytes]) -> None:
        """Take cells that don't say where they are: each is beside the one before it."""
        most = max(len(_OPENER.findall(each)) for each in in_rows)
        self._width = max(self._width, 1) + most
        numbers = [int(each) for each in _ROW.findall(xml)]
        self._height = max([self._height, *numbers]) + len(in_rows)

    def _count_letters(self, xml: bytes, cells: int) -> None:
        """Count the letters of shared texts as often as they are shared. Raises WorkbookTooBig."""
        if not self._lengths:
            return
        if self._letters + self._longest * cells <= MOST_LETTERS // 10:
            self._letters += self._longest * cells
            return
        numbers = (each.strip() for each in _VALUE.findall(xml))
        there = len(self._lengths)
        self._letters += sum(
            self._lengths[int(each)]
            for each in numbers
            if each.isdigit() and len(each) < 9 and int(each) < there
        )
        if self._letters > MOST_LETTERS:
            raise WorkbookTooBig

    def _note_errors(self, xml: bytes) -> None:
        """Note which cells hold an error, by what it is called."""
        for number, column, name in _errors_in(xml):
            self.errors.setdefault(number, {})[column] = name


def _are_plain(xml: bytes, shapes: set[bytes], cells: int) -> bool:
    """Say whether all cells are written as nearly everything writes them.

    Otherwise ``_any_cells`` finds them more slowly. A ">" within a value would end a tag early:
    then what was found of it ends within quote marks.
    """
    return (
        cells == xml.count(b"<c ") == xml.count(b"<c") - xml.count(b"<co") - xml.count(b"<cf")
        and not (b":c" in xml and _PREFIXED.search(xml))
        and all(_PLAIN_SHAPE.fullmatch(shape) for shape in shapes)
    )


def _any_cells(xml: bytes) -> list[bytes]:
    """Return what each cell's tag says, however it is written. Raises WorkbookDamaged."""
    cells: list[bytes] = _CELL.findall(xml)
    if len(cells) != len(_OPENER.findall(xml)):
        raise WorkbookDamaged
    return cells


def _errors_in(xml: bytes) -> Iterator[tuple[int, int, str]]:
    """Yield the row, the column and the name of each error."""
    for values, content in _FULL.findall(xml):
        if _IS_ERROR.search(values) and (place := _PLACE.search(values)):
            value = _VALUE.search(content)
            name = value[1].decode("utf-8", "replace").strip() if value else ""
            yield int(place[2]), column_number(place[1]), name[:20] or "#ERROR"
