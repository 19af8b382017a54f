"""An Excel file's parts, unpacked by us: known by content, and never more than a limit.

A workbook is a zip of XML. What reads it would take a cell in the last column and last row for a
table of seventeen thousand million cells, and believes what a zip says of itself; so it is given a
zip of our own, of parts that were measured while they were unpacked. See docs/decisions/0087.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import NamedTemporaryFile
from typing import Any, BinaryIO
from xml.etree import ElementTree as ET

from django.utils.translation import gettext_lazy as _

from engagements.imports.refusals import (
    FileRefused,
    NoSheet,
    WorkbookDamaged,
    WorkbookLocked,
    WorkbookTooBig,
)
from engagements.imports.sheet_measure import MOST_UNPACKED, SheetMeasure, shared_texts

ZIPPED = b"PK\x03\x04"
# A part that says what there is, and is read whole.
_MOST_IN_SMALL = 4 * 1024 * 1024
_MOST_MEMBERS = 20_000
_MOST_SHARED = 150 * 1024 * 1024
_CHUNK = 1024 * 1024
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_SMALL = ("[Content_Types].xml", "_rels/.rels", _WORKBOOK, _RELATIONS)
_STYLES = "xl/styles.xml"
_SHARED = "xl/sharedStrings.xml"
_IS_LOCKED = 0x1
_READ = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SAVE_AS = _(
    "Open it, choose “Save as”, then “Excel workbook (.xlsx)” or “CSV UTF-8”, and bring that in."
)
# What other zipped documents have in them, and what each is.
_OTHERS = (
    ("xl/workbook.bin", _("This is a binary Excel workbook (.xlsb).")),
    ("content.xml", _("This is an OpenDocument file (.ods or .odt).")),
    ("Index/Document.iwa", _("This is a file of Numbers or Pages.")),
    ("Index.zip", _("This is a file of Numbers or Pages.")),
    ("word/document.xml", _("This is a Word document.")),
    ("ppt/presentation.xml", _("This is a presentation.")),
)


@dataclass(frozen=True)
class SheetPart:
    """A sheet of a workbook: its name, the part it is in, and whether people see it."""

    name: str
    part: str
    is_hidden: bool


def refuse_old_document(file: BinaryIO) -> None:
    """Refuse a file of the kind before .xlsx, which a locked .xlsx is wrapped in too.

    Raises WorkbookLocked or FileRefused, always.
    """
    file.seek(0)
    head = file.read(512)
    size = 1 << min(int.from_bytes(head[30:32], "little"), 12)
    file.seek((int.from_bytes(head[48:52], "little") + 1) * size)
    if "EncryptedPackage".encode("utf-16-le") in file.read(8192):
        raise WorkbookLocked
    raise FileRefused(_("This is an old spreadsheet or document. %(then)s") % {"then": _SAVE_AS})


@contextmanager
def _opened(file: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """Open a zip. Raises WorkbookDamaged for whatever is wrong with it, then or later."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (
        *(zipfile.BadZipFile, zlib.error, ET.ParseError, EOFError, KeyError, ValueError),
        *(NotImplementedError, UnicodeError, RuntimeError, OverflowError),
    ) as wrong:
        raise WorkbookDamaged from wrong


def check_workbook(file: BinaryIO) -> None:
    """Refuse a zip that is no workbook we read, by its content and before it is unpacked.

    Raises FileRefused, WorkbookTooBig, WorkbookLocked, WorkbookDamaged, NoSheet.
    """
    with _opened(file) as archive:
        members = archive.infolist()
        if len(members) > _MOST_MEMBERS:
            raise WorkbookTooBig
        names = {each.filename for each in members}
        if not {_WORKBOOK, _RELATIONS} <= names:
            raise FileRefused(_what_else(names))
        if any(each.flag_bits & _IS_LOCKED for each in members):
            raise WorkbookLocked
        sheets = _sheets(archive)
        read = {each.part for each in sheets} | {_SHARED, _STYLES}
        if sum(each.file_size for each in members if each.filename in read) > MOST_UNPACKED:
            raise WorkbookTooBig


def _what_else(names: set[str]) -> str:
    """Say what a zip is that is no workbook, and what to do."""
    for name, sentence in _OTHERS:
        if name in names:
            return f"{sentence} {_SAVE_AS}"
    return str(_("This is a zip file. Unpack it, and bring in the table inside."))


def declared_size(file: BinaryIO) -> int:
    """Return how much a workbook's sheets say they are, unpacked, in bytes."""
    with _opened(file) as archive:
        return sum(archive.getinfo(each.part).file_size for each in _sheets(archive))


def sheets_of(file: BinaryIO) -> list[SheetPart]:
    """Return a workbook's sheets in order. Raises WorkbookDamaged, NoSheet."""
    with _opened(file) as archive:
        return _sheets(archive)


def _sheets(archive: zipfile.ZipFile) -> list[SheetPart]:
    """Read which sheets there are: those of cells, not of charts."""
    targets = {}
    for each in _parsed(archive, _RELATIONS):
        if each.get("Type", "").endswith("/worksheet"):
            target = each.get("Target", "")
            way = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            targets[each.get("Id")] = posixpath.normpath(way)
    found = []
    there = set(archive.namelist())
    for each in _parsed(archive, _WORKBOOK).iter():
        if each.tag.rpartition("}")[2] != "sheet":
            continue
        of = next((value for key, value in each.items() if key.endswith("}id")), "")
        if (part := targets.get(of)) and part in there:
            is_hidden = each.get("state", "visible") != "visible"
            found.append(SheetPart(each.get("name", ""), part, is_hidden))
    if not found:
        raise NoSheet
    return found


def _parsed(archive: zipfile.ZipFile, name: str) -> ET.Element:
    """Read a small part as XML, which defines nothing of its own. Raises WorkbookDamaged."""
    content = _small(archive, name)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\x00" in content:
        raise WorkbookDamaged
    return ET.fromstring(content)  # noqa: S314 -- no entity can be in it


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read a part that has to be small. Raises WorkbookTooBig."""
    return b"".join(_pieces(archive, name, _MOST_IN_SMALL))


def _pieces(archive: zipfile.ZipFile, name: str, most: int = MOST_UNPACKED) -> Iterator[bytes]:
    """Unpack a part, a piece at a time, up to a limit, whatever its heading says of its size."""
    member = archive.getinfo(name)
    if member.compress_type not in _READ or member.file_size > most:
        raise WorkbookTooBig if member.file_size > most else WorkbookDamaged
    with archive.open(member) as part:
        while piece := part.read(_CHUNK):
            if (most := most - len(piece)) < 0:
                raise WorkbookTooBig
            yield piece


def count_rows(file: BinaryIO, sheet: SheetPart) -> int:
    """Count a sheet's rows that have something in them. Raises FileRefused."""
    with _opened(file) as archive:
        measure = SheetMeasure()
        for piece in _pieces(archive, sheet.part):
            measure.read(piece)
        measure.finish()
        return measure.rows


@dataclass(frozen=True)
class OneSheet:
    """A workbook of our own on disk with one sheet, and the cells of it that hold an error.

    ``errors`` are {row number: {column number: "#REF!"}}, both from 1.
    """

    path: str
    errors: dict[int, dict[int, str]]


@contextmanager
def unpacked(file: BinaryIO, sheet: SheetPart, first: int = 0) -> Iterator[OneSheet]:
    """Unpack one sheet with what it needs, measured on the way; gone again at the end.

    With ``first``, only about so many of its first rows. Raises FileRefused.
    """
    with NamedTemporaryFile(suffix=".xlsx") as anew:
        errors = _write_one_sheet(file, sheet, first, anew)
        anew.flush()
        yield OneSheet(anew.name, errors)


def _write_one_sheet(
    file: BinaryIO, sheet: SheetPart, first: int, anew: Any
) -> dict[int, dict[int, str]]:
    """Write the workbook of one sheet, and return where it holds errors. Raises FileRefused."""
    with _opened(file) as archive, zipfile.ZipFile(anew, "w", zipfile.ZIP_STORED) as own:
        there = set(archive.namelist())
        for name in (*_SMALL, _STYLES):
            if name in there:
                own.writestr(name, _small(archive, name))
        lengths = None
        if _SHARED in there:
            with own.open(_SHARED, "w", force_zip64=True) as part:
                lengths = shared_texts(_pieces(archive, _SHARED, _MOST_SHARED), part)
        measure = SheetMeasure(lengths=lengths, first=first)
        with own.open(sheet.part, "w", force_zip64=True) as part:
            for piece in _pieces(archive, sheet.part):
                part.write(measure.read(piece))
            part.write(measure.finish())
    return measure.errors
