"""What a file of comments says: its encoding, its headings and its rows, read as a stream."""

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import RunningFingerprint
from coproduction.languages.typed_text import clean_typed
from coproduction.projects.refusals import Refusal
from engagements.models.import_refusal import RefusalReason

MAX_FILE_BYTES = 50 * 1024 * 1024
# Each is asked about on a page, and a row holds a cell for each.
MOST_COLUMNS = 200
# Ten of the longest comments. A quote mark that is never closed swallows no more than this.
LONGEST_ROW = 1_000_000
# What is read again after a quote mark that was never closed, in times of what was read once: so
# the work grows with the file, whatever is in it.
_READ_AGAIN = 2
# The csv module stops a whole file at one big cell. A cell can't be longer than its file, and how
# long a comment may be is decided row by row, so that the rest goes in.
csv.field_size_limit(MAX_FILE_BYTES + 1)

_CHUNK = 1024 * 1024
_DISGUISES = {
    b"PK\x03\x04": _(
        "This is a spreadsheet or a zip file. Open it, choose “Save as”, then “CSV UTF-8”, and "
        "bring that file in."
    ),
    b"PK\x05\x06": _("This is an empty zip file. Bring in a CSV file."),
    b"\xd0\xcf\x11\xe0": _(
        "This is an old spreadsheet or document. Open it, choose “Save as”, then “CSV UTF-8”, "
        "and bring that file in."
    ),
    b"%PDF": _("This is a PDF. Bring in a CSV file: a table saved as “CSV UTF-8”."),
    b"\x1f\x8b": _("This is a packed file. Unpack it, and bring in the CSV file inside."),
    b"SQLite format 3": _("This is a database. Bring in a CSV file."),
}
# Bytes that mean nothing in Windows-1252.
_NOT_WINDOWS = bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D])
_UNDECODED = re.compile("[\udc80-\udcff]")
_NON_ASCII = re.compile("[^\x00-\x7f]")


class FileRefused(Refusal):
    """A file that can't be brought in at all."""


class FileTooBig(FileRefused):
    """A file past the limit."""

    sentence = _("This file is larger than 50 MB. Split it into smaller files.")


class FileEmpty(FileRefused):
    """A file with nothing in it."""

    sentence = _("This file is empty. Check that you chose the right one.")


class HeadingsOnly(FileRefused):
    """A file with headings and no rows."""

    sentence = _("This file has headings but no rows under them. Add the comments, one a row.")


class NoHeadings(FileRefused):
    """A file whose first row names no columns."""

    sentence = _("The first row is blank. Give each column a heading in the first row.")


class TooManyColumns(FileRefused):
    """A file wider than anybody can say the meaning of."""

    sentence = _(
        "This file has more than 200 columns. Delete those without comments, and bring it in again."
    )


class BadHeadings(FileRefused):
    """A file whose first row can't be told apart."""

    sentence = _(
        "The headings can't be read: their quote marks don't match up. Correct the first row."
    )


class NotReadable(FileRefused):
    """A file in no encoding we know."""

    sentence = _(
        "The letters in this file can't be read: it is neither UTF-8, UTF-16 nor Windows-1252. "
        "Open it in your spreadsheet, choose “Save as”, then “CSV UTF-8”."
    )


class Row(NamedTuple):
    """One row: its number as a spreadsheet shows it, its cells, and what is wrong with it."""

    number: int
    cells: list[str]
    fault: str = ""


@dataclass(frozen=True)
class Scan:
    """What one pass over a whole file's bytes found."""

    size: int
    digest: str
    encoding: str


def scan_file(file: BinaryIO) -> Scan:
    """Read a file once: its size, hash and encoding. Raises FileRefused.

    A file that is nearly all sound UTF-8 is read as UTF-8, and its bad rows are refused one by
    one; else Windows-1252 is tried.
    """
    file.seek(0)
    head = file.read(4096)
    if not head:
        raise FileEmpty
    for magic, sentence in _DISGUISES.items():
        if head.startswith(magic):
            raise FileRefused(sentence)
    wide = _utf16(head)
    decoder = codecs.getincrementaldecoder(wide or "utf-8")("strict" if wide else "surrogateescape")
    digest, size, sound, bad, windows = RunningFingerprint(), 0, 0, 0, True
    file.seek(0)
    while chunk := file.read(_CHUNK):
        size += len(chunk)
        if size > MAX_FILE_BYTES:
            raise FileTooBig
        digest.add(chunk)
        if wide or not chunk.isascii():
            text = _decoded(decoder, chunk)
            unread = len(_UNDECODED.findall(text))
            bad += unread
            sound += len(_NON_ASCII.findall(text)) - unread
            windows = windows and len(chunk.translate(None, _NOT_WINDOWS)) == len(chunk)
        else:
            bad += len(_UNDECODED.findall(_decoded(decoder, chunk)))
    bad += len(_UNDECODED.findall(_decoded(decoder, b"", final=True)))
    if wide:
        return Scan(size, digest.value, wide)
    if bad == 0 or bad * 2 < sound:
        return Scan(size, digest.value, "utf-8-sig")
    if not windows:
        raise NotReadable
    return Scan(size, digest.value, "cp1252")


def _decoded(decoder: codecs.IncrementalDecoder, chunk: bytes, final: bool = False) -> str:
    """Decode the next bytes. Raises NotReadable."""
    try:
        return decoder.decode(chunk, final)
    except UnicodeDecodeError as error:
        raise NotReadable from error


def _utf16(head: bytes) -> str:
    """Name the kind of UTF-16 that a file's first bytes show, or an empty string."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Without a mark: Western text has a zero in every second byte.
    even, odd = head[::2].count(0), head[1::2].count(0)
    many = len(head) // 4
    if odd > many and even <= odd // 8:
        return "utf-16-le"
    if even > many and odd <= even // 8:
        return "utf-16-be"
    return ""


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


def _delimiter(first_lines: list[str]) -> str:
    """Choose the delimiter that gives the headings the most cells; a comma when in doubt."""
    widths = {mark: len(next(csv.reader(first_lines, delimiter=mark), [])) for mark in ",;\t"}
    return max(widths, key=lambda mark: widths[mark])


@dataclass(frozen=True)
class CsvTable:
    """A file's headings, and its rows still to be read."""

    headings: list[str]
    rows: Iterator[Row]


def read_table(file: BinaryIO, encoding: str) -> CsvTable:
    """Read a file's headings, and its rows as they are asked for. Raises FileRefused.

    Blank lines, and rows of nothing but delimiters, which spreadsheets leave behind, are no rows;
    but they count in the numbers, as in a spreadsheet.
    """
    lines = iter(_text(file, encoding))
    first = [line for _number, line in zip(range(50), lines, strict=False)]
    stream = parse_rows(Lines(chain(first, lines), _delimiter(first)))
    cells, fault = next(stream, ([], ""))
    if len(cells) > MOST_COLUMNS or fault == RefusalReason.MORE_CELLS:
        raise TooManyColumns
    if fault:
        raise BadHeadings
    headings = _headings(cells)

    def numbered() -> Iterator[Row]:
        for number, (cells, fault) in enumerate(stream, start=2):
            if fault or any(cell.strip() for cell in cells):
                yield Row(number, cells, fault)

    return CsvTable(headings, numbered())


def without_rows(file: BinaryIO, encoding: str, erased: Set[int]) -> Iterator[bytes]:
    """Give a file's bytes again, with nothing in the rows of these numbers; the others keep theirs.

    A row that is no row but a line that could not be read is given as it stands.
    """
    file.seek(0)
    is_marked = file.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8
    lines = iter(_text(file, encoding))
    first = [line for _number, line in zip(range(50), lines, strict=False)]
    source = Lines(chain(first, lines), _delimiter(first))
    # Its mark, where it has one, comes once.
    kept = "utf-8" if encoding == "utf-8-sig" and not is_marked else encoding
    encode = codecs.getincrementalencoder(kept)("surrogateescape").encode
    for number, (cells, fault) in enumerate(parse_rows(source), start=1):
        whole = "".join(cells) if fault else source.row
        end = "\r\n" if whole.endswith("\r\n") else "\n"
        yield encode(end if number in erased else whole)


def _headings(cells: list[str]) -> list[str]:
    """Return the columns' names. Raises NoHeadings, or FileRefused for a name used twice."""
    if any("\x00" in cell or _UNDECODED.search(cell) for cell in cells):
        raise NotReadable
    names = [clean_typed(cell).strip() for cell in cells]
    if not any(names):
        raise NoHeadings
    seen: set[str] = set()
    for name in names:
        if name and name in seen:
            raise FileRefused(
                _("Two columns are called “%(name)s”. Give each a heading of its own.")
                % {"name": name[:60]}
            )
        seen.add(name)
    return [name or _column_name(number, seen) for number, name in enumerate(names, start=1)]


def _column_name(number: int, taken: set[str]) -> str:
    """Name a column without a heading by its place."""
    name = f"Column {number}"
    return name if name not in taken else f"Column {number} (no heading)"


def row_fault(cells: list[str], width: int) -> str:
    """Say what is wrong with a row whatever its columns mean, or an empty string."""
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        return RefusalReason.MORE_CELLS
    for cell in cells:
        if not cell.isascii():
            if _UNDECODED.search(cell):
                return RefusalReason.BAD_CHARACTERS
        if "\x00" in cell:
            return RefusalReason.NUL
    return ""
