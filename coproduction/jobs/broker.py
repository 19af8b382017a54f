"""The way to the broker: the one message, which fails fast, and the embedded broker itself."""

import logging
import os
from contextlib import suppress
from pathlib import Path
from queue import Empty
from typing import Any

from django.conf import settings
from kombu.exceptions import ChannelError
from kombu.transport import filesystem

from coproduction.celery import app

logger = logging.getLogger(__name__)

# Its task is in tasks.py.
LOOK = "jobs.look"
# One more try at once, for a connection that went away while it was idle; then the sweeper's turn.
_ONE_MORE_TRY = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}


def wake_a_worker() -> bool:
    """Have any worker look at what is due. Return whether the broker took the message."""
    try:
        app.send_task(LOOK, queue=settings.JOBS_QUEUE, retry_policy=_ONE_MORE_TRY)
    except Exception as problem:  # Whatever is wrong with it: the rows wait, no request fails.
        logger.warning("The broker did not take a message: %s.", type(problem).__name__)
        return False
    return True


def broker_answers() -> bool:
    """Whether the broker takes messages just now."""
    try:
        with app.connection_for_write() as connection:
            connection.ensure_connection(max_retries=0)
    except Exception:
        return False
    return True


class FolderChannel(filesystem.Channel):
    """Celery's filesystem channel, which makes its folders and outlives half a message.

    As shipped, a reader may open a file between its making and its writing, and dies of it. It
    loses the message, which the sweeper makes good. Whoever puts a message there rings, so that a
    worker that is idle sleeps until then.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make the folders on first use. Raises ChannelError when they can't be made."""
        super().__init__(*args, **kwargs)
        try:
            for folder in (self.data_folder_in, self.control_folder):
                os.makedirs(folder, exist_ok=True)
        except OSError as problem:
            raise ChannelError("The broker's folder can't be made.") from problem

    def _get(self, queue: str) -> Any:
        """Take the oldest message. Raises Empty, also when the folder went away."""
        try:
            return super()._get(queue)
        except (OSError, ValueError, ChannelError):
            raise Empty from None

    def _put(self, queue: str, payload: Any, **options: Any) -> None:
        """Add a message, and ring for the workers. Raises ChannelError."""
        super()._put(queue, payload, **options)
        # Nobody may be listening, or have so much to hear that one more ring tells nothing new.
        with suppress(OSError):
            bell = os.open(bell_in(self.control_folder), os.O_WRONLY | os.O_NONBLOCK)
            try:
                os.write(bell, b".")
            finally:
                os.close(bell)

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        """Note that a message was dealt with: its worker has room for the next."""
        super().basic_ack(delivery_tag, multiple)
        self.connection.look_soon()


def bell_in(folder: Path) -> Path:
    """Return the pipe that workers listen at for new messages."""
    return folder / "bell"


class FolderTransport(filesystem.Transport):
    """The embedded broker: a folder of messages under DATA_DIR.

    Asynchronous, as the Redis transport is, so that a worker gives each process of its pool a pipe
    of its own. As shipped they share one, whose lock dies with the idle process that holds it: the
    worker then waits for ever.
    """

    implements = filesystem.Transport.implements.extend(asynchronous=True)
    Channel = FolderChannel
    _loop: Any = None
    _bell: int | None = None

    def register_with_event_loop(self, connection: Any, loop: Any) -> None:
        """Have the worker's event loop look for messages when it rings, and now and then besides.

        A ring may have been heard by a worker without room, and not every disk can hold a pipe.
        """
        self._loop = loop
        loop.call_repeatedly(self.polling_interval, self._look)
        with suppress(OSError):
            bell = bell_in(Path(self.client.transport_options["control_folder"]))
            with suppress(FileExistsError):
                os.mkfifo(bell, 0o600)
            # For writing too: a pipe that nobody writes to would always seem to have ended.
            self._bell = os.open(bell, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
            loop.add_reader(self._bell, self._hear)

    def close_connection(self, connection: Any) -> None:
        """Listen no more, and close the channels."""
        if self._bell is not None:
            self._loop.remove_reader(self._bell)
            os.close(self._bell)
        self._loop = self._bell = None
        super().close_connection(connection)

    def look_soon(self) -> None:
        """Look for messages once the worker's event loop is done with what it is at."""
        if self._loop is not None:
            self._loop.call_soon(self._look)

    def _hear(self) -> None:
        """Take in all rings, and look."""
        if self._bell is not None:
            with suppress(BlockingIOError):  # Another worker took them in.
                os.read(self._bell, 4096)
        self._look()

    def _look(self) -> None:
        """Hand over the messages that there are, as far as the worker has room."""
        with suppress(Empty):
            while True:
                self.cycle.get(self._deliver)
