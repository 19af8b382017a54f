"""Demo mode asked for through real servers, beside them and from behind nginx."""

import http.client
import itertools
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.processes import free_port, until
from tests.served import GUNICORN, RUNAPP, App, Nginx
from tests.test_demo import FORWARDING

pytestmark = [pytest.mark.processes, pytest.mark.once]
ADD_SOMEBODY = """
from coproduction.projects.services.person import find_or_add_person
print(find_or_add_person(email="mair@sample.example", name="Mair", is_sample=True).uuid)
"""
TOKEN = "x" * 32
# Debian's own list of what to tell of who asked; nothing, as nginx does unless it is told to; and
# what only the app's own list of headers can notice.
WAYS = {
    "as it is": "",
    "with Debian's proxy_params": "include /etc/nginx/proxy_params;",
    "with the asker's address": (
        "proxy_http_version 1.1; proxy_set_header X-Forwarded-For $remote_addr;"
    ),
    "with the asker's Host": "proxy_set_header Host $http_host;",
    "kept open": 'proxy_http_version 1.1; proxy_set_header Connection "";',
}


@pytest.fixture
def app(migrated: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Give an app to start, and end whatever was started."""
    made = App(migrated, tmp_path_factory.getbasetemp() / "static")
    yield made
    made.end()


class Asker:
    """Asks for all that demo mode has, and counts."""

    def __init__(self, key: str, uuid: str) -> None:
        """Know what a sample's person and the address are called."""
        self.key, self.uuid, self.asked = key, uuid, 0
        self.mark = ""

    def ask(
        self, port: int, path: str, *, method: str = "GET", at: str = "127.0.0.1", **headers: str
    ) -> tuple[int, str, str]:
        """Return the status, the page and the cookies."""
        self.asked += 1
        line = http.client.HTTPConnection(at, port, timeout=30)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        cookies = [f"csrftoken={TOKEN}", *([f"demo={self.mark}"] if self.mark else [])]
        line.request(method, path, headers={"Cookie": "; ".join(cookies)} | sent)
        answer = line.getresponse()
        told = answer.status, answer.read().decode(), answer.headers.get("Set-Cookie", "")
        line.close()
        return told

    def reached(self, port: int, **told: str) -> set[str]:
        """Return which parts of demo mode answered."""
        found = set[str]()
        for language in ("", "/cy"):
            for name, path in (
                ("the address", f"{language}/demo/{self.key}/"),
                ("mail", f"{language}/mail/"),
                ("style", f"{language}/style/"),
            ):
                status, _page, _cookies = self.ask(port, path, **told)
                found |= {name} if status < 400 else set()
            if "mair@sample" in (page := self.ask(port, f"{language}/accounts/login/", **told)[1]):
                found.add("list")
            found |= {"list"} if "Mair" in page else set()
            one_click = f"{language}/accounts/demo/{self.uuid}/"
            status, _page, _cookies = self.ask(
                port, one_click, method="POST", X_CSRFToken=TOKEN, **told
            )
            assert status != 403, "a refused token would hide what is asked"
            found |= {"one click"} if status < 400 else set()
        return found


ALL = {"the address", "mail", "style", "list", "one click"}


def asker_of(app: App, migrated: Any) -> Asker:
    """Return one that knows the key, as nobody else should."""
    uuid = migrated.manage("shell", "-v", "0", "-c", ADD_SOMEBODY, **app.env).stdout.strip()
    key = app.folder / "demo-key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    return Asker(key.read_text().strip(), uuid)


def start(app: App, migrated: Any, server: str, bind: str = "127.0.0.1") -> None:
    """Start the app on one of its two servers."""
    if server == "runapp":
        app.start(*RUNAPP)
    else:
        migrated.manage("collectstatic", "--noinput", "-v", "0", **app.env)
        app.start(*GUNICORN, f"--bind={bind}:{app.port}", "--worker-class=gthread", "--threads=4")
    until(app.is_live, what=server)


@pytest.mark.parametrize("server", ["runapp", "gunicorn"])
def test_only_a_browser_beside_the_server_that_opened_the_address(
    server: str, app: App, migrated: Any, tmp_path: Path, say: Callable[[str], None]
) -> None:
    asker = asker_of(app, migrated)
    start(app, migrated, server)
    # Without the mark: the address with its key, and nothing else.
    assert asker.reached(app.port) == {"the address"}
    _status, _page, cookies = asker.ask(app.port, f"/demo/{asker.key}/")
    asker.mark = cookies.split("demo=")[1].split(";")[0]
    assert asker.reached(app.port) == ALL
    # With it, but told by something that passed the request on.
    for header in FORWARDING:
        for value in ("203.0.113.9", "127.0.0.1"):
            assert asker.reached(app.port, **{header: value}) == set(), header
    for host in ("plan.example.org", "127.0.0.1.example.org", "10.0.0.1", "", "localhost.example"):
        assert asker.reached(app.port, Host=host) == set(), host
    beside = asker.asked

    # Behind nginx: nobody without the mark gets in, whatever it adds or leaves out.
    mark, opened = asker.mark, dict[str, set[str]]()
    for name, told in WAYS.items():
        port = free_port()
        server_block = (
            f"server {{ listen 127.0.0.1:{port};"
            f" location / {{ proxy_pass http://127.0.0.1:{app.port}; {told} }} }}"
        )
        nginx = Nginx(tmp_path / name.replace(" ", "-"), server_block)
        nginx.start(port)
        try:
            asker.mark = ""
            for header, host in itertools.product(("", *FORWARDING[:6]), ("", "plan.example.org")):
                asks = ({header: "127.0.0.1"} if header else {}) | ({"Host": host} if host else {})
                assert asker.reached(port, **asks) <= {"the address"}, (name, asks)
            asker.mark = mark
            opened[name] = asker.reached(port)
        finally:
            nginx.end()
    # Somebody who holds the key and the mark meets a shut door too, as long as there is anything
    # to tell nginx by. A proxy on this machine that hides altogether is told by nothing.
    assert opened == {name: set() for name in WAYS} | {"kept open": ALL}
    say(f"{server}: asked {beside} times beside it and {asker.asked - beside} through nginx")
    assert asker.asked > 1500


def test_a_server_that_listens_beyond_this_machine_has_no_demo(app: App, migrated: Any) -> None:
    asker = asker_of(app, migrated)
    start(app, migrated, "gunicorn", bind="0.0.0.0")  # noqa: S104 - the very thing that is refused
    assert asker.reached(app.port) == set()
    assert asker.ask(app.port, f"/demo/{asker.key}/")[0] == 404
