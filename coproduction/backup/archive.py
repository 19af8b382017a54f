"""What is inside of a backup: a tar of what it holds, each part with its digest, and a manifest.

``about.json`` stands first and says what it is, ``manifest.json`` last: what there should be.
"""

import io
import json
import tarfile
from collections.abc import Iterator, Mapping
from typing import IO, Any, BinaryIO, NamedTuple, cast

from coproduction.backup.refusing import BackupRefused
from coproduction.backup.sealing import NOT_A_BACKUP
from coproduction.fingerprints import RunningFingerprint

ABOUT, MANIFEST = "about.json", "manifest.json"
FORMAT = 1
_PIECE = 1 << 18
# A table is cut into so much: its size is not known before.
_PART = 4 << 20
# Longer is no list of ours.
_LONGEST_JSON = 64 << 20
NEWER = "This backup was made by a newer version of the app: bring the app up to date first."
DAMAGED = "This backup is damaged: what it holds is not what it says. Take another copy."


class Content(NamedTuple):
    """What tells that a part is whole."""

    bytes: int
    digest: str


NOTHING = Content(0, RunningFingerprint().value)


class _Out:
    """The file that an archive is written to, for as long as there is one to be."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.is_given_up = file, False

    def write(self, piece: bytes) -> int:
        """Write all of it; an archive that was given up still tries to write its end."""
        return len(piece) if self.is_given_up else self._file.write(piece)


class ArchiveWriter:
    """Writes a backup, part after part, to a file that can't go back: ``with ArchiveWriter(…)``."""

    def __init__(self, file: BinaryIO) -> None:
        """Begin."""
        self._out = _Out(file)
        self._tar = tarfile.open(fileobj=cast(Any, self._out), mode="w|", bufsize=_PIECE)

    def __enter__(self) -> "ArchiveWriter":
        """Give it."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_more: object) -> None:
        """Write the end, unless it was given up."""
        self._out.is_given_up = kind is not None
        self._tar.close()

    def add(self, name: str, source: IO[bytes], size: int) -> Content:
        """Add so many bytes of a file. Raises BackupRefused where it has fewer."""
        seen = _Digesting(source, size)
        self._add(name, size, seen)
        if seen.left:
            raise BackupRefused(f"{name} changed while it was copied: begin the backup again.")
        return seen.content

    def add_json(self, name: str, what: Mapping[str, Any]) -> None:
        """Add a short text for a machine."""
        text = json.dumps(what, ensure_ascii=False, indent=1).encode()
        self._add(name, len(text), io.BytesIO(text))

    def add_part(self, name: str, part: bytes) -> None:
        """Add a piece that is in memory."""
        self._add(name, len(part), io.BytesIO(part))

    def _add(self, name: str, size: int, source: Any) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, source)
        # It would keep all it ever wrote.
        self._tar.members.clear()  # type: ignore[attr-defined]


class _Digesting:
    """Reads at most so many bytes of a file and digests them; what is missing is filled up."""

    def __init__(self, source: IO[bytes], size: int) -> None:
        self._source, self._size, self.left = source, size, size
        self._digest = RunningFingerprint()

    def read(self, most: int) -> bytes:
        """Read on. A member of the size that was said is written all the same: it is refused."""
        piece = self._source.read(min(most, self.left)) if self.left else b""
        self.left -= len(piece)
        self._digest.add(piece)
        return piece + bytes(most - len(piece))

    @property
    def content(self) -> Content:
        """What was read."""
        return Content(self._size, self._digest.value)


class PartsWriter:
    """A file to write one table to, its rows ending in line breaks: cut into parts, counted."""

    def __init__(self, archive: ArchiveWriter, name: str) -> None:
        """Begin; nothing is added until there is something."""
        self._archive, self._name = archive, name
        self._waiting, self._parts = bytearray(), 0
        self._digest, self.rows, self._bytes = RunningFingerprint(), 0, 0

    def write(self, piece: bytes) -> int:
        """Take some rows; a part is added once it is full."""
        self._waiting += piece
        if len(self._waiting) >= _PART:
            self._add()
        return len(piece)

    def finish(self) -> Content:
        """Add what is left of it, if anything."""
        if self._waiting:
            self._add()
        return Content(self._bytes, self._digest.value)

    def _add(self) -> None:
        part = bytes(self._waiting)
        self._digest.add(part)
        self.rows += part.count(b"\n")
        self._bytes += len(part)
        self._archive.add_part(f"{self._name}.{self._parts:06}", part)
        self._parts += 1
        self._waiting.clear()


class Member:
    """A part being read: its name and size, and ``read``, which digests."""

    def __init__(self, name: str, size: int, source: IO[bytes]) -> None:
        """Take a member as it comes."""
        self.name, self.size = name, size
        self._source, self._digest, self.rows = source, RunningFingerprint(), 0

    def read(self, most: int = _PIECE) -> bytes:
        """Read on; nothing at its end."""
        piece = self._source.read(most)
        self._digest.add(piece)
        self.rows += piece.count(b"\n")
        return piece

    def pieces(self) -> Iterator[bytes]:
        """Read the rest of it, a piece at a time."""
        while piece := self.read():
            yield piece

    @property
    def content(self) -> Content:
        """What was read, once all was."""
        return Content(self.size, self._digest.value)


class ArchiveReader:
    """Reads a backup. ``about`` is there at once, ``manifest`` when all parts were read."""

    def __init__(self, file: BinaryIO) -> None:
        """Read what it is. Raises BackupRefused."""
        self.manifest: dict[str, Any] = {}
        try:
            self._tar = tarfile.open(fileobj=file, mode="r|", bufsize=_PIECE)
            first = self._next()
        except (tarfile.TarError, EOFError):
            raise BackupRefused(NOT_A_BACKUP) from None
        if first is None or first.name != ABOUT:
            raise BackupRefused(NOT_A_BACKUP)
        self.about = self._json(first)
        if self.about.get("format") != FORMAT:
            raise BackupRefused(NEWER)

    def parts(self) -> Iterator[Member]:
        """Yield each part, to be read before the next. Raises BackupRefused."""
        try:
            while member := self._next():
                if member.name == MANIFEST:
                    self.manifest = self._json(member)
                    return
                yield self._part(member)
        except (tarfile.TarError, EOFError):
            raise BackupRefused(DAMAGED) from None
        raise BackupRefused(DAMAGED)

    def _next(self) -> tarfile.TarInfo | None:
        member = self._tar.next()
        self._tar.members.clear()  # type: ignore[attr-defined]
        return member

    def _part(self, member: tarfile.TarInfo) -> Member:
        source = self._tar.extractfile(member) if member.isreg() else None
        if source is None:
            raise BackupRefused(DAMAGED)
        return Member(member.name, member.size, source)

    def _json(self, member: tarfile.TarInfo) -> dict[str, Any]:
        if member.size > _LONGEST_JSON:
            raise BackupRefused(DAMAGED)
        try:
            found = json.loads(b"".join(self._part(member).pieces()))
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise BackupRefused(DAMAGED)
        return found


class TableReader:
    """One table's parts as one file, for COPY: it ends where the next part is not the table's."""

    def __init__(self, first: Member, parts: Iterator[Member]) -> None:
        """Begin at a table's first part. What is read too far is ``after``."""
        self.name = table_of(first.name)
        self.after: Member | None = None
        self._part: Member | None = first
        self._parts = parts
        self._digest, self._bytes, self.rows = RunningFingerprint(), 0, 0

    def read(self, most: int = _PIECE) -> bytes:
        """Read on, from part to part."""
        while self._part is not None:
            if piece := self._part.read(most):
                self._digest.add(piece)
                self._bytes += len(piece)
                self.rows += piece.count(b"\n")
                return piece
            following = next(self._parts, None)
            is_ours = following is not None and table_of(following.name) == self.name
            self._part = following if is_ours else None
            self.after = None if is_ours else following
        return b""

    def pieces(self) -> Iterator[bytes]:
        """Read the rest of it, a piece at a time."""
        while piece := self.read():
            yield piece

    @property
    def content(self) -> Content:
        """What was read, once all was."""
        return Content(self._bytes, self._digest.value)


def table_of(name: str) -> str:
    """Return the table that a part is of; empty for what is no table's."""
    folder, _, rest = name.partition("/")
    return rest.rpartition(".")[0] if folder == "tables" else ""
