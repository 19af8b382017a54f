"""The rows of a file of text, read as a stream, and the file again without some of them."""

import codecs
import csv
import io
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Set
from itertools import chain, islice
from typing import BinaryIO

from engagements.imports.headings import MOST_COLUMNS
from engagements.imports.refusals import NotReadable
from engagements.imports.scan import MAX_FILE_BYTES
from engagements.models.import_refusal import RefusalReason

# What may stand between cells.
SEPARATORS = ",;\t|"
# Ten of the longest comments. A quote mark that is never closed swallows no more than this.
LONGEST_ROW = 1_000_000
# What is read again after a quote mark that was never closed, in times of what was read once: so
# the work grows with the file, whatever is in it.
_READ_AGAIN = 2
# The csv module stops a whole file at one big cell. A cell can't be longer than its file, and how
# long a comment may be is decided row by row, so that the rest goes in.
csv.field_size_limit(MAX_FILE_BYTES + 1)
_LINES_TO_GUESS_BY = 50


class _Text(io.TextIOWrapper):
    """A file's bytes as text. Whoever opened the file closes it."""

    def close(self) -> None:
        """Leave the file open."""


def _text(file: BinaryIO, encoding: str) -> io.TextIOWrapper:
    """Open a file's bytes as text; a byte that can't be read shows up in its own row."""
    file.seek(0)
    return _Text(file, encoding=encoding, errors="surrogateescape", newline="")


class Lines:
    """Hands lines to the csv reader, remembers those of the row being read, takes some back."""

    def __init__(self, lines: Iterable[str], delimiter: str) -> None:
        """Begin with the first line."""
        self.delimiter = delimiter
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self._held: list[str] = []
        self._letters = 0
        self._fresh = self._reread = 0
        # Every letter handed out, as often as it was: the work that reading took.
        self.handed = 0
        self.is_too_wide = False

    def __iter__(self) -> "Lines":
        """Be its own iterator."""
        return self

    def __next__(self) -> str:
        """Give the next line; the end, to a row that is too long to be one."""
        if self._letters > LONGEST_ROW:
            raise StopIteration
        if self._again:
            line = self._again.popleft()
        else:
            line = next(self._lines)
            self._fresh += len(line)
        self._held.append(line)
        self._letters += len(line)
        self.handed += len(line)
        self.is_too_wide = (
            len(self._held) == 1
            and len(line) > LONGEST_ROW
            and line.count(self.delimiter) > 10 * MOST_COLUMNS
        )
        # The csv reader is not shown millions of cells: they would take more room than the file.
        return "" if self.is_too_wide else line

    @property
    def row(self) -> str:
        """The row that was read last, as it stands in the file."""
        return "".join(self._held)

    def start_row(self) -> None:
        """Forget the lines of the row before, so that each is measured alone."""
        self._held.clear()
        self._letters = 0
        self.is_too_wide = False

    def give_up(self) -> list[str]:
        """Return the lines of the row being read that are no row; the others are read again.

        It is the first of them; or all, when so much was read again already that a file of nothing
        but such rows would take for ever.
        """
        first, *others = self._held
        letters = self._letters - len(first)
        if self._reread + letters > _READ_AGAIN * (self._fresh + LONGEST_ROW):
            return [first, *others]
        self._reread += letters
        self._again.extendleft(reversed(others))
        return [first]


def parse_rows(source: Lines) -> Iterator[tuple[list[str], str]]:
    """Read (cells, fault) row by row.

    A quote mark that is never closed swallows the rows after it into one cell. It shows at the
    next quote mark, at the end, or when the row grows too long; then only the line it stands in is
    refused, and reading goes on with the line after it.
    """
    reader = csv.reader(source, delimiter=source.delimiter, strict=True)
    while True:
        source.start_row()
        try:
            cells = next(reader, None)
        except csv.Error:
            for line in source.give_up():
                yield [line], RefusalReason.QUOTES
            # One that met the end would give nothing more.
            reader = csv.reader(source, delimiter=source.delimiter, strict=True)
            continue
        if source.is_too_wide:
            yield source.give_up(), RefusalReason.MORE_CELLS
        elif cells is None:
            return
        else:
            yield cells, ""


def first_lines(file: BinaryIO, encoding: str) -> list[str]:
    """Return a text's first lines. Raises NotReadable where that is not its encoding."""
    try:
        return list(islice(_text(file, encoding), _LINES_TO_GUESS_BY))
    except UnicodeError as wrong:
        raise NotReadable from wrong


def guess_separator(lines: list[str]) -> str:
    """Choose the separator that most rows are cut by into as many cells; a comma when in doubt.

    A mark that cuts fewer than half of them stands in what was said. A first line "sep=;" says it.
    """
    if lines and (said := said_separator(lines[0])):
        return said

    def cut(mark: str) -> tuple[int, int]:
        widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=mark) if cells)
        rows, width = max(((n, width) for width, n in widths.items() if width > 1), default=(0, 0))
        return (rows, width) if rows * 2 >= widths.total() else (0, 0)

    return max(SEPARATORS, key=cut)


def said_separator(line: str) -> str:
    """Return the separator that a line "sep=;" says, as Excel writes it; or an empty string."""
    typed = line.strip("\ufeff\r\n")
    is_said = len(typed) == 5 and typed.lower().startswith("sep=") and typed[4] in SEPARATORS
    return typed[4] if is_said else ""


def _widest(lines: list[str]) -> str:
    """Choose the separator that gives the first line the most cells, as files were once read."""
    widths = {mark: len(next(csv.reader(lines, delimiter=mark), [])) for mark in ",;\t"}
    return max(widths, key=lambda mark: widths[mark])


def _source(file: BinaryIO, encoding: str, separator: str) -> Lines:
    """Return a text's lines from the first on, to be cut by this separator."""
    lines = iter(_text(file, encoding))
    first = list(islice(lines, _LINES_TO_GUESS_BY))
    return Lines(chain(first, lines), separator or _widest(first))


def raw_rows(file: BinaryIO, encoding: str, separator: str) -> Iterator[tuple[list[str], str]]:
    """Yield (cells, fault) of every row of a text, headings and blank ones too.

    Raises NotReadable where that is not its encoding.
    """
    try:
        yield from parse_rows(_source(file, encoding, separator))
    except UnicodeError as wrong:
        raise NotReadable from wrong


def without_rows(
    file: BinaryIO, encoding: str, separator: str, erased: Set[int]
) -> Iterator[bytes]:
    """Give a file's bytes again, with nothing in the rows of these numbers; the others keep theirs.

    A row that is no row but a line that could not be read is given as it stands.
    """
    file.seek(0)
    is_marked = file.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8
    source = _source(file, encoding, separator)
    # Its mark, where it has one, comes once.
    kept = "utf-8" if encoding == "utf-8-sig" and not is_marked else encoding
    encode = codecs.getincrementalencoder(kept)("surrogateescape").encode
    for number, (cells, fault) in enumerate(parse_rows(source), start=1):
        whole = "".join(cells) if fault else source.row
        end = "\r\n" if whole.endswith("\r\n") else "\n"
        yield encode(end if number in erased else whole)
