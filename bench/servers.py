"""The servers of the shipped stack, started for a run on free ports of this machine alone."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.child import ROOT

# For this many seconds a server may take to start.
_PATIENCE = 60
_OF_POSTGRES = {"postgres", "initdb", "createdb", "dropdb", "pg_isready", "pg_dump", "pg_restore"}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def program(name: str) -> str | None:
    """Return where a server's program is, or None: Debian keeps some off the PATH."""
    places = [f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"]
    if name in _OF_POSTGRES:
        folders = Path("/usr/lib/postgresql").glob("*/bin")
        newest = sorted(folders, key=lambda each: float(each.parent.name), reverse=True)
        places = [*map(str, newest), *places]
    return shutil.which(name, path=":".join(places))


def listens(port: int) -> bool:
    """Say whether somebody takes connections on a port."""
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def _started(
    command: Sequence[str],
    *,
    log: Path,
    ready: Callable[[], bool],
    env: dict[str, str] | None = None,
    as_user: str | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server through the block, its words in ``log``. Raises RuntimeError with the last."""
    with log.open("ab") as words:
        server = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env=env, stdout=words, stderr=words, user=as_user, group=as_user
        )
    try:
        end = time.monotonic() + _PATIENCE
        while not ready():
            if server.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"{command[0]} did not start: {log.read_text()[-2_000:]}")
            time.sleep(0.05)
        yield server
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _server_user() -> str | None:
    """Return whom PostgreSQL runs as: it refuses to as root."""
    return "postgres" if os.geteuid() == 0 else None


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Serve the databases of a folder, made when it is new, with every setting as it comes.

    Gives ``postgresql://…:port``, to which ``/name`` is added.
    """
    server, user, port = program("postgres"), _server_user(), free_port()
    data = folder / "data"
    if server is None:
        raise RuntimeError("PostgreSQL is not installed.")
    folder.mkdir(parents=True, exist_ok=True)
    if user:
        shutil.chown(folder, user, user)
    if not data.exists():
        subprocess.run(  # noqa: S603
            [
                *(str(program("initdb")), f"--pgdata={data}", "--username=coproduction"),
                *("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"),
            ],
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
            user=user,
            group=user,
        )
    command = [
        *(server, "-D", str(data), "-p", str(port), "-k", str(folder), "-h", "127.0.0.1"),
        *("-c", "listen_addresses=127.0.0.1"),
    ]
    log = folder / "log"
    log.touch()
    if user:
        shutil.chown(log, user, user)
    with _started(command, log=log, ready=lambda: _answers(port), as_user=user):
        yield f"postgresql://coproduction@127.0.0.1:{port}"


def _answers(port: int) -> bool:
    """Say whether PostgreSQL takes questions."""
    asked = [str(program("pg_isready")), "-h", "127.0.0.1", "-p", str(port)]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0  # noqa: S603


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Serve an empty Redis; gives ``redis://…:port``."""
    server, port = program("redis-server"), free_port()
    if server is None:
        raise RuntimeError("Redis is not installed.")
    command = [
        *(server, "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder)),
        *("--save", "", "--appendonly", "no"),
    ]
    with _started(command, log=folder / "redis.log", ready=lambda: listens(port)):
        yield f"redis://127.0.0.1:{port}"


@contextmanager
def gunicorn(env: dict[str, str], folder: Path, port: int) -> Iterator[int]:
    """Serve the app as it is shipped; gives the number of the process that keeps the workers.

    But for one thing: workers are not replaced after so many requests. Starting one takes a second
    of a core, which would fall on ours and bare alike and make them look alike.
    """
    command = [
        *(sys.executable, "-m", "gunicorn", "--max-requests", "0", "--max-requests-jitter", "0"),
        "coproduction.wsgi:application",
    ]
    with _started(
        command,
        log=folder / "gunicorn.log",
        ready=lambda: listens(port),
        env=env | {"PORT": str(port), "HOST": "127.0.0.1"},
    ) as server:
        yield server.pid


@contextmanager
def nginx(folder: Path, port: int, upstream: int) -> Iterator[None]:
    """Stand before the app on a port as docs/nginx.conf says, speaking plain http."""
    server = program("nginx")
    if server is None:
        raise RuntimeError("nginx is not installed.")
    shipped = (ROOT / "docs" / "nginx.conf").read_text()
    location = re.search(r"^    location / \{.*?^    \}", shipped, re.DOTALL | re.MULTILINE)
    assert location, "docs/nginx.conf has no location / {…}"
    as_root = "user root;" if os.geteuid() == 0 else ""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    scratch = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    place = location[0].replace("127.0.0.1:8000", f"127.0.0.1:{upstream}")
    (folder / "nginx.conf").write_text(
        f"{as_root} daemon off; worker_processes 1; pid {folder}/nginx.pid;\n"
        "error_log stderr warn;\n"
        f"events {{ worker_connections 256; }}\n"
        f"http {{ access_log off; gzip off; {scratch}\n"
        f"server {{ listen 127.0.0.1:{port}; client_max_body_size 100m;\n{place}\n}} }}\n"
    )
    command = [server, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with _started(command, log=folder / "nginx.log", ready=lambda: listens(port)):
        yield
