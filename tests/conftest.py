"""What every test can ask for: the cast, signed-in clients, query counts, files, mail."""

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, teardown_databases
from django.utils import translation

from coproduction.cache import drawn_pages
from coproduction.projects.models import Project, User
from sample.services.load import load_sample
from tests.beginnings import Beginning, asked_for, begin, beginning
from tests.caches import clear_caches
from tests.cases import IS_LONG
from tests.cast import make_member, make_person, make_project
from tests.copying import Original, record, stored_in
from tests.databases import drop_copy, make_database
from tests.letters import send_what_waits
from tests.processes import Redis

ROOT = Path(__file__).resolve().parent.parent

# Fixtures that stand in modules of their own.
pytest_plugins = ("tests.again", "tests.recount", "tests.installation", "tests.keys")


# Fixtures by which a test asks for the database or the broker.
_OUTSIDE = {"db", "transactional_db", "django_db_setup", "installation", "queue"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is run seldom; on PostgreSQL, what was shown on SQLite and can't differ here.

    That is each test that never asks for the database or the broker, and each marked ``once``.
    """
    if not IS_LONG:
        seldom = [item for item in items if item.get_closest_marker("seldom")]
        config.hook.pytest_deselected(items=seldom)
        items[:] = [item for item in items if not item.get_closest_marker("seldom")]
    if connection.vendor == "sqlite":
        return
    again, shown = [], []
    for item in items:
        asks = item.get_closest_marker("django_db") or _OUTSIDE & set(item.fixturenames)  # type: ignore[attr-defined]
        (again if asks and not item.get_closest_marker("once") else shown).append(item)
    config.hook.pytest_deselected(items=shown)
    items[:] = again


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what stays for good: the app and the tests."""
    gc.freeze()


# How the modules end whose tests show what has a floor: some services are shown by what they send,
# or by the page or command that alone calls them.
_SHOWS_SERVICES = (
    *("_services", "test_services", "test_access", "test_running", "_commands"),
    *("_letter_views", "_sign_in_views", "_session_views", "_concern_views", "_commitment_views"),
)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Follow lines only in the tests of what has a floor: it takes as long again.

    Those are the services' own tests and the access table's; the others may go through the same
    lines, but they don't show what a service does. Where what to follow was named, as by
    bin/test coverage, all tests are.
    """
    following = Coverage.current()
    if (
        following is None
        or item.config.getoption("cov_source") != [True]
        or item.path.stem.endswith(_SHOWS_SERVICES)
    ):
        return (yield)
    following.stop()
    try:
        return (yield)
    finally:
        following.start()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Remove what the run's workers shared, once, in the process that began it."""
    if os.environ.get("TEST_RUN_OWNER") == str(os.getpid()):
        drop_copy()
        shutil.rmtree(os.environ["TEST_RUN_DIR"], ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[None]:
    """Make the test database, always: pytest-django's own asks the tests' marks whether to."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        made = make_database()
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def _children_use_the_real_settings() -> None:
    """Let processes that a test starts read the app's own settings, not the tests'."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "coproduction.settings"


@pytest.fixture(scope="session")
def made_once(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Callable[[Callable[[], Any]], Original[Any]]:
    """Make something once a session, to be copied into each test: ``made_once(make).copy()``."""

    def made(make: Callable[[], Any], **options: Any) -> Original[Any]:
        with django_db_blocker.unblock(), translation.override("en"):  # type: ignore[attr-defined]
            return record(make, **options)

    return made


@pytest.fixture(scope="session")
def first_sample(made_once: Callable[..., Original[Project]]) -> Original[Project]:
    """The sample, loaded once a session: ``first_sample.copy()`` loads it in a test."""
    return made_once(load_sample)


@pytest.fixture(autouse=True)
def _a_clean_start(request: pytest.FixtureRequest) -> Iterator[None]:
    """Begin each test in English, with an empty cache: rate limits live there.

    What it begins with is put in first: copies keep their numbers, which must be free.
    """
    clear_caches()
    # How far the chains of other tests came: copies of one project are of one name.
    shutil.rmtree(Path(settings.TRAIL_KEYS, "ends"), ignore_errors=True)
    with translation.override("en"):
        if "begun" in request.fixturenames:
            request.getfixturevalue("begun")
        yield


# --- The cast ----


@pytest.fixture(scope="session")
def beginnings() -> dict[tuple[str, ...], Original[Beginning]]:
    """Keep what tests begin with, by the names of what is in it."""
    return {}


@pytest.fixture
def begun(
    db: None,
    request: pytest.FixtureRequest,
    made_once: Callable[..., Original[Beginning]],
    beginnings: dict[tuple[str, ...], Original[Beginning]],
) -> Beginning:
    """Put in the database what this test begins with."""
    names = asked_for(request.fixturenames)
    if names not in beginnings:
        beginnings[names] = made_once(partial(begin, names))
    return beginnings[names].copy()


@beginning
def project() -> Project:
    """The project most tests are about: Bryn, in English and Welsh."""
    return make_project("bryn", "Bryn")


@beginning
def coordinator(project: Project) -> User:
    """Carys, who co-ordinates the listening and manages the project."""
    return make_member(project, "coordinator")


@beginning
def analyst(project: Project) -> User:
    """Anwen, who codes comments into themes."""
    return make_member(project, "analyst")


@beginning
def facilitator(project: Project) -> User:
    """Ffion, who runs workshops."""
    return make_member(project, "facilitator")


@beginning
def chair(project: Project) -> User:
    """Cai, who chairs the steering group."""
    return make_member(project, "chair")


@beginning
def member(project: Project) -> User:
    """Mair, who sits on the steering group."""
    return make_member(project, "member")


@beginning
def editor(project: Project) -> User:
    """Elin, who edits the plan."""
    return make_member(project, "editor")


@beginning
def helper(project: Project) -> User:
    """Heulwen, who types in Bryn."""
    return make_member(project, "helper")


@beginning
def stranger() -> User:
    """Siôn, who can sign in and belongs to no project."""
    return make_person("stranger", "nowhere")


@beginning
def other_project() -> Project:
    """Another project, whose people and records must never be seen from the first."""
    return make_project("glyn", "Glyn")


@beginning
def other_coordinator(other_project: Project) -> User:
    """The coordinator of the other project."""
    return make_member(other_project, "coordinator")


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """Give a client signed in as somebody: ``client_of(analyst).get(url)``."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


# --- Counting queries ----


@pytest.fixture
def count_queries(db: None) -> Callable[[], AbstractContextManager[CaptureQueriesContext]]:
    """Count the queries of a block: ``with count_queries() as seen: ...; len(seen)``."""
    return lambda: CaptureQueriesContext(connection)


@pytest.fixture
def assert_same_queries(db: None) -> Callable[..., None]:
    """Check that a list page costs the same with 1 row and 3, and at most ``limit`` queries.

    ``assert_same_queries(client, url, make_row)``: ``make_row(n)`` makes the n-th row, from 1.
    """

    def queries_of(client: Client, url: str) -> list[str]:
        client.get(url)  # once unmeasured: what is remembered between requests is not the page's
        drawn_pages.clear()  # One that was kept would ask the same whatever is on it.
        with CaptureQueriesContext(connection) as seen:
            response = client.get(url)
        assert response.status_code == 200, f"{url} answered {response.status_code}"
        return [query["sql"] for query in seen.captured_queries]

    def check(client: Client, url: str, make_row: Callable[[int], object], limit: int = 12) -> None:
        make_row(1)
        with_one = queries_of(client, url)
        make_row(2)
        make_row(3)
        with_three = queries_of(client, url)
        told = "\n".join(with_three)
        assert len(with_one) == len(with_three), (
            f"{url}: {len(with_one)} queries with 1 row, {len(with_three)} with 3:\n{told}"
        )
        assert len(with_three) <= limit, f"{url}: {len(with_three)} queries:\n{told}"

    return check


# --- Files, mail and what is printed ----


@pytest.fixture
def files(tmp_path: Path) -> Iterator[Path]:
    """A folder of this test's own, where uploads and renderings are stored."""
    folder = tmp_path / "files"
    folder.mkdir()
    with stored_in(folder):
        yield folder


@pytest.fixture
def deliver(mailoutbox: list[EmailMessage]) -> Callable[[], list[EmailMessage]]:
    """Send the letters that wait, as a worker does, and give all that arrived: ``deliver()``."""

    def delivered() -> list[EmailMessage]:
        send_what_waits()
        return mailoutbox

    return delivered


@pytest.fixture(scope="session")
def say(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Print a line that is seen even when the test passes."""
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def said(line: str) -> None:
        with capture.global_and_fixture_disabled():
            print(f"\n{line}", file=sys.stderr)

    return said


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    """Give a Redis of this test's own, where Redis is installed."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    server = Redis(tmp_path)
    server.start()
    yield server
    server.stop()
