"""A stylesheet that imports others is served as one file, with the same rules in the same order."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

from coproduction.ui.stylesheets import OneFileStorage

BACKEND = "coproduction.ui.stylesheets.OneFileStorage"
IMPORTED = re.compile(r'@import "([^"]+)";')

pytestmark = pytest.mark.once


def collected(root: Path) -> OneFileStorage:
    """Collect styles and fonts as a production start does."""
    call_command(
        "collectstatic", interactive=False, verbosity=0, ignore_patterns=["vendor", "js", "*.svg"]
    )
    return OneFileStorage(location=root, base_url="/static/")


def parts_of(path: Path) -> list[Path]:
    """Return the sources that stand in a stylesheet, in their order, to any depth."""
    found = [(path.parent / each).resolve() for each in IMPORTED.findall(path.read_text())]
    return [deeper for each in found for deeper in (parts_of(each) or [each])]


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OneFileStorage]:
    root = tmp_path_factory.mktemp("static")
    storages = settings.STORAGES | {"staticfiles": {"BACKEND": BACKEND}}
    with override_settings(STATIC_ROOT=root, STORAGES=storages):
        yield collected(root)


@pytest.mark.parametrize(("name", "least"), [("css/everyone.css", 15), ("css/frame.css", 11)])
def test_it_holds_every_rule_of_its_parts_and_asks_for_nothing(storage, name, least) -> None:
    served = storage.open(storage.stored_name(name)).read().decode()
    assert "@import" not in served
    parts = parts_of(Path(str(finders.find(name))))
    assert len(parts) == len(set(parts)) >= least
    at = 0
    for part in parts:
        # Addresses in it are written anew; all else is as it was.
        for piece in re.split(r'url\("[^"]*"\)', part.read_text()):
            found = served.find(piece, at)
            assert found >= 0, f"{part.name} is not in {name}, or not in its place"
            at = found + len(piece)


def test_what_it_names_is_there_under_the_name_it_is_served_by(storage) -> None:
    served = Path(storage.path(storage.stored_name("css/everyone.css")))
    addresses = re.findall(r'url\("?([^")]+)"?\)', served.read_text())
    fonts = {each for each in addresses if each.endswith(".woff2")}
    assert len(fonts) == 9
    for each in fonts:
        assert (served.parent / each).resolve().is_file()
        assert re.search(r"\.[0-9a-f]{12}\.woff2$", each)


def test_a_part_that_changed_changes_the_whole_and_its_name(storage, tmp_path) -> None:
    before = storage.stored_name("css/everyone.css")
    (tmp_path / "css").mkdir()
    (tmp_path / "css/public.css").write_text(".new { color: red; }")
    with override_settings(STATICFILES_DIRS=[tmp_path, *settings.STATICFILES_DIRS]):
        finders.get_finder.cache_clear()
        after = collected(Path(storage.location)).stored_name("css/everyone.css")
    finders.get_finder.cache_clear()
    assert after != before
    assert ".new { color: red; }" in storage.open(after).read().decode()
    assert storage.exists(f"{after}.br")


@pytest.mark.django_db
def test_a_page_for_everyone_has_one_stylesheet(client, project) -> None:
    pages = ("", "plan/", "what-we-heard/", "accessibility/", "privacy/")
    for place in pages:
        page = client.get(f"/{project.slug}/{place}").content.decode()
        assert page.count('rel="stylesheet"') == 1, place
