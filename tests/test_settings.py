"""Settings that depend on where the app runs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def settings_with(folder: Path, *names: str, **env: str) -> list[object]:
    """Return settings as a process of its own reads them."""
    asked = ", ".join(f"getattr(s, {name!r}, None)" for name in names)
    code = f"import json, coproduction.settings as s; print(json.dumps([{asked}]))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"DATA_DIR": str(folder)} | env,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("given", "proxies"), [("", 0), ("0", 0), ("no", 0), ("1", 1), ("yes", 1), ("2", 2)]
)
def test_as_many_proxies_are_believed_as_are_named(
    given: str, proxies: int, tmp_path: Path
) -> None:
    assert settings_with(tmp_path, "BEHIND_PROXY", BEHIND_PROXY=given) == [proxies]


@pytest.mark.parametrize(
    ("name", "given"), [("BEHIND_PROXY", "x"), ("BEHIND_PROXY", "-1"), ("HSTS", "always")]
)
def test_a_word_that_means_nothing_is_refused_with_a_sentence(
    name: str, given: str, tmp_path: Path
) -> None:
    with pytest.raises(subprocess.CalledProcessError) as refused:
        settings_with(tmp_path, "DEBUG", **{name: given})
    assert f"and not {given!r}." in refused.value.stderr


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("", [31_536_000, False, False]),
        ("on", [31_536_000, False, False]),
        ("off", [0, False, False]),
        ("subdomains", [31_536_000, True, False]),
        ("preload", [31_536_000, True, True]),
    ],
)
def test_https_is_asked_for_no_further_than_was_said(
    given: str, told: list[object], tmp_path: Path
) -> None:
    names = [f"SECURE_HSTS_{name}" for name in ("SECONDS", "INCLUDE_SUBDOMAINS", "PRELOAD")]
    https = {"SITE_URL": "https://plan.example.org", "HSTS": given}
    assert settings_with(tmp_path, *names, **https) == told
    http = {"SITE_URL": "http://plan.example.org", "HSTS": given}
    assert settings_with(tmp_path, *names, **http) == [0, False, False]


def test_settings_read_them_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secret"
    file.write_text("smtp://someone:else@mail.example:2525\n")
    found = settings_with(tmp_path, "EMAIL_HOST", "EMAIL_PORT", EMAIL_URL_FILE=str(file))
    assert found == ["mail.example", 2525]
