"""A Welsh page is never less than the English one: no string that anyone sees lacks its Welsh."""

import html
import re
import shutil
import subprocess
import sys

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.architecture.sources import OWN, ROOT
from tests.architecture.walk import ADDRESSES

PO = "locale/cy/LC_MESSAGES/django.po"
# What the program puts into a sentence: %(name)s.
PLACES = re.compile(r"%\(\w+\)[sd]")


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Return the Welsh catalogue as it would be if every string of today were gathered into it."""
    copy = tmp_path_factory.mktemp("sources")
    for name in (*OWN, "templates", "locale"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("*.mo", "*.pyc"))
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--locale=cy", "--verbosity=0"],
        cwd=copy,
        check=True,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHONPATH": str(copy)},
    )
    with (copy / PO).open("rb") as file:
        return read_po(file, locale="cy")


def lacks_welsh(message: Message) -> bool:
    """Say whether a string has no Welsh, or a guess for one."""
    said = message.string if isinstance(message.string, list | tuple) else [message.string]
    return bool(message.id) and (message.fuzzy or not all(said))


def test_every_string_has_its_welsh(catalogue: Catalog) -> None:
    asked = [message for message in catalogue if message.id]
    assert len(asked) > 1000
    assert [message.id for message in asked if lacks_welsh(message)] == []


def test_what_is_filled_in_is_filled_in_in_welsh_too(catalogue: Catalog) -> None:
    for message in catalogue:
        english = message.id if isinstance(message.id, list | tuple) else [message.id]
        welsh = message.string if isinstance(message.string, list | tuple) else [message.string]
        known = set(PLACES.findall(" ".join(english)))
        assert set(PLACES.findall(" ".join(welsh))) <= known, message.id
        # One and two may be said without their number; many may not.
        assert set(PLACES.findall(welsh[-1])) == set(PLACES.findall(english[-1])), message.id


def test_what_follows_a_number_agrees_with_it(catalogue: Catalog) -> None:
    """The number stands before it, on its own: "1 cam", "2 gam", "5 o gamau"."""
    bare = [
        message
        for message in catalogue
        if isinstance(message.id, list | tuple) and not PLACES.search(" ".join(message.id))
    ]
    assert len(bare) > 10
    same = [message.id for message in bare if len(set(message.string[:3])) < 2]
    assert same == []


def test_nothing_out_of_use_or_guessed_is_kept() -> None:
    source = (ROOT / PO).read_text()
    assert "#~" not in source
    assert "fuzzy" not in source


@pytest.mark.once
def test_public_pages_in_welsh_show_no_string_that_lacks_it(catalogue, worlds, ask) -> None:
    english = {
        str(message.id)
        for message in catalogue
        if lacks_welsh(message) and isinstance(message.id, str) and "%" not in message.id
    }
    looked, wrong = 0, []
    for address in ADDRESSES:
        if address.access not in {"public", "anyone"} or not address.in_languages:
            continue
        url = address.url(worlds.ours.kwargs(address.name), "cy")
        answer = ask(None, "GET", url)
        if answer.status_code == 200 and "text/html" in answer["Content-Type"]:
            looked += 1
            pieces = re.sub(r"<[^>]*>", "\n", answer.content.decode()).splitlines()
            shown = {html.unescape(piece).strip() for piece in pieces}
            wrong += [f"{url}: {string}" for string in sorted(shown & english)]
    assert wrong == []
    assert looked > 3


def test_titles_of_public_pages_are_plain_text(worlds, ask) -> None:
    looked = 0
    for address in ADDRESSES:
        if address.access in {"public", "anyone"} and address.in_languages:
            answer = ask(None, "GET", address.url(worlds.ours.kwargs(address.name), "cy"))
            if titles := re.findall(r"<title>([^<]*<?[^<]*)", answer.content.decode()):
                looked += 1
                assert "span" not in titles[0]
                assert "&lt;" not in titles[0]
    assert looked > 3
