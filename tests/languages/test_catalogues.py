"""Compiling translations: when there is need, and whole."""

import gettext
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from coproduction.languages.catalogues import compile_catalogues
from tests.architecture.sources import OWN, ROOT

WELSH = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=6; plural=(n==0) ? 0 : (n==1) ? 1 : (n==2) ? 2 : (n==3) ? 3 : (n==6) ? 4 : 5;\\n"

msgid "Waiting"
msgstr "Yn aros"

#, fuzzy
msgid "Done"
msgstr "Wedi'i wneud efallai"
"""  # noqa: E501


@pytest.fixture
def source(tmp_path: Path, settings: Any) -> Path:
    """A Welsh catalogue that was never compiled."""
    settings.LOCALE_PATHS = [tmp_path]
    path = tmp_path / "cy" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(WELSH)
    return path


def read(source: Path) -> gettext.GNUTranslations:
    """Read what was compiled, as Django does."""
    with source.with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_a_catalogue_is_compiled_when_it_never_was_and_when_it_changed(source: Path) -> None:
    assert compile_catalogues() == 1
    assert read(source).gettext("Waiting") == "Yn aros"
    assert compile_catalogues() == 0
    source.write_text(WELSH.replace("Yn aros", "Yn disgwyl"))
    later = source.with_suffix(".mo").stat().st_mtime + 1
    os.utime(source, (later, later))
    assert compile_catalogues() == 1
    assert read(source).gettext("Waiting") == "Yn disgwyl"


def test_a_doubtful_translation_is_left_out(source: Path) -> None:
    compile_catalogues()
    assert read(source).gettext("Done") == "Done"


def test_nothing_half_written_is_left(source: Path) -> None:
    compile_catalogues()
    assert {path.name for path in source.parent.iterdir()} == {"django.po", "django.mo"}


def test_whatever_is_run_first_in_a_fresh_copy_speaks_welsh(tmp_path: Path) -> None:
    """The sample is loaded before anything is served, and takes its questions' words from here."""
    for name in (*OWN, "locale", "static", "templates"):
        ignored = shutil.ignore_patterns("*.mo", "*.pyc", "__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    asks = (
        "import django; django.setup()\n"
        "from django.utils.translation import gettext, override\n"
        "with override('cy'): print(gettext('Workshops'))"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "coproduction.settings",
        "DATA_DIR": str(tmp_path / "var"),
    }
    asked = subprocess.run(
        [sys.executable, "-c", asks],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout.split() == ["Gweithdai"]
