"""Run the whole app: bring everything up to date, keep a worker running, and serve."""

import errno
import signal
import socket
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.db import connection

from coproduction.backup.refusing import told_plainly
from coproduction.backup.unfinished import begin_serving
from coproduction.counting_together import begin_counting
from coproduction.database import renew_statistics
from coproduction.demo import demo_address
from coproduction.fingerprints import RunningFingerprint
from coproduction.jobs.worker import WatchedWorker
from coproduction.projects.models import Membership, User
from coproduction.serving import make_server

_THREADS = 8
_LARGEST_REQUEST = 100 * 1024 * 1024
_NO_PROXY = (
    "SITE_URL begins with https, which this server doesn't speak: put a proxy before it that does, "
    "as docs/nginx.conf shows, and set BEHIND_PROXY=1. Without that, every page would only lead to "
    "itself."
)


class Command(BaseCommand):
    """Migrate, compile, collect, start the worker, serve; stop both at Ctrl-C."""

    help = "Bring the database up to date, start the worker, and serve the app on HOST and PORT."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take nothing: environment variables say everything."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until told to stop. Raises CommandError when it can't: the port is taken, say."""
        if settings.SITE_URL.startswith("https:") and not settings.BEHIND_PROXY:
            raise CommandError(_NO_PROXY)
        # Ctrl-C too: a shell that starts us in the background has us ignore it otherwise.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _stop)
        # Before anything else: a second start on the same port must change nothing.
        listener = bind_port(settings.HOST, settings.PORT)
        worker = WatchedWorker()
        try:
            with told_plainly():
                begin_serving()
            close_to_others()
            begin_counting()
            call_command("migrate", interactive=False, verbosity=0)
            renew_statistics()
            collect_static()
            worker.start()
            server = make_server(
                # Made only now: it looks once which static files there are, and then serves those.
                get_wsgi_application(),
                sockets=[listener],
                threads=_THREADS,
                max_request_body_size=_LARGEST_REQUEST,
                ident=None,
                # The app asks who really asked: nothing is taken out of a request before.
                clear_untrusted_proxy_headers=False,
                server_name=listener.getsockname()[0],
            )
            self.greet()
            server.run()  # Returns when asked to stop.
        finally:
            listener.close()
            self.stdout.write("Stopping.")
            worker.stop()

    def greet(self) -> None:
        """Say where the app is and, in demo mode, as which sample people one can sign in."""
        lines = [f"Open {demo_address() if settings.DEMO else f'{settings.SITE_URL}/'}"]
        sample = User.objects.filter(is_sample=True).order_by("email") if settings.DEMO else []
        if sample:
            lines += [
                "That address is yours alone: it lets a browser be any of these, and read /mail/.",
                "Sample people, one click each on the sign-in page:",
            ]
            roles: dict[int, list[str]] = {}
            for membership in Membership.objects.filter(user__in=sample).order_by("role"):
                roles.setdefault(membership.user_id, []).append(membership.get_role_display())
            lines += [f"  {user.email}  {', '.join(roles.get(user.pk, []))}" for user in sample]
        lines.append("Press Ctrl-C to stop.")
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def _stop(_number: int, _frame: FrameType | None) -> None:
    """Turn a request to stop into the end of the main loop."""
    raise SystemExit(0)


def bind_port(host: str, port: int) -> socket.socket:
    """Take the port, so that nobody else can. Raises CommandError with what to do."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as problem:
        raise CommandError(_why_not(problem, host, port)) from None
    return listener


def _why_not(problem: OSError, host: str, port: int) -> str:
    """Say plainly why the port could not be taken, and what to do."""
    if problem.errno == errno.EADDRINUSE:
        return (
            f"Something is already running on port {port}. If it is this app, open "
            f"{settings.SITE_URL}/ in a browser. If not, choose another port: "
            f"PORT={port + 1} bin/start"
        )
    if problem.errno == errno.EACCES:
        return f"You may not use port {port}. Choose one above 1023: PORT=8000 bin/start"
    return f"The app can't be served on {host}, port {port}. Check HOST and PORT."


def close_to_others() -> None:
    """Take from everybody else what an earlier release made for all to read."""
    database = settings.DATABASES["default"]
    kept = [settings.DATA_DIR / name for name in ("mail", "broker")]
    kept.append(Path(default_storage.path("")))
    if connection.vendor == "sqlite":
        kept += [Path(f"{database['NAME']}{end}") for end in ("", "-wal", "-shm")]
    for path in kept:
        with suppress(OSError):  # It isn't there yet, or is somebody else's.
            path.chmod(path.stat().st_mode & ~0o077)


def collect_static() -> None:
    """Collect the static files again if any of them changed since they were last collected."""
    if settings.DEBUG:
        return  # Served from where they stand.
    seen = RunningFingerprint()
    seen.add(str(settings.STORAGES["staticfiles"]))
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            seen.add(f"{path} {found.st_size} {found.st_mtime_ns}\n")
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.exists() and stamp.read_text() == seen.value:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(seen.value)
