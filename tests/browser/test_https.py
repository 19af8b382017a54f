"""The README's way to production: nginx with docs/nginx.conf, a certificate, and a real browser."""

import gzip
import http.client
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from coproduction.celery import WORKER
from coproduction.projects.rate_limit import WRONG_CODES_IN_TEN_MINUTES
from tests.browser.conftest import ARGUMENTS, CODE, NAMES
from tests.browser.looking import Watched
from tests.mail_server import Moods, running
from tests.processes import free_port, until
from tests.served import GUNICORN, ROOT, RUNAPP, App, Nginx

pytestmark = [pytest.mark.processes, pytest.mark.once]
NAME = "plan.example.org"
OWNER = "you@example.org"
# A place where much has happened, with a survey and a plan; an occasion of the new project's own.
MAKE_PLACES = """
from datetime import date
from coproduction.projects.models import Project, User
from engagements.services.engagement import plan_engagement
from tests.architecture.examples import make_world
project, by = Project.objects.get(slug="bryncoed"), User.objects.get(email="you@example.org")
day = date(2026, 9, 1)
event = plan_engagement(project=project, title="Summer fair", method="event", date=day, by=by)
print(make_world("bryn", "Bryn").things["survey"].slug, event.uuid)
"""
FILE = "Comment,Where\nThe road into town is too narrow.,Hall\nDoctors should listen.,Fair\n"


class Site:
    """The app on one of its servers, behind nginx as docs/nginx.conf tells it to be."""

    def __init__(self, app: App, folder: Path) -> None:
        """Take two ports for nginx: one that speaks https, and one that sends people there."""
        self.app, self.folder = app, folder
        self.https, self.http = free_port(), free_port()
        self.url = f"https://{NAME}:{self.https}"
        self.certificate = folder / "fullchain.pem"

    def make_certificate(self) -> None:
        """Make a certificate for the name, good for a day."""
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
                *("-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"),
                *("-keyout", str(self.folder / "privkey.pem"), "-out", str(self.certificate)),
            ],
            check=True,
            capture_output=True,
        )

    def nginx(self) -> Nginx:
        """Return an nginx that is told what docs/nginx.conf says, with this test's own places."""
        told = (ROOT / "docs/nginx.conf").read_text()
        for theirs, ours in {
            f"/etc/letsencrypt/live/{NAME}": str(self.folder),
            "listen [::]:80;": "",
            "listen [::]:443 ssl http2;": "",
            "listen [::]:443 ssl http2 default_server;": "",
            "listen 80;": f"listen 127.0.0.1:{self.http};",
            "listen 443 ": f"listen 127.0.0.1:{self.https} ",
            f"return 301 https://{NAME}$": f"return 301 {self.url}$",
            "127.0.0.1:8000": f"127.0.0.1:{self.app.port}",
        }.items():
            assert theirs in told, theirs
            told = told.replace(theirs, ours)
        return Nginx(self.folder / "nginx", told)

    def protocol(self) -> str | None:
        """Return what nginx and a client of today agree to speak."""
        trusting = ssl.create_default_context(cafile=str(self.certificate))
        with (
            socket.create_connection(("127.0.0.1", self.https), 60) as line,
            trusting.wrap_socket(line, server_hostname=NAME) as secure,
        ):
            return secure.version()

    def ask(
        self,
        path: str,
        *,
        name: str = NAME,
        host: str = "",
        secure: bool = True,
        by: str = "127.0.0.1",
        **headers: str,
    ) -> http.client.HTTPResponse:
        """Ask nginx without a browser, from the address ``by``.

        ``host`` is the name in the header where it is another.
        """
        # Connected to by address, and told the name, as a browser that had looked it up.
        line = http.client.HTTPConnection(
            "127.0.0.1",
            self.https if secure else self.http,
            timeout=60,
            source_address=(by, 0),
        )
        line.connect()
        if secure:
            trusting = ssl.create_default_context(cafile=str(self.certificate))
            line.sock = trusting.wrap_socket(line.sock, server_hostname=name)
        sent = {key.replace("_", "-"): value for key, value in headers.items()}
        line.request("GET", path, headers={"Host": host or name} | sent)
        return line.getresponse()


@pytest.fixture
def post_office() -> Iterator[tuple[str, list[Message]]]:
    """Run a mail server; give its address, and what it was given."""
    taking = Moods()
    with running(taking) as port:
        yield f"smtp://127.0.0.1:{port}", taking.taken


@pytest.fixture(params=["runapp", "gunicorn"])
def site(
    request: pytest.FixtureRequest,
    migrated: Any,
    post_office: tuple[str, list[Message]],
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """Put the app into production, on each of its servers."""
    app = App(migrated, tmp_path_factory.getbasetemp() / "static", DEMO="")
    site = Site(app, tmp_path)
    site.make_certificate()
    app.env |= {
        "SITE_URL": site.url,
        "BEHIND_PROXY": "1",
        "WEB_CONCURRENCY": "1",
        "EMAIL_URL": post_office[0],
    }
    if request.param == "runapp":
        app.start(*RUNAPP)
    else:
        migrated.manage("collectstatic", "--noinput", "-v", "0", **app.env)
        app.start(*GUNICORN)
        app.start(sys.executable, "-m", "celery", "-A", "coproduction", *WORKER)
    nginx = site.nginx()
    try:
        until(app.is_ready, what="the app")
        nginx.start(site.https)
        yield site
    finally:
        nginx.end()
        app.end()


@pytest.fixture
def browser(chromium: Browser, site: Site) -> Iterator[Browser]:
    """Start a Chromium that finds the name on this machine."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    started = chromium.browser_type.launch(
        executable_path=found, args=[*ARGUMENTS, f"--host-resolver-rules=MAP {NAME} 127.0.0.1"]
    )
    yield started
    started.close()


def begin(site: Site, migrated: Any) -> tuple[str, str]:
    """Begin for real, as the README says; return a survey, and an event to import to."""
    first = ("create_project", "bryncoed", "--place", "Bryncoed", "--owner", OWNER)
    migrated.manage(*first, **site.app.env)
    made = migrated.manage("shell", "-v", "0", "-c", MAKE_PLACES, **site.app.env).stdout.split()
    return made[-2], made[-1]


def sign_in(page: Page, letters: list[Message]) -> None:
    """Sign the owner in by the code that is mailed to her."""
    page.goto("/accounts/login/?next=/bryncoed/engagements/")
    page.locator("main input[type=email]").fill(OWNER)
    page.locator("main input[type=email]").press("Enter")
    expect(page.locator("main input[name=code]")).to_be_visible()

    def codes() -> list[str]:
        """Return what was written to her; others are written to as well."""
        texts = [one.get_payload(decode=True).decode() for one in letters if one["To"] == OWNER]
        return [found[1] for text in texts if (found := CODE.search(text))]

    page.locator("main input[name=code]").fill(until(codes, what="the code")[0])
    page.locator("main input[name=code]").press("Enter")
    page.wait_for_url("**/bryncoed/**")


def test_the_way_to_production(
    site: Site, browser: Browser, migrated: Any, post_office: Any, tmp_path: Path
) -> None:
    assert site.protocol() == "TLSv1.3"
    survey, event = begin(site, migrated)
    # Its certificate is nobody's but the test's.
    watched = Watched(browser, site.url, ignore_https_errors=True)
    page = watched.context.new_page()

    sign_in(page, post_office[1])
    cookies = {cookie["name"]: cookie for cookie in watched.context.cookies()}
    assert {"sessionid", "csrftoken"} <= cookies.keys()
    assert all(cookie["secure"] for cookie in cookies.values())

    file = tmp_path / "comments.csv"
    file.write_text(FILE)
    page.goto(f"/bryncoed/engagements/{event}/import/")
    page.locator("main input[type=file]").set_input_files(file)
    page.locator("main form button").last.click()
    page.wait_for_url("**/imports/**")
    expect(page.get_by_text("Doctors should listen.").first).to_be_visible()

    page.goto(f"/cy/bryn/tell-us/{survey}/")
    page.locator("main textarea").first.fill("Mae angen ystafell gynnes.")
    page.locator("main form button").last.click()
    page.wait_for_url("**/thanks/**")
    watched.context.close()
    watched.check()
    pdf = "/bryn/plan/plan.pdf?language=cy"
    until(lambda: site.ask(pdf).read().startswith(b"%PDF-"), what="the plan")

    # What came of it is the owner's alone: the database, the upload, the PDF, the queue.
    made = {path.relative_to(site.app.folder): path for path in site.app.folder.rglob("*")}
    open_to_others = [str(name) for name, path in made.items() if path.stat().st_mode & 0o077]
    assert open_to_others == []
    assert {"coproduction.sqlite3", "files"} <= {str(name) for name in made}
    assert len(made) > 8


def test_whom_to_believe(site: Site, migrated: Any, say: Callable[[str], None]) -> None:
    begin(site, migrated)
    asked = 0

    # Over http one is sent on; over https it is said to stay there, for this name alone.
    answer = site.ask("/bryn/?a=b", secure=False)
    assert (answer.status, answer.headers["Location"]) == (301, f"{site.url}/bryn/?a=b")
    answer = site.ask("/bryn/")
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"

    # Asked for by another name, nginx says nothing.
    with pytest.raises(ssl.SSLError):
        site.ask("/", name="another.example.org")
    with pytest.raises(http.client.RemoteDisconnected):
        site.ask("/", host="another.example.org")

    # Nothing that somebody writes themselves makes them another: the limit is one visitor's.
    first = {"X_Forwarded_For": "", "X_Real_IP": "", "X_Forwarded_Host": "evil.example.org"}
    for number in range(WRONG_CODES_IN_TEN_MINUTES + 1):
        mine = {name: value or f"10.0.0.{number}" for name, value in first.items()}
        answer = site.ask(f"/bryn/follow/WRNG-{number:04}-WRNG/", **mine)
        assert "evil" not in answer.read().decode()
        asked += 1
    assert answer.status == 429
    # Somebody else has a limit of their own, though nginx alone asks the app.
    assert site.ask("/bryn/follow/WRNG-0000-WRNG/", by="127.0.0.2").status == 404

    # Nor does a request over http become one over https: nginx sends it on, whatever it says.
    answer = site.ask("/bryn/", secure=False, X_Forwarded_Proto="https")
    assert answer.status == 301
    say(f"asked {asked} times in {asked} names: one visitor")


def test_what_is_everybodys_is_compressed_and_asked_for_once(site: Site, migrated: Any) -> None:
    begin(site, migrated)
    unpacks = {"Accept_Encoding": "gzip, br"}
    for path in ("/bryn/plan/", "/cy/bryn/plan/", "/bryn/plan/plan.json", "/bryn/"):
        packed, plain = site.ask(path, **unpacks), site.ask(path)
        whole = plain.read()
        assert packed.headers["Content-Encoding"] == "gzip", path
        assert gzip.decompress(packed.read()) == whole, path
        assert "Accept-Encoding" in plain.headers["Vary"], path
        assert plain.headers.get("Content-Encoding") is None, path
        if known := packed.headers["ETag"]:
            again = site.ask(path, If_None_Match=known, **unpacks)
            # The worker beside it may have finished a file just now: then the page says so.
            if again.status == 200 and (moved := again.headers["ETag"]) != known:
                again = site.ask(path, If_None_Match=moved, **unpacks)
            assert again.status == 304, path
    form = site.ask("/accounts/login/", **unpacks)
    assert (form.status, form.headers.get("Content-Encoding")) == (200, None)


def test_without_being_told_of_a_proxy_none_is_believed(
    migrated: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    app = App(migrated, tmp_path_factory.getbasetemp() / "static", DEMO="")
    app.env |= {"SITE_URL": f"https://{NAME}", "BEHIND_PROXY": ""}
    migrated.manage("collectstatic", "--noinput", "-v", "0", **app.env)
    try:
        app.start(*GUNICORN)
        until(app.is_live, what="gunicorn")
        line = http.client.HTTPConnection("127.0.0.1", app.port, timeout=60)
        line.request("GET", "/a/", headers={"Host": "127.0.0.1", "X-Forwarded-Proto": "https"})
        answer = line.getresponse()
        assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/a/")
        told = app.log.read_text()
        assert "set BEHIND_PROXY=1" in told
        assert "ERROR" not in told
        # The server of the one command says what is missing, in place of leading in a circle.
        assert app.start(*RUNAPP).wait(60) == 1
        assert "every page would only lead to itself" in app.log.read_text()
    finally:
        app.end()
