"""Who serves and who puts back keep out of each other's way, whoever is killed."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.test import override_settings

from coproduction.backup.refusing import BackupRefused
from coproduction.backup.unfinished import Mark, begin_serving, refuse_unfinished, restoring

SERVE = "from coproduction.backup.unfinished import begin_serving as b; b(); print(1); input()"


@pytest.fixture(autouse=True)
def _data(tmp_path: Path) -> object:
    with override_settings(DATA_DIR=tmp_path):
        yield


def test_a_mark_says_how_far_it_is_and_stays_when_its_maker_is_gone() -> None:
    assert not Mark().is_there
    Mark().put()
    assert (Mark().is_there, Mark().placing) == (True, "")
    Mark().put(placing="2026-01-01")
    assert Mark().placing == "2026-01-01"
    with pytest.raises(BackupRefused, match=r"begun here and not finished.*run manage.py restore"):
        refuse_unfinished()
    with pytest.raises(BackupRefused, match="not finished"):
        begin_serving()
    Mark().remove()
    refuse_unfinished()


def test_a_mark_that_cannot_be_read_is_a_mark(tmp_path: Path) -> None:
    (tmp_path / "restore-unfinished").write_text("{")
    assert (Mark().is_there, Mark().placing) == (True, "")


def test_one_restores_at_a_time_and_nothing_serves_meanwhile() -> None:
    with restoring() as mark:
        assert not mark.is_there
        with (
            pytest.raises(BackupRefused, match=r"^Another restore is running here\.$"),
            restoring(),
        ):
            pass
        with pytest.raises(BackupRefused, match="A restore is running here"):
            begin_serving()
    with restoring():
        pass


def test_nothing_is_put_back_under_a_server_until_that_ends(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parent.parent.parent
    env = {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "coproduction.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", SERVE],
        cwd=root,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"1\n"
        with pytest.raises(BackupRefused, match="The app is running here: stop it"), restoring():
            pass
        server.kill()
        server.wait()
        with restoring():
            pass
