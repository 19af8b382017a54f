"""Mail really leaves: a real process, told of a real SMTP server by EMAIL_URL alone."""

import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email.message import Message as Letter

import pytest
from aiosmtpd.handlers import Message

from coproduction.celery import WORKER
from tests.mail_server import running
from tests.processes import end, free_port, until

pytestmark = [pytest.mark.processes, pytest.mark.once]

SIGN_IN = """
from django.test import Client
from coproduction.projects.services.person import find_or_add_person
find_or_add_person(email="mair@bryn.example", name="Mair")
answer = Client(headers={"host": "localhost"}).post(
    "/accounts/login/", {"email": "mair@bryn.example"}
)
assert answer.status_code == 302, answer.content
"""
SEEN = "from coproduction.jobs.models import WorkerSeen; print(WorkerSeen.lately().count())"
# What a worker does when it is told of it.
SEND = "from tests.letters import send_what_waits; send_what_waits()"


class PostOffice(Message):
    """A real mail server's handler: keeps what is delivered, and says where to deliver it."""

    def __init__(self) -> None:
        """Start with nothing."""
        super().__init__()
        self.url = ""
        self.delivered: list[Letter] = []

    def handle_message(self, message: Letter) -> None:
        """Keep one letter."""
        self.delivered.append(message)


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    """Run a real mail server while a test runs."""
    office = PostOffice()
    with running(office) as port:
        office.url = f"smtp://127.0.0.1:{port}"
        yield office


def test_a_sign_in_code_is_delivered_over_smtp_by_another_process(migrated, post_office) -> None:
    migrated.manage("shell", "-c", SIGN_IN, EMAIL_URL=post_office.url)
    assert post_office.delivered == []
    migrated.manage("shell", "-c", SEND, EMAIL_URL=post_office.url)
    (letter,) = post_office.delivered
    assert letter["X-RcptTo"] == "mair@bryn.example"
    assert letter["From"].endswith("<noreply@127.0.0.1>")
    assert "-" in letter.get_payload()


def test_a_sign_in_code_is_sent_by_a_worker_that_finds_no_broker(
    migrated, post_office, say: Callable[[str], None]
) -> None:
    """The worker takes due rows from the table: nobody tells it, and nothing else does."""
    away = {"CELERY_BROKER_URL": f"redis://127.0.0.1:{free_port()}/0", "EMAIL_URL": post_office.url}
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "coproduction", *WORKER],
        env=migrated.env | away,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        until(lambda: "1" in migrated.manage("shell", "-c", SEEN, **away).stdout, what="the worker")
        migrated.manage("shell", "-c", SIGN_IN, **away)
        asked = time.monotonic()
        until(lambda: post_office.delivered, what="the code")
        say(f"without a broker a code came {time.monotonic() - asked:.1f} s after it was asked")
    finally:
        end(worker)
    (letter,) = post_office.delivered
    assert letter["X-RcptTo"] == "mair@bryn.example"


def test_mail_is_kept_where_no_server_is_named(migrated) -> None:
    migrated.manage("shell", "-c", SIGN_IN)
    migrated.manage("shell", "-c", SEND)
    (kept,) = (migrated.folder / "mail").glob("*.log")
    assert "To: mair@bryn.example" in kept.read_text()
    # It holds codes that open what they open.
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


ANSWERED = """
from datetime import date
from coproduction.projects.models import Membership
from coproduction.projects.services.person import find_or_add_person
from coproduction.projects.services.project import create_project
from django.utils import timezone
from engagements.services.answers_letter import tell_of_answers
from engagements.services.engagement import plan_engagement
from engagements.services.question import ensure_questions
from engagements.services.survey import answer_survey, open_survey
carys = find_or_add_person(email="carys@bryn.example", name="Carys")
project = create_project(slug="bryn", place="Bryn", by=carys)
Membership.objects.update(joined_at=timezone.now())
ensure_questions(project=project, by=carys)
engagement = plan_engagement(
    project=project, title="Online", method="survey", date=date(2026, 3, 1), place="", by=carys
)
survey = open_survey(
    project=project, engagement=engagement, slug="park", title={"en": "Your park"}, by=carys
)
answer_survey(survey=survey, answers={"need": "A bench by the river"}, language="en")
assert tell_of_answers(project=project) == 1
"""


def test_the_letter_of_the_day_is_delivered_without_what_was_said(migrated, post_office) -> None:
    migrated.manage("shell", "-c", ANSWERED, EMAIL_URL=post_office.url)
    migrated.manage("shell", "-c", SEND, EMAIL_URL=post_office.url)
    (letter,) = post_office.delivered
    assert letter["X-RcptTo"] == "carys@bryn.example"
    assert letter["Subject"] == "1 new answer: Bryn"
    words = letter.get_payload(decode=True).decode()
    assert "- Your park: 1" in words
    assert "bench" not in words
