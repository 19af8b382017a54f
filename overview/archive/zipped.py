"""The zip of an archive: written a piece at a time, and read as if whoever made it meant harm."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import msgspec

from coproduction.fingerprints import RunningFingerprint
from overview.archive.refusals import ArchiveDamaged, ArchiveTooBig, ArchiveTooNew, NoArchive
from overview.archive.shape import (
    BEFORE_TIMES_COUNT,
    CHECKER,
    KIND,
    MANIFEST,
    MEGABYTE,
    MOST_IN_A_LINE,
    MOST_IN_ALL,
    MOST_IN_MANIFEST,
    MOST_MEMBERS,
    MOST_TIMES,
    REGISTER,
    SCHEMA,
    VERSION,
    Manifest,
)
from overview.archive.tables import tables

_PIECE = 64 * 1024
# How members may be packed.
_READ = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_IS_LOCKED = 0x1


class WrittenMember:
    """A member that is being written: counted, and its digest taken."""

    def __init__(self, file: IO[bytes]) -> None:
        """Write to the open member of a zip."""
        self._file, self._running, self.bytes = file, RunningFingerprint(), 0

    def write(self, piece: bytes) -> None:
        """Put a piece at the end."""
        self._file.write(piece)
        self._running.add(piece)
        self.bytes += len(piece)

    @property
    def digest(self) -> str:
        """The SHA-256, in hexadecimal, of all bytes written so far."""
        return self._running.value


@contextmanager
def writing(archive: zipfile.ZipFile, name: str) -> Iterator[WrittenMember]:
    """Write one member; every archive has the same date in it, since its manifest says when."""
    about = zipfile.ZipInfo(name)
    about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    with archive.open(about, "w", force_zip64=True) as file:
        yield WrittenMember(file)


class ProjectArchive:
    """An archive that somebody gave us: nothing in it is believed before it was looked at."""

    def __init__(self, path: Path) -> None:
        """Look at what is in it. Raises ArchiveRefused."""
        self._left = MOST_IN_ALL
        try:
            _look_at_directory(path)
            self._zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile, struct.error, ValueError, NotImplementedError) as bad:
            raise NoArchive from bad
        try:
            self._members = self._look_at_members()
            self.manifest = self._read_manifest()
            self._check_names()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> "ProjectArchive":
        return self

    def __exit__(self, *_raised: object) -> None:
        self._zip.close()

    def _look_at_members(self) -> Mapping[str, zipfile.ZipInfo]:
        """Return the members by name. Raises ArchiveRefused."""
        found: dict[str, zipfile.ZipInfo] = {}
        for each in self._zip.infolist():
            if each.filename in found:
                raise ArchiveDamaged("a name stands twice")
            kind = stat.S_IFMT(each.external_attr >> 16)
            if each.is_dir() or kind not in {0, stat.S_IFREG}:
                raise ArchiveDamaged("something in it is not a file")
            if each.flag_bits & _IS_LOCKED or each.compress_type not in _READ:
                raise ArchiveDamaged("something in it can't be read")
            found[each.filename] = each
        if MANIFEST not in found:
            raise NoArchive
        return found

    def _read_manifest(self) -> Manifest:
        """Read what it says of itself. Raises ArchiveRefused."""
        raw = b""
        for piece in self.pieces(MANIFEST):
            raw += piece
            if len(raw) > MOST_IN_MANIFEST:
                raise ArchiveTooBig
        try:
            said = msgspec.json.decode(raw)
            if not isinstance(said, dict) or said.get("kind") != KIND:
                raise NoArchive
            version = said.get("version")
            if isinstance(version, int) and version > VERSION:
                raise ArchiveTooNew
            manifest = msgspec.convert(said, Manifest)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as wrong:
            raise ArchiveDamaged(MANIFEST) from wrong
        if manifest.version != VERSION:
            raise ArchiveDamaged(MANIFEST)
        return manifest

    def _check_names(self) -> None:
        """Refuse members that are not told of, and tables and files that are not there."""
        expected = [table.file for table in tables()]
        named = [f"rows/{each.model}.jsonl" for each in self.manifest.tables]
        if sorted(named) != sorted(expected):
            raise ArchiveDamaged("it has other tables than it should")
        members = [each.member for each in self.manifest.files]
        if members != [member_of_file(place) for place in range(len(members))]:
            raise ArchiveDamaged("its files are not called as they should be")
        names = [each.name for each in self.manifest.files]
        if len(set(names)) != len(names):
            raise ArchiveDamaged("a file stands twice")
        told = {MANIFEST, SCHEMA, REGISTER, CHECKER, *named, *members}
        if told != self._members.keys() or self.manifest.others.keys() != {
            SCHEMA,
            REGISTER,
            CHECKER,
        }:
            raise ArchiveDamaged("something stands in it that it does not tell of")

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a member piece by piece. Raises ArchiveRefused where it unpacks to too much."""
        about, out = self._members[name], 0
        try:
            with self._zip.open(about) as file:
                while piece := file.read(_PIECE):
                    out += len(piece)
                    self._left -= len(piece)
                    if self._left < 0 or (
                        out > BEFORE_TIMES_COUNT and out > MOST_TIMES * about.compress_size
                    ):
                        raise ArchiveTooBig
                    yield piece
        except (OSError, zipfile.BadZipFile, EOFError, NotImplementedError, zlib.error) as bad:
            raise ArchiveDamaged(name) from bad

    def checked(self, name: str, digest: str) -> Iterator[bytes]:
        """Yield a member piece by piece. Raises ArchiveDamaged at its end, if it is another one."""
        running = RunningFingerprint()
        for piece in self.pieces(name):
            running.add(piece)
            yield piece
        if running.value != digest:
            raise ArchiveDamaged(name)

    def lines(self, name: str, digest: str) -> Iterator[Any]:
        """Yield what each line of a member says, as JSON. Raises ArchiveRefused."""
        decode, size = msgspec.json.Decoder().decode, 0
        parts: list[bytes] = []
        try:
            for piece in self.checked(name, digest):
                *whole, rest = piece.split(b"\n")
                for line in whole:
                    yield decode(b"".join([*parts, line]))
                    parts, size = [], 0
                parts.append(rest)
                size += len(rest)
                if size > MOST_IN_A_LINE:
                    raise ArchiveTooBig
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as wrong:
            raise ArchiveDamaged(name) from wrong
        if size:
            raise ArchiveDamaged(name)


def member_of_file(place: int) -> str:
    """Return which member a stored file is, by its place."""
    return f"files/{place:06}"


def _look_at_directory(path: Path) -> None:
    """Refuse a directory of members that has no end: it is read whole. Raises ArchiveTooBig."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _PIECE - 22))
        end = file.read()
    at = end.rfind(b"PK\x05\x06")
    if at < 0:
        raise zipfile.BadZipFile
    number, length = struct.unpack("<HI", end[at + 10 : at + 16])
    if (far := end.rfind(b"PK\x06\x06", 0, at)) >= 0:
        number, length = struct.unpack("<QQ", end[far + 32 : far + 48])
    if number > MOST_MEMBERS or length > 8 * MEGABYTE:
        raise ArchiveTooBig
