"""Letters sent by real workers, killed in mid-send: none twice, and none lost without a word."""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from coproduction.celery import WORKER
from tests.jobs import slow_task
from tests.mail_server import Moods, running
from tests.processes import descendants, end, kill, until

pytestmark = pytest.mark.processes
LETTERS = 40

WRITE = f"""
from coproduction.projects.models import Project
from coproduction.projects.services.letter import Draft, write_letters
from tests.cast import make_project
drafts = [Draft(f"to-{{n}}@bryn.example", "Asked", "Please", "en") for n in range({LETTERS})]
write_letters(project=make_project("bryn", "Bryn"), kind="a_kind", drafts=drafts)
"""
LONG_WORK = """
from coproduction.jobs.services import enqueue
enqueue(task="tests.held", scope="", arguments={"flag": "go"})
"""
AT_WORK = """
import json
from coproduction.jobs.models import Job
print(json.dumps({"running": Job.objects.filter(task="tests.held", state="running").count()}))
"""
STATES = """
import json
from collections import Counter
from coproduction.projects.models import Letter
from coproduction.jobs.models import Job
busy = Letter.objects.filter(state__in=["waiting", "sending"]).exists()
jobs = Job.objects.filter(task="projects.send_letters", state__in=["queued", "running"]).exists()
uncertain = list(Letter.objects.filter(state="uncertain").values_list("to", flat=True))
print(json.dumps({
    "over": not busy and not jobs,
    "states": Counter(Letter.objects.values_list("state", flat=True)),
    "uncertain": uncertain,
}))
"""


class Office:
    """An installation whose letters go to a mail server of the test's own."""

    def __init__(self, migrated: Any, port: int) -> None:
        """Let nothing wait long."""
        self.migrated, self.started = migrated, list[subprocess.Popen[str]]()
        self.env = migrated.env | {
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "JOBS_SWEEP_SECONDS": "0.3",
            "JOBS_HEARTBEAT_SECONDS": "0.3",
            "JOBS_STALE_SECONDS": "2",
        }

    def worker(self) -> subprocess.Popen[str]:
        """Start a real worker."""
        command = [sys.executable, "-m", "celery", "-A", "coproduction", *WORKER]
        command += ["-I", slow_task.__name__]
        process = subprocess.Popen(command, env=self.env, stdout=subprocess.DEVNULL, text=True)
        self.started.append(process)
        return process

    def shell(self, script: str) -> dict[str, Any]:
        """Run a script in a process of its own, and return what it prints."""
        told = self.migrated.manage("shell", "--no-imports", "-c", script, **self.env).stdout
        return json.loads(told.splitlines()[-1]) if told.strip() else {}


@pytest.fixture
def moods() -> Moods:
    """How the mail server behaves: it takes its time."""
    slow = Moods()
    slow.pause = 0.1
    return slow


@pytest.fixture
def office(migrated: Any, moods: Moods) -> Iterator[Office]:
    """Give such an installation, and end whatever the test started there."""
    with running(moods) as port:
        made = Office(migrated, port)
        yield made
        for process in made.started:
            end(process)


def test_a_worker_killed_twice_in_mid_send_doubles_none_and_says_which_are_uncertain(
    office: Office, moods: Moods, say: Callable[[str], None]
) -> None:
    office.shell(WRITE)
    killed = 0
    for part in (1, 2):
        worker = office.worker()
        begun = part * LETTERS // 4
        until(lambda begun=begun: moods.tried >= begun, what=f"letter {begun}")
        pool = descendants(worker.pid)
        kill(worker.pid, *pool)
        worker.wait(10)
        killed += 1 + len(pool)
    office.worker()
    told = until(lambda: (found := office.shell(STATES))["over"] and found, what="the last letter")
    delivered = Counter(moods.addresses)
    doubled = sum(count - 1 for count in delivered.values())
    uncertain = set(told["uncertain"])
    say(
        f"killed {killed} processes; {len(delivered)} of {LETTERS} delivered, "
        f"{len(uncertain)} uncertain, {doubled} doubled"
    )
    assert doubled == 0
    assert len(uncertain) <= 2
    everybody = {f"to-{number}@bryn.example" for number in range(LETTERS)}
    assert everybody - set(delivered) <= uncertain
    assert told["states"]["sent"] + len(uncertain) == LETTERS


def test_a_letter_does_not_wait_until_something_long_is_done(
    office: Office, moods: Moods, say: Callable[[str], None]
) -> None:
    """As a sign-in code would while a big file is brought in."""
    office.worker()
    office.shell(LONG_WORK)
    until(lambda: office.shell(AT_WORK)["running"], what="the long work to begin")
    began = time.monotonic()
    moods.busy_at = {LETTERS: "451 come again"}  # The last one; it is tried again meanwhile, too.
    office.shell(WRITE)
    until(lambda: len(moods.taken) == LETTERS, seconds=60, what="the letters")
    say(f"{LETTERS} letters in {time.monotonic() - began:.1f} s beside long work")
    assert office.shell(AT_WORK)["running"] == 1
    (office.migrated.folder / "go").touch()
