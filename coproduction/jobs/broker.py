"""The way to the broker: the one message, which fails fast, and the embedded broker itself."""

import logging
import os
from contextlib import suppress
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
    loses the message, which the sweeper makes good.
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


class FolderTransport(filesystem.Transport):
    """The embedded broker: a folder of messages under DATA_DIR.

    Asynchronous, as the Redis transport is, so that a worker gives each process of its pool a pipe
    of its own. As shipped they share one, whose lock dies with the idle process that holds it: the
    worker then waits for ever.
    """

    implements = filesystem.Transport.implements.extend(asynchronous=True)
    Channel = FolderChannel

    def register_with_event_loop(self, connection: Any, loop: Any) -> None:
        """Look for messages from the worker's event loop."""
        loop.call_repeatedly(self.polling_interval, self._look)

    def _look(self) -> None:
        """Hand over the next message, if there is one and the worker has room for it."""
        with suppress(Empty):
            self.cycle.get(self._deliver)
