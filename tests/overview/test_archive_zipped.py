"""Zips that mean harm are refused before anything of them is taken in."""

import struct
import zipfile
from pathlib import Path

import pytest

from overview.archive import zipped
from overview.archive.refusals import ArchiveDamaged, ArchiveTooBig, NoArchive
from overview.services.bringing_in import bring_in
from tests.overview.archives import counts, members_of, pack, with_lines

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_what_is_no_zip_is_refused(tmp_path: Path, decided_archive: Path) -> None:
    whole = decided_archive.read_bytes()
    tried = 0
    for content in (b"", b"PK", b"x" * 5_000, whole[: len(whole) // 2], whole[:-30]):
        path = tmp_path / f"{tried}.zip"
        path.write_bytes(content)
        with pytest.raises(NoArchive):
            bring_in(path=path)
        tried += 1
    with pytest.raises(NoArchive):
        bring_in(path=tmp_path / "nowhere.zip")
    assert tried == 5


def test_names_that_stand_twice_and_links_are_refused(
    decided_archive: Path, tmp_path: Path
) -> None:
    members = members_of(decided_archive)
    twice = tmp_path / "twice.zip"
    with zipfile.ZipFile(twice, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("manifest.json", b"{}")
    link = tmp_path / "link.zip"
    with zipfile.ZipFile(link, "w") as archive:
        for name, content in members.items():
            about = zipfile.ZipInfo(name)
            about.external_attr = (0o120777 if name == "schema.json" else 0o100600) << 16
            archive.writestr(about, content)
    for path in (twice, link):
        with pytest.raises(ArchiveDamaged):
            bring_in(path=path)


def test_what_unpacks_to_too_much_is_refused_while_it_is_read(
    decided_archive: Path, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    members = members_of(decided_archive)
    bomb = pack(tmp_path / "bomb.zip", {**members, "schema.json": b" " * 40_000_000})
    assert bomb.stat().st_size < 1_000_000
    line = pack(tmp_path / "line.zip", with_lines(members, "engagements.Comment", b"x" * 3_000_000))
    before = counts()
    with pytest.raises(ArchiveTooBig):
        bring_in(path=bomb)
    monkeypatch.setattr(zipped, "MOST_IN_A_LINE", 1_000_000)
    with pytest.raises(ArchiveTooBig):
        bring_in(path=line)
    monkeypatch.setattr(zipped, "MOST_IN_ALL", 100_000)
    with pytest.raises(ArchiveTooBig):
        bring_in(path=decided_archive)
    assert counts() == before


def test_a_directory_without_end_is_refused(tmp_path: Path, decided_archive: Path) -> None:
    whole = bytearray(decided_archive.read_bytes())
    at = whole.rfind(b"PK\x05\x06")
    whole[at + 10 : at + 16] = struct.pack("<HI", 60_000, 2**31)
    path = tmp_path / "endless.zip"
    path.write_bytes(whole)
    with pytest.raises(ArchiveTooBig):
        bring_in(path=path)
