"""Reading the environment: secrets that stand in files, and those that are made on first start."""

import threading
from pathlib import Path

import pytest

from coproduction.environment import kept_secret, secret


def test_what_is_secret_may_stand_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "EMAIL_URL"
    monkeypatch.delenv(name, raising=False)
    file = tmp_path / "secret"
    file.write_text("from-a-file\n")
    monkeypatch.setenv(f"{name}_FILE", str(file))
    assert secret(name, "a default") == "from-a-file"
    monkeypatch.setenv(name, "given")
    with pytest.raises(ValueError, match=f"Set {name} or {name}_FILE, not both."):
        secret(name)
    monkeypatch.delenv(f"{name}_FILE")
    assert secret(name, "a default") == "given"
    monkeypatch.delenv(name)
    assert secret(name, "a default") == "a default"
    with pytest.raises(KeyError):
        secret("A_SECRET_THAT_NOBODY_LOOKS_AFTER")


def test_many_starting_at_once_agree_on_one_whole_key(
    tmp_path: Path,
) -> None:
    rounds, starters = 40, 8
    looked = 0
    for number in range(rounds):
        folder = tmp_path / str(number)
        folder.mkdir()
        keys: list[str] = []
        together = threading.Barrier(starters)

        def start(
            keys: list[str] = keys,
            together: threading.Barrier = together,
            folder: Path = folder,
        ) -> None:
            together.wait(10)
            keys.append(kept_secret(folder / "secret-key", 50))

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
