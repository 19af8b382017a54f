"""The stored files: what is copied while others add and delete, and where they are put back."""

import io
from pathlib import Path

import pytest

from coproduction.backup.archive import ArchiveWriter, Content, Member
from coproduction.backup.files import (
    CopiedFiles,
    FilesAside,
    clear_files,
    no_files,
    room_for,
    stored_files,
)
from coproduction.backup.refusing import BackupRefused

CONTENT = b"something stored"


def put(folder: Path, name: str, content: bytes = CONTENT) -> Path:
    """Store a file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_what_was_gone_before_the_moment_is_not_put_back_and_what_came_is(files: Path) -> None:
    for name in ("plans/a.pdf", "plans/gone.pdf", "imports/tŷ a ‘b’.csv"):
        put(files, name)
    copied = CopiedFiles(ArchiveWriter(io.BytesIO()))
    copied.copy()
    (files / "plans/gone.pdf").unlink()
    present = set(stored_files())
    put(files, "plans/new.pdf")
    present |= stored_files().keys()
    copied.copy()
    # Deleted after the moment: a record of that moment still names it.
    (files / "plans/a.pdf").unlink()
    assert copied.manifest(present).keys() == {
        "plans/a.pdf",
        "imports/tŷ a ‘b’.csv",
        "plans/new.pdf",
    }


def test_only_files_are_copied(files: Path, tmp_path: Path) -> None:
    put(files, "a")
    (files / "link").symlink_to(put(tmp_path, "elsewhere"))
    (files / "folder-link").symlink_to(tmp_path)
    put(files, ".restoring/half")
    assert stored_files() == {"a": len(CONTENT)}


def test_they_stand_aside_until_all_of_them_came(files: Path) -> None:
    aside = FilesAside()
    part = Member("files/plans/a.pdf", len(CONTENT), io.BytesIO(CONTENT))
    assert aside.takes(part)
    aside.take(part)
    aside.take(Member("files/gone", 0, io.BytesIO(b"")))
    assert no_files()
    said = {"plans/a.pdf": list(part.content)}
    with pytest.raises(BackupRefused, match="damaged"):
        aside.compare({**said, "another": list(Content(1, "0"))})
    with pytest.raises(BackupRefused, match="damaged"):
        aside.compare({"plans/a.pdf": [len(CONTENT), "0"]})
    aside.compare(said)
    aside.place()
    assert stored_files() == {"plans/a.pdf": len(CONTENT)}
    assert (files / "plans/a.pdf").stat().st_mode & 0o777 == 0o600
    assert not (files / ".restoring").exists()
    clear_files()
    assert list(files.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../a", "/etc/a", "a/../../b", "", ".", ".restoring/a", "a\0b", "//a"]
)
def test_a_name_that_leads_elsewhere_is_refused(files: Path, name: str) -> None:
    with pytest.raises(BackupRefused, match="damaged"):
        FilesAside().take(Member(f"files/{name}", 0, io.BytesIO(b"")))
    assert [path for path in files.parent.rglob("*") if path.is_file()] == []


def test_too_little_room_is_told_in_megabytes(tmp_path: Path) -> None:
    room_for(1, tmp_path / "not" / "there" / "yet")
    with pytest.raises(BackupRefused, match=r"^There is no room: this needs about 1,\d{3},\d{3},"):
        room_for(10**18 + 10**17, tmp_path)
