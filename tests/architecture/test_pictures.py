"""The pictures of the documentation are those that bin/pictures takes, are used, and are small."""

from tests.architecture.sources import ROOT
from tests.browser.pictures import FOLDER, PICTURES


def test_each_picture_is_taken_used_and_small() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "ARCHITECTURE.md"]
    pages += sorted((ROOT / "docs").rglob("*.md"))
    text = "\n".join(page.read_text() for page in pages)
    kept = {path.name for path in FOLDER.iterdir()}
    assert kept == {f"{picture.name}.webp" for picture in PICTURES}
    assert [name for name in sorted(kept) if f"pictures/{name}" not in text] == []
    assert [name for name in kept if (FOLDER / name).stat().st_size > 150_000] == []
    assert len(kept) >= 6
