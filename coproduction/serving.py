"""The web server of the one command, which notes when each request had reached it.

A request may then wait for a free thread; what was sent in time stays in time.
"""

import time
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer, create_server
from waitress.task import WSGITask

from coproduction.projects.arrival import STAMP


class _NotingParser(HTTPRequestParser):
    """Notes when the last byte of a request was read."""

    received_at: float | None = None

    def received(self, data: bytes) -> int:
        """Read on, and look at the clock once it is whole."""
        read: int = super().received(data)
        if self.completed and self.received_at is None:
            self.received_at = time.time()
        return read


class _TellingTask(WSGITask):
    """Tells the app when the request was read."""

    def get_environment(self) -> dict[str, Any]:
        """Add the moment to the environment."""
        environment: dict[str, Any] = super().get_environment()
        environment[STAMP] = self.request.received_at
        return environment


class _NotingChannel(HTTPChannel):
    """A connection whose requests are noted."""

    parser_class = _NotingParser
    task_class = _TellingTask


def make_server(application: Any, **options: Any) -> TcpWSGIServer:
    """Make the server for one listening socket, as waitress does, with requests noted."""
    server: TcpWSGIServer = create_server(application, **options)
    server.channel_class = _NotingChannel
    return server
