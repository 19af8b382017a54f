"""What one pass over a file's bytes finds: its kind by its content, size, hash and letters."""

import codecs
import re
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import RunningFingerprint
from engagements.imports.letters import UNDECODED, guess_encoding
from engagements.imports.refusals import FileEmpty, FileRefused, FileTooBig, NotReadable
from engagements.imports.workbook_parts import ZIPPED, check_workbook, refuse_old_document

MAX_FILE_BYTES = 50 * 1024 * 1024
_CHUNK = 1024 * 1024
_OLD_DOCUMENT = b"\xd0\xcf\x11\xe0"
_DISGUISES = {
    b"PK\x05\x06": _("This is an empty zip file. Bring in a table: .xlsx or CSV."),
    b"%PDF": _("This is a PDF. Bring in a table: .xlsx, or saved as “CSV UTF-8”."),
    b"\x1f\x8b": _("This is a packed file. Unpack it, and bring in the table inside."),
    b"SQLite format 3": _("This is a database. Bring in a table: .xlsx or CSV."),
}
_NON_ASCII = re.compile("[^\x00-\x7f]")


@dataclass(frozen=True)
class Scan:
    """What one pass over a whole file's bytes found; ``encoding`` is empty for a workbook."""

    size: int
    digest: str
    encoding: str

    @property
    def is_workbook(self) -> bool:
        """Whether it is an Excel file, and no text."""
        return not self.encoding


def scan_file(file: BinaryIO) -> Scan:
    """Read a file once: its size, hash and encoding. Raises FileRefused.

    A file that is nearly all sound UTF-8 is read as UTF-8, and its bad rows are refused one by
    one; else the encoding is guessed from its words.
    """
    file.seek(0)
    head = file.read(4096)
    if not head:
        raise FileEmpty
    for magic, sentence in _DISGUISES.items():
        if head.startswith(magic):
            raise FileRefused(sentence)
    if head.startswith(_OLD_DOCUMENT):
        refuse_old_document(file)
    if head.startswith(ZIPPED):
        scanned = Scan(*_measured(file), encoding="")
        check_workbook(file)
        return scanned
    return _scan_text(file, _utf16(head))


def _measured(file: BinaryIO) -> tuple[int, str]:
    """Return a file's size and hash. Raises FileTooBig."""
    digest, size = RunningFingerprint(), 0
    file.seek(0)
    while chunk := file.read(_CHUNK):
        size += len(chunk)
        if size > MAX_FILE_BYTES:
            raise FileTooBig
        digest.add(chunk)
    return size, digest.value


def _scan_text(file: BinaryIO, wide: str) -> Scan:
    """Read a text once; ``wide`` is its kind of UTF-16, if it is one. Raises FileRefused."""
    decoder = codecs.getincrementaldecoder(wide or "utf-8")("strict" if wide else "surrogateescape")
    digest, size, sound, bad = RunningFingerprint(), 0, 0, 0
    file.seek(0)
    while chunk := file.read(_CHUNK):
        size += len(chunk)
        if size > MAX_FILE_BYTES:
            raise FileTooBig
        digest.add(chunk)
        if wide or not chunk.isascii():
            text = _decoded(decoder, chunk)
            unread = len(UNDECODED.findall(text))
            bad += unread
            sound += len(_NON_ASCII.findall(text)) - unread
        else:
            bad += len(UNDECODED.findall(_decoded(decoder, chunk)))
    bad += len(UNDECODED.findall(_decoded(decoder, b"", final=True)))
    if wide:
        return Scan(size, digest.value, wide)
    if bad == 0 or bad * 2 < sound:
        return Scan(size, digest.value, "utf-8-sig")
    return Scan(size, digest.value, guess_encoding(file))


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
