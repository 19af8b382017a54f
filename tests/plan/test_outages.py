"""Things that go away, one after the other and together: what needs none of them goes on."""

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings as ours
from django.test import Client

from coproduction.jobs.broker import wake_a_worker
from coproduction.projects.models import Letter, User
from coproduction.projects.services.letter import queue_sending
from engagements.models import Comment
from engagements.services.survey import open_survey
from tests.caches import clear_caches
from tests.letters import send_what_waits
from tests.mail_server import Moods, running
from tests.plan.story import Story
from tests.processes import Redis, free_port

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

# What anybody reads, whatever is away.
READ = (
    "/bryn/",
    "/cy/bryn/",
    "/bryn/plan/",
    "/cy/bryn/plan/",
    "/bryn/plan/actions/1/",
    "/cy/bryn/plan/actions/1/",
    "/bryn/plan/figures/",
    "/bryn/plan/print/",
    "/bryn/plan/plan.json",
    "/bryn/plan/actions.csv",
    "/bryn/what-we-heard/",
    "/bryn/follow/",
    "/bryn/tell-us/park/",
    "/accounts/login/",
    "/healthz",
)
WORKED_ON = ("/bryn/team/", "/bryn/themes/", "/bryn/settings/people/", "/accounts/me/")
THINGS = ("cache", "broker", "mail", "files")


@contextmanager
def in_the_way(folder: Path) -> Iterator[None]:
    """Have a file where a folder was: nothing can be put there or read, by anybody."""
    aside = folder.with_name(f"{folder.name}-aside")
    folder.mkdir(parents=True, exist_ok=True)
    folder.rename(aside)
    folder.write_text("in the way")
    try:
        yield
    finally:
        folder.unlink()
        aside.rename(folder)


@contextmanager
def stopped(server: Redis) -> Iterator[None]:
    """Stop a real Redis, and start it again."""
    server.stop()
    try:
        yield
    finally:
        server.start()


@contextmanager
def mail_server_stopped(settings) -> Iterator[None]:
    """Have nobody listen where letters are handed over."""
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    try:
        yield
    finally:
        settings.EMAIL_PORT = port


@pytest.fixture
def office(settings) -> Iterator[Moods]:
    """Hand letters to a real mail server."""
    moods = Moods()
    with running(moods) as port:
        settings.EMAIL_BACKEND = "coproduction.projects.mail_server.SmtpBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield moods


@pytest.fixture
def redis(tmp_path: Path, settings) -> Iterator[Redis]:
    """Keep limits and pages in a real Redis."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    server = Redis(tmp_path)
    server.start()
    settings.CACHES = {
        name: {
            "BACKEND": "coproduction.cache.RedisOrMemory",
            "LOCATION": server.url,
            "KEY_PREFIX": name,
        }
        for name in ("default", "pages")
    }
    yield server
    server.stop()


def use_everything(member: User, said: str, upload: str) -> dict[str, int]:
    """Read, answer, ask for a code, look at the team's pages, and bring a file in; how each went.

    With no person's limit in the way.
    """
    clear_caches()
    anybody, hers = Client(), Client()
    hers.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    went = {url: anybody.get(url).status_code for url in (*READ, "/bryn/plan/plan.pdf")}
    went |= {url: hers.get(url).status_code for url in WORKED_ON}
    answer = {"need": said, "client_id": str(uuid4())}
    went["answer"] = anybody.post("/bryn/tell-us/park/", answer).status_code
    went["code"] = anybody.post("/accounts/login/", {"email": member.email}).status_code
    went["code's page"] = anybody.get("/accounts/login/code/").status_code
    file = BytesIO(b"comment\nMore benches\n")
    file.name = "notes.csv"
    went["upload"] = hers.post(upload, {"file": file}).status_code
    return went


def codes_in(office: Moods) -> int:
    """Count the codes that were handed over."""
    return sum(letter["Subject"] == "Your code to sign in" for letter in office.taken)


def test_what_needs_nothing_of_what_is_away_goes_on(
    story: Story,
    coordinator: User,
    files: Path,
    redis: Redis,
    office: Moods,
    settings,
    caplog: pytest.LogCaptureFixture,
    say: Callable[[str], None],
) -> None:
    story.finish_files(story.publish())
    engagement = Comment.objects.first().engagement
    open_survey(
        project=story.project,
        engagement=engagement,
        slug="park",
        title={"en": "Park", "cy": "Parc"},
        by=coordinator,
    )
    outages: dict[str, Callable[[], object]] = {
        "cache": lambda: stopped(redis),
        "broker": lambda: in_the_way(Path(ours.DATA_DIR) / "broker"),
        "mail": lambda: mail_server_stopped(settings),
        "files": lambda: in_the_way(files),
    }
    upload = f"/bryn/engagements/{engagement.uuid}/import/"
    as_usual = use_everything(coordinator, "Said as usual.", upload)
    assert set(as_usual.values()) == {200, 302}
    send_what_waits()
    assert codes_in(office) == 1
    tried, kept = 0, 1
    for away in (*((thing,) for thing in THINGS), THINGS):
        caplog.clear()
        with ExitStack() as until_back:
            for thing in away:
                until_back.enter_context(outages[thing]())
            if "broker" in away:
                assert not wake_a_worker()
            went = use_everything(coordinator, f"Said without {away}.", upload)
            send_what_waits()
        later = {"/bryn/plan/plan.pdf", "upload"} if "files" in away else set()
        assert {
            what: code for what, code in went.items() if code != as_usual[what]
        } == dict.fromkeys(later, 503), away
        assert [each for each in caplog.records if each.levelno >= logging.ERROR] == []
        tried, kept = tried + len(went), kept + 1
        assert Comment.objects.filter(text__startswith="Said ").count() == kept
        # The letter waits for its server, and then goes.
        Letter.objects.waiting().update(next_try_at="2020-01-01T00:00Z")
        queue_sending()
        send_what_waits()
        assert codes_in(office) == kept
    say(f"{tried} requests in {len(THINGS) + 1} outages: {kept - 1} answers and letters kept")
