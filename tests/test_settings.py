"""Settings that depend on where the app runs, and the key that is made on first start."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from coproduction import settings

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


@pytest.mark.parametrize(("given", "proxies"), [("1", 1), ("", 0)])
def test_behind_a_proxy_people_are_told_apart_at_sign_in_too(
    given: str, proxies: int, tmp_path: Path
) -> None:
    names = ("BEHIND_PROXY", "ALLAUTH_TRUSTED_PROXY_COUNT")
    found = settings_with(tmp_path, *names, BEHIND_PROXY=given)
    assert found == [bool(given), proxies]


def test_many_starting_at_once_agree_on_one_whole_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SECRET_KEY")
    rounds, starters = 40, 8
    looked = 0
    for number in range(rounds):
        folder = tmp_path / str(number)
        folder.mkdir()
        monkeypatch.setattr(settings, "DATA_DIR", folder)
        keys: list[str] = []
        together = threading.Barrier(starters)

        def start(keys: list[str] = keys, together: threading.Barrier = together) -> None:
            together.wait(10)
            keys.append(settings._kept_secret())

        threads = [threading.Thread(target=start) for _ in range(starters)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        looked += 1
        assert len(keys) == starters
        assert len(set(keys)) == 1
        assert len(keys[0]) > 60
        assert [path.name for path in folder.iterdir()] == ["secret-key"]
        assert (folder / "secret-key").stat().st_mode & 0o077 == 0
    assert looked == rounds
