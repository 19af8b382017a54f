"""The stored files of an installation: found, copied, and put back when all of them are there."""

import errno
import os
import shutil
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.storage import default_storage

from coproduction.backup.archive import DAMAGED, ArchiveWriter, Content, Member
from coproduction.backup.refusing import BackupRefused
from coproduction.ui.numbers import format_number

FILES = "files/"
# Files stand here, beside where they will be, until all of them came.
_ASIDE = ".restoring"


def stored_files() -> dict[str, int]:
    """Return the size of each stored file, by its name."""
    root = _root()
    found = {}
    for folder, folders, names in os.walk(root):
        if Path(folder) == root and _ASIDE in folders:
            folders.remove(_ASIDE)
        for name in names:
            path = Path(folder, name)
            # What was deleted meanwhile is no longer stored; what is no file is not ours.
            with suppress(FileNotFoundError):
                if stat.S_ISREG((seen := path.lstat()).st_mode):
                    found[path.relative_to(root).as_posix()] = seen.st_size
    return found


class CopiedFiles:
    """What of the stored files a backup has."""

    def __init__(self, archive: ArchiveWriter) -> None:
        """Begin with none."""
        self._archive = archive
        self._copied: dict[str, Content] = {}

    def copy(self) -> None:
        """Add every stored file that was not yet; one that goes meanwhile is passed over."""
        for name in sorted(stored_files().keys() - self._copied.keys()):
            with suppress(FileNotFoundError), (_root() / name).open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                self._copied[name] = self._archive.add(f"{FILES}{name}", file, size)

    def manifest(self, still_there: set[str]) -> dict[str, list[Any]]:
        """Say what there should be: ``still_there`` or copied after, without what was deleted."""
        return {name: list(said) for name, said in self._copied.items() if name in still_there}


class FilesAside:
    """Restored files, in a folder of their own inside of the storage, then all at once in place."""

    def __init__(self) -> None:
        """Begin with none."""
        self._aside = _root() / _ASIDE
        self._found: dict[str, Content] = {}

    def takes(self, part: Member) -> bool:
        """Whether a part is a file."""
        return part.name.startswith(FILES)

    def take(self, part: Member) -> None:
        """Put a file aside. Raises BackupRefused for a name that leads elsewhere."""
        name = part.name.removeprefix(FILES)
        path = self._aside / _safe(name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for piece in part.pieces():
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        self._found[name] = part.content

    def compare(self, wanted: Mapping[str, Any]) -> None:
        """Drop what was deleted while the backup was made. Raises BackupRefused where one lacks."""
        if any(list(self._found.get(name, ())) != said for name, said in wanted.items()):
            raise BackupRefused(DAMAGED)
        for name in self._found.keys() - wanted.keys():
            (self._aside / _safe(name)).unlink()

    def place(self) -> None:
        """Put the files where the app looks for them."""
        if not self._aside.exists():
            return
        for path in sorted(self._aside.iterdir()):
            path.rename(_root() / path.name)
        self._aside.rmdir()


def no_files() -> bool:
    """Whether nothing is stored yet."""
    return not stored_files()


def clear_files() -> None:
    """Remove what an unfinished restore had stored: there was nothing before it."""
    root = _root()
    for path in root.iterdir() if root.is_dir() else ():
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def room_for(size: int, place: Path) -> None:
    """Make sure that so many bytes can be written there. Raises BackupRefused."""
    while not place.exists():
        place = place.parent
    left = shutil.disk_usage(place).free
    if left < size:
        raise BackupRefused(
            f"There is no room: this needs about {_megabytes(size)} MB in {place}, and "
            f"{_megabytes(left)} MB are free."
        )


def sync_folder(folder: Path) -> None:
    """Have the disk keep the names in a folder."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError as problem:
        if problem.errno != errno.EINVAL:  # Some file systems keep names by themselves.
            raise
    finally:
        os.close(opened)


def _root() -> Path:
    """Return the folder of the stored files."""
    return Path(default_storage.path(""))


def _safe(name: str) -> PurePosixPath:
    """Return a name that stays inside of the folder. Raises BackupRefused for any other."""
    path = PurePosixPath(name)
    is_inside = path.parts and not path.is_absolute() and ".." not in path.parts
    if not is_inside or "\0" in name or path.parts[0] == _ASIDE:
        raise BackupRefused(DAMAGED)
    return path


def _megabytes(size: int) -> str:
    """Write bytes as people read them."""
    return format_number(round(size / 1_000_000))
