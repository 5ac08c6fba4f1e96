"""The folders that stand in for Redis never show a half-written message."""

import json
import threading
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection
from kombu.transport.filesystem import Transport as KombuTransport

from sdgportal.broker import Transport


@pytest.fixture
def folder(tmp_path):
    for name in ("messages", "control"):
        (tmp_path / name).mkdir()
    return tmp_path


def channel(transport, folder):
    options = {
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "control_folder": str(folder / "control"),
    }
    return Connection("filesystem://localhost", transport=transport, transport_options=options).channel()


def test_message_has_its_name_only_when_it_is_whole(folder, monkeypatch):
    seen = []

    def look_and_replace(unfinished, name):
        seen.append([path.name for path in (folder / "messages").glob("*.msg")])
        seen.append(json.loads(unfinished.read_text()))
        unfinished.rename(name)

    monkeypatch.setattr(Path, "replace", look_and_replace)
    channel(Transport, folder)._put("celery", {"n": 1})
    assert seen == [[], {"n": 1}]
    assert len(list((folder / "messages").glob("*.celery.msg"))) == 1


def test_half_written_message_would_end_the_worker_with_the_transport_as_it_comes(folder):
    """The control: what kombu's own `_put` leaves between opening and writing cannot be read."""
    (folder / "messages" / "1_a.celery.msg").touch()
    with pytest.raises(json.JSONDecodeError):
        channel(KombuTransport, folder)._get("celery")


def test_reader_gets_every_message_of_a_busy_writer_whole_and_in_order(folder):
    count, long = 200, "х" * 100_000
    writer_channel, reader = channel(Transport, folder), channel(Transport, folder)
    writer = threading.Thread(
        target=lambda: [writer_channel._put("celery", {"n": n, "long": long}) for n in range(count)]
    )
    writer.start()
    read = []
    while len(read) < count:
        try:
            read.append(reader._get("celery"))
        except Empty:
            assert writer.is_alive() or len(read) == count
    writer.join()
    assert [message["n"] for message in read] == list(range(count))
    assert all(message["long"] == long for message in read)
