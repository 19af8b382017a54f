"""The embedded broker: each message is taken once, and errors are plain when it can't work."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection, Exchange, Message, Queue
from kombu.asynchronous import Hub
from kombu.exceptions import ChannelError

from coproduction.jobs.broker import broker_answers


def connect(folder: Path) -> Connection:
    """Open the embedded broker in this folder."""
    return Connection(
        "filesystem://localhost",
        transport="coproduction.jobs.broker:FolderTransport",
        transport_options={
            "data_folder_in": str(folder / "messages"),
            "data_folder_out": str(folder / "messages"),
            "control_folder": str(folder / "control"),
            "polling_interval": 0.02,
        },
    )


def put(folder: Path, *numbers: int) -> None:
    """Send a message for each number."""
    with connect(folder) as connection, connection.SimpleQueue(folder.name) as queue:
        for number in numbers:
            queue.put({"number": number})


def take(folder: Path, taken: list[int]) -> None:
    """Take messages until there are none."""
    with connect(folder) as connection, connection.SimpleQueue(folder.name) as queue:
        while True:
            try:
                message = queue.get(block=False)
            except Empty:
                return
            message.ack()  # Otherwise it is given back when the connection closes.
            taken.append(message.payload["number"])


def test_each_message_is_taken_by_one_of_many_readers_and_nothing_is_left(tmp_path: Path) -> None:
    put(tmp_path, *range(120))
    hands: list[list[int]] = [[], [], []]
    readers = [threading.Thread(target=take, args=[tmp_path, hand]) for hand in hands]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert sorted(number for hand in hands for number in hand) == list(range(120))
    assert list((tmp_path / "messages").iterdir()) == []


def test_half_a_message_stops_nobody(tmp_path: Path) -> None:
    put(tmp_path, 1)
    (whole,) = (tmp_path / "messages").iterdir()
    whole.write_text(whole.read_text()[:20])
    taken: list[int] = []
    take(tmp_path, taken)
    assert taken == []
    put(tmp_path, 2)
    take(tmp_path, taken)
    assert taken == [2]


def test_a_folder_that_went_away_has_no_messages_until_it_is_back(tmp_path: Path) -> None:
    put(tmp_path, 1)
    messages = tmp_path / "messages"
    taken: list[int] = []
    with connect(tmp_path) as connection, connection.SimpleQueue(tmp_path.name) as queue:
        messages.rename(tmp_path / "away")
        messages.write_text("in the way")
        with pytest.raises(Empty):
            queue.get(block=False)
        with pytest.raises(ChannelError):
            queue.put({"number": 2})
        messages.unlink()
        (tmp_path / "away").rename(messages)
    take(tmp_path, taken)
    assert taken == [1]


def test_a_folder_that_cannot_be_made_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "messages").write_text("in the way")
    with connect(tmp_path) as connection, pytest.raises(ChannelError):
        connection.connect()


def test_a_broker_that_runs_answers() -> None:
    assert broker_answers()


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[tuple[Hub, list[Message]]]:
    """A worker's event loop that would look by itself in an hour, and what it was handed."""
    loop, taken = Hub(), []
    with connect(tmp_path) as connection:
        connection.transport.polling_interval = 3_600
        queue = Queue(tmp_path.name, Exchange(tmp_path.name), tmp_path.name)
        with connection.Consumer(queue, on_message=taken.append, prefetch_count=1):
            connection.transport.register_with_event_loop(connection, loop)
            yield loop, taken
    loop.close()


def go_round(loop: Hub, until: Callable[[], object]) -> None:
    """Let an event loop go on until something is so, or some seconds are over."""
    over: list[bool] = []
    loop.call_later(20, over.append, True)
    turns = loop.create_loop()
    while not until() and not over:
        next(turns)


def test_a_worker_that_sleeps_hears_of_a_message_at_once(tmp_path: Path, heard) -> None:
    loop, taken = heard
    put(tmp_path, 1)
    go_round(loop, lambda: taken)
    assert [message.payload["number"] for message in taken] == [1]


def test_a_worker_with_room_again_looks_for_what_it_could_not_take(tmp_path: Path, heard) -> None:
    loop, taken = heard
    put(tmp_path, 1, 2, 3)
    for number in (1, 2, 3):
        go_round(loop, lambda number=number: len(taken) == number)
        assert len(taken) == number
        taken[-1].ack()
    # Those put there in one millisecond have no order.
    assert sorted(message.payload["number"] for message in taken) == [1, 2, 3]


def test_where_no_pipe_can_be_made_messages_are_found_by_looking(tmp_path: Path) -> None:
    (tmp_path / "control" / "bell").mkdir(parents=True)
    loop, taken = Hub(), []
    with connect(tmp_path) as connection:
        queue = Queue(tmp_path.name, Exchange(tmp_path.name), tmp_path.name)
        with connection.Consumer(queue, on_message=taken.append, prefetch_count=1):
            connection.transport.register_with_event_loop(connection, loop)
            put(tmp_path, 1)
            go_round(loop, lambda: taken)
            assert [message.payload["number"] for message in taken] == [1]
            taken[-1].ack()
    loop.close()
