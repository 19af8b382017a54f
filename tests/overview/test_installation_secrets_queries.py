"""Whether the keys are there, and who can read what is secret."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from coproduction.environment import SECRETS
from coproduction.projects.audit import recorded
from coproduction.projects.models import AuditHead, Project, User
from overview.queries.installation import places
from tests.overview.standing import LOOK, RIGHT, WRONG, stands


@pytest.mark.django_db
def test_secrets_are_long_there_and_their_owners_alone(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR, settings.TRAIL_KEYS = tmp_path, str(tmp_path / "keys")
    settings.SECRET_KEY = "k" * 50
    (tmp_path / "keys").mkdir()
    assert stands(places.secrets()) is RIGHT  # The key is made with the first entry.
    (tmp_path / "keys/public-keys").write_text("ab 2026-01-01")
    assert stands(places.secrets()) is WRONG
    (tmp_path / "keys/signing-key").write_text("ab")
    (tmp_path / "keys/signing-key").chmod(0o600)
    assert stands(places.secrets()) is RIGHT
    given, key = tmp_path / "given", tmp_path / "keys/signing-key"
    given.write_text("smtp://app:right@mail.example.org")
    for name in SECRETS:
        monkeypatch.setenv(f"{name}_FILE", str(given))
        # Of a file that was given the group may be how the app itself reads it.
        _read_by_others(given, 0o644, 0o640, f"{name}_FILE", "chmod o= FILE")
        monkeypatch.delenv(f"{name}_FILE")
    _read_by_others(key, 0o640, 0o600, "signing-key", "chmod go= FILE")
    _read_by_others(key, 0o604, 0o600, "signing-key", "chmod go= FILE")
    settings.SECRET_KEY = "short"
    assert stands(places.secrets()) is WRONG


def _read_by_others(path: Path, open_to: int, alone: int, named: str, command: str) -> None:
    """Open a file to others and close it again: the check says so, and how it is ended."""
    path.chmod(open_to)
    check = places.secrets()
    assert (stands(check), named in check.fact, command in check.do) == (LOOK, True, True)
    path.chmod(alone)
    assert stands(places.secrets()) is RIGHT


@pytest.mark.django_db
def test_keys_whose_whole_folder_is_gone_are_missed(
    settings: Any, tmp_path: Path, project: Project, coordinator: User
) -> None:
    settings.DATA_DIR, settings.TRAIL_KEYS = tmp_path, str(tmp_path / "keys")
    settings.SECRET_KEY = "k" * 50
    AuditHead.objects.update(key="", signature="")
    assert stands(places.secrets()) is RIGHT  # Nothing was signed yet.
    with recorded(project=project, by=coordinator) as ledger:
        ledger.record("test.changed", subject=project)
    assert stands(places.secrets()) is RIGHT
    shutil.rmtree(tmp_path / "keys")
    assert stands(places.secrets()) is WRONG
