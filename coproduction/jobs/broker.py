"""The way to the broker: sending a wake-up that fails fast, and the embedded broker itself."""

import logging
import os
from contextlib import suppress
from pathlib import Path
from queue import Empty
from time import time_ns
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from kombu.exceptions import ChannelError
from kombu.transport import filesystem, virtual
from kombu.utils.encoding import bytes_to_str, str_to_bytes
from kombu.utils.json import dumps, loads

from coproduction.celery import app

logger = logging.getLogger(__name__)

# One more try at once, for a connection that went away while it was idle; then the sweeper's turn.
_ONE_MORE_TRY = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}


def send_wake_up(*, task: str, job: UUID) -> bool:
    """Ask any worker to look at a job. Return whether the broker took the message."""
    try:
        app.send_task(
            task,
            args=[str(job)],
            queue=settings.JOBS_QUEUE,
            ignore_result=True,
            retry=True,
            retry_policy=_ONE_MORE_TRY,
        )
    except (
        Exception
    ) as problem:  # Whatever ails a broker, the row waits and nobody's request fails.
        logger.warning("The broker did not take job %s: %s.", job, type(problem).__name__)
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


class WholeMessages(filesystem.Channel):
    """Celery's filesystem channel, whose readers never meet half a message.

    As shipped, a reader may open a file between its making and its writing, and dies of it; and a
    message taken is moved to the machine's temporary folder, which may be another disk.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make the folders on first use. Raises ChannelError when they can't be written to."""
        super().__init__(*args, **kwargs)
        try:
            self._messages.mkdir(parents=True, exist_ok=True)
            self.control_folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise ChannelError("The broker's folder can't be made.") from problem
        if not os.access(self._messages, os.W_OK):
            raise ChannelError("The broker's folder can't be written to.")

    @property
    def _messages(self) -> Path:
        """The folder of messages to be taken."""
        return Path(self.data_folder_in)

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:
        """Write a message aside, then let it appear whole. Names sort by time of sending."""
        name = f"{time_ns():020d}_{uuid4().hex}.{queue}.msg"
        aside = self._messages / f"{name}.part"
        try:
            aside.write_bytes(str_to_bytes(dumps(payload)))
            aside.rename(self._messages / name)
        except OSError as problem:
            raise ChannelError("The broker's folder can't be written to.") from problem

    def _get(self, queue: str) -> Any:
        """Take the oldest message: the one whose renaming succeeds is ours. Raises Empty.

        A folder that went away has no messages; the next look may find it again.
        """
        try:
            names = sorted(os.listdir(self._messages))
        except OSError:
            raise Empty from None
        for name in names:
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = self._messages / f"{name}.taken"
            with suppress(FileNotFoundError):  # Another worker was quicker.
                (self._messages / name).rename(taken)
                payload = taken.read_bytes()
                taken.unlink()
                return loads(bytes_to_str(payload))
        raise Empty


class Transport(filesystem.Transport):
    """The embedded broker: a folder of messages under DATA_DIR.

    Asynchronous, as the Redis transport is, so that a worker gives each process of its pool a pipe
    of its own. As shipped they share one, whose lock dies with the idle process that holds it: the
    worker then waits for ever.
    """

    implements = filesystem.Transport.implements.extend(asynchronous=True)
    Channel = WholeMessages

    def __init__(self, client: Any, **kwargs: Any) -> None:
        """Know only of this folder's queues; as shipped, all folders of a process share them."""
        super().__init__(client, **kwargs)
        self.state = virtual.BrokerState()

    def register_with_event_loop(self, connection: Any, loop: Any) -> None:
        """Look for messages from the worker's event loop."""
        loop.call_repeatedly(self.polling_interval, self._look)

    def _look(self) -> None:
        """Hand over the next message, if there is one and the worker has room for it."""
        with suppress(Empty):
            self.cycle.get(self._deliver)
