"""What is inside of a backup: counted and digested; what was made to do harm is refused."""

import io
import json
import tarfile
from collections.abc import Iterable
from typing import Any

import pytest

from coproduction.backup.archive import (
    ArchiveReader,
    ArchiveWriter,
    PartsWriter,
    TableReader,
    table_of,
)
from coproduction.backup.refusing import BackupRefused

ABOUT = {"format": 1, "made": "2026-01-01"}


def tar_of(members: Iterable[tuple[tarfile.TarInfo, bytes]]) -> io.BytesIO:
    """Write a tar by hand."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as tar:
        for member, content in members:
            tar.addfile(member, io.BytesIO(content))
    raw.seek(0)
    return raw


def member(name: str, content: bytes = b"", **more: Any) -> tuple[tarfile.TarInfo, bytes]:
    """Give a member of a tar."""
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for key, value in more.items():
        setattr(info, key, value)
    return info, content


def test_a_table_comes_back_from_its_parts_and_its_rows_are_counted() -> None:
    raw = io.BytesIO()
    rows = [f"{number}\tsomething said\n".encode() for number in range(300_000)]
    with ArchiveWriter(raw) as archive:
        archive.add_json("about.json", ABOUT)
        parts = PartsWriter(archive, "tables/engagements_comment")
        for row in rows:
            parts.write(row)
        content = parts.finish()
        archive.add("files/a.pdf", io.BytesIO(b"a file"), 6)
        archive.add_json("manifest.json", {"all": "of it"})
    raw.seek(0)

    reader = ArchiveReader(raw)
    found = reader.parts()
    table = TableReader(next(found), found)
    assert table.name == "engagements_comment"
    assert b"".join(table.pieces()) == b"".join(rows)
    assert (table.rows, parts.rows, table.content) == (300_000, 300_000, content)
    assert table.after is not None
    assert (table.after.name, table.after.read()) == ("files/a.pdf", b"a file")
    assert list(found) == []
    assert (reader.about, reader.manifest) == (ABOUT, {"all": "of it"})


def test_an_empty_table_has_no_part() -> None:
    raw = io.BytesIO()
    with ArchiveWriter(raw) as archive:
        assert PartsWriter(archive, "tables/empty").finish().bytes == 0
    assert b"empty" not in raw.getvalue()


def test_a_file_that_shrank_while_it_was_copied_is_refused() -> None:
    raw = io.BytesIO()
    with (
        pytest.raises(BackupRefused, match="files/a changed while it was copied"),
        ArchiveWriter(raw) as archive,
    ):
        archive.add("files/a", io.BytesIO(b"short"), 6)
    assert raw.getvalue() == b""


@pytest.mark.parametrize("raw", [b"", b"x" * 10_000, bytes(10_240)])
def test_what_is_no_archive_of_ours_is_no_backup(raw: bytes) -> None:
    with pytest.raises(BackupRefused, match="This is not a backup"):
        ArchiveReader(io.BytesIO(raw))


def test_somebody_elses_tar_is_no_backup() -> None:
    with pytest.raises(BackupRefused, match="This is not a backup"):
        ArchiveReader(tar_of([member("holiday.jpg", b"a picture")]))


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b"\xff", b'{"a":' * 50_000])
def test_what_it_says_of_itself_is_read_with_care(text: bytes) -> None:
    with pytest.raises(BackupRefused, match="damaged"):
        ArchiveReader(tar_of([member("about.json", text)]))


def test_a_newer_form_is_refused() -> None:
    about = json.dumps({**ABOUT, "format": 2}).encode()
    with pytest.raises(BackupRefused, match="newer version of the app"):
        ArchiveReader(tar_of([member("about.json", about)]))


def test_one_without_its_end_is_damaged() -> None:
    reader = ArchiveReader(
        tar_of([member("about.json", json.dumps(ABOUT).encode()), member("files/a", b"a")])
    )
    with pytest.raises(BackupRefused, match="damaged"):
        list(reader.parts())


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_a_link_is_never_followed(kind: bytes) -> None:
    reader = ArchiveReader(
        tar_of(
            [
                member("about.json", json.dumps(ABOUT).encode()),
                member("files/a", type=kind, linkname="/etc/passwd"),
            ]
        )
    )
    with pytest.raises(BackupRefused, match="damaged"):
        list(reader.parts())


def test_only_a_tables_part_is_a_tables() -> None:
    assert table_of("tables/plan_edition.000001") == "plan_edition"
    assert table_of("files/tables/a.000001") == table_of("tables") == ""
