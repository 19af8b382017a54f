"""Which languages there are: one entry in the settings adds one."""

import json
import subprocess
import sys
from typing import Any

from django.utils import translation

from coproduction.languages.codes import language_name, page_language, translated_name

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
