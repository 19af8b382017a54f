"""Which languages there are: one entry in the settings adds one."""

import json
import subprocess
import sys
from typing import Any

import pytest
from django.utils import translation

from coproduction.languages.codes import (
    code_of_language,
    language_name,
    page_language,
    translated_name,
)

PATHS = [
    "/",
    "/accounts/me/",
    "/cwm/",
    "/cwm/privacy/",
    "/cwm/settings/",
    "/cwm/settings/people/",
    "/cwm/team/",
    "/cwm/tell-us/us/",
    "/cwm/what-we-heard/",
]


def test_a_language_is_named_in_its_own_words_or_in_those_of_the_page() -> None:
    with translation.override("cy"):
        assert page_language() == "cy"
        assert [language_name(code) for code in ("en", "cy", "pl")] == [
            "English",
            "Cymraeg",
            "Polski",
        ]
        assert translated_name("cy") == "Cymraeg"
    with translation.override("en"):
        assert translated_name("cy") == "Welsh"
    with translation.override(None):
        assert page_language() == "en"


@pytest.mark.parametrize(
    ("code", "called"),
    [
        (
            "cy",
            ["cy", "CYM", "wel", "cy-GB", "cy_GB", "Cymraeg", "Welsh", " WELSH "],
        ),
        ("cy", ["cy_GB.UTF-8"]),
        ("en", ["en", "ENG", "en-GB", "en_US", "English", "Saesneg"]),
        ("ar", ["ar", "ARA", "Arabic", "Arabeg", "ar-EG"]),
        ("zh", ["zh", "zho", "chi", "zh_TW", "Chinese"]),
        ("zh-hant", ["zh-Hant", "zh-Hant-TW", "zh_hant"]),
        ("no", ["Norwegian", "nor", "Norsk"]),
        ("ckb", ["ckb", "Central Kurdish"]),
        ("", ["no", "No", "na", "ie", "yes", "xx", "abc", "n/a", "the park", "1", ""]),
    ],
)
def test_a_language_is_one_whatever_it_is_called(code: str, called: list[str]) -> None:
    assert [code_of_language(each) for each in called] == [code] * len(called)


def test_every_code_that_is_kept_is_read_back_as_it_is() -> None:
    kept = {code_of_language(code) for code in ("CYM", "zh-Hant-TW", "ckb", "sr-Latn", "und")}
    assert {code_of_language(code) for code in kept} == kept


def test_a_language_that_no_page_is_in_has_a_name_too() -> None:
    with translation.override("cy"):
        named = [translated_name(code) for code in ("ar", "bn", "ckb", "xx")]
    assert named == ["Arabeg", "Bengaleg", "Cwrdeg Sorani", "xx"]
    assert [language_name(code) for code in ("ckb", "zh-hant", "xx")] == ["کوردی", "繁體中文", "xx"]


@pytest.mark.once
def test_a_third_language_needs_one_entry_in_the_settings(installation: Any) -> None:
    installation.env |= {"DJANGO_SETTINGS_MODULE": "tests.languages.polish", "DEBUG": "1"}
    installation.manage("migrate")
    done = subprocess.run(
        [sys.executable, "-m", "tests.languages.visit"],
        env=installation.env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "opened": PATHS,
        "in Polish": PATHS,
        "boxes": ["name_en", "name_pl"],
        "named": True,
        "saved": 302,
        "read": [True, True, True],
        "comment": ["Gdzie jest park?", "pl"],
        "switch": ["English"],
    }
