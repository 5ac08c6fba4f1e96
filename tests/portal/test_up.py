"""`manage.py up` on the embedded default: from an empty folder to no process left."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from apps.portal import up
from tests.compose import free_port

REPOSITORY = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.embedded, pytest.mark.folders]


def status_of(port: int, path: str) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code


def wait_until(happens, *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline, f"did not happen within {seconds} s"
        time.sleep(0.1)


def processes_of(folder: Path) -> list[psutil.Process]:
    """Whoever lives with this data folder, whatever its parents and groups."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get("DATA_DIR") == str(folder / "var") and process.status() != "zombie":
                found.append(process)
    return found


@contextmanager
def running(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen, int, Path]]:
    """Start `up` on an empty folder, as a newcomer's machine would, and wait until it shows its address."""
    port = free_port()
    unset = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PRODUCTION", "DJANGO_SETTINGS_MODULE")
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment |= {"DATA_DIR": str(folder / "var"), "PORT": str(port), "PYTHONUNBUFFERED": "1"}
    output = folder / "output"
    with output.open("wb") as out:
        up = subprocess.Popen(
            [sys.executable, "manage.py", "up", *options],
            cwd=REPOSITORY,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until(lambda: "Ctrl-C stops it" in output.read_text() or up.poll() is not None, seconds=300)
        assert up.poll() is None, output.read_text()
        yield up, port, output
        wait_until(lambda: not processes_of(folder), seconds=20)
    finally:
        if up.poll() is None:
            up.kill()
        up.wait(timeout=10)
        for process in processes_of(folder):
            process.kill()


@pytest.fixture(scope="module")
def first_start(tmp_path_factory) -> dict:
    """Start on an empty folder, look around, press Ctrl-C; say what was seen."""
    folder = tmp_path_factory.mktemp("portal")
    seen: dict = {"folder": folder}
    with running(folder) as (up, port, output):
        seen["address"] = f"http://localhost:{port}/"
        seen["statuses"] = {path: status_of(port, path) for path in ("/healthz", "/kk/accounts/login/")}
        # Beat rings, the worker hears it and writes the heartbeat: the folders do as a broker.
        wait_until(lambda: status_of(port, "/readyz") == 200, seconds=120)
        up.send_signal(signal.SIGINT)
        seen["code"] = up.wait(timeout=30)
    seen["output"] = output.read_text()
    return seen


def test_up_goes_from_an_empty_folder_to_no_process_left(first_start):
    assert first_start["address"] in first_start["output"]
    assert first_start["statuses"] == {"/healthz": 200, "/kk/accounts/login/": 200}
    assert first_start["code"] == 0
    assert first_start["output"].endswith("Stopped.\n")


def test_up_keeps_its_key_to_its_owner(first_start):
    assert (first_start["folder"] / "var" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_up_starts_again_with_what_the_first_start_left(first_start):
    with running(first_start["folder"]) as (up, port, output):
        assert status_of(port, "/kk/accounts/login/") == 200
        up.send_signal(signal.SIGTERM)
        assert up.wait(timeout=30) == 0
    said = output.read_text()
    assert not any(done in said for done in ("Migrating", "Collecting", "Building"))


def test_up_stops_when_one_part_dies_and_says_which(first_start):
    with running(first_start["folder"]) as (up, _port, output):
        [beat] = [child for child in psutil.Process(up.pid).children() if "beat" in child.cmdline()]
        beat.kill()
        assert up.wait(timeout=30) == 1
    assert "The beat has stopped (code -9): stopping the others" in output.read_text()


def test_up_leaves_nobody_behind_when_it_is_killed(first_start):
    folder = first_start["folder"]
    with running(folder) as (up, _port, _output):
        # up, its guard, the web server and its child, the worker and its child, beat.
        wait_until(lambda: len(processes_of(folder)) >= 7, seconds=30)
        up.kill()


def test_up_leaves_nobody_behind_when_its_guard_is_killed(first_start):
    with running(first_start["folder"]) as (up, _port, output):
        [guard] = [child for child in psutil.Process(up.pid).children() if "guard.py" in child.cmdline()[-1]]
        guard.kill()
        assert up.wait(timeout=40) == 1
    assert "The guard has stopped (code -9): stopping the others" in output.read_text()


def test_up_starts_behind_a_proxy(first_start, monkeypatch):
    """Nothing listens at the proxy: who asks it for the portal never hears of it."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with running(first_start["folder"]) as (up, port, _output):
        probe = [sys.executable, "-m", "sdgportal.probe", f"http://127.0.0.1:{port}/healthz"]
        assert subprocess.run(probe, cwd=REPOSITORY, check=False).returncode == 0
        up.send_signal(signal.SIGTERM)
        assert up.wait(timeout=30) == 0


def refused_up(folder: Path, *options: str, **environment: str) -> tuple[int, list[str]]:
    refused = subprocess.run(
        [sys.executable, "manage.py", "up", *options],
        cwd=REPOSITORY,
        env=os.environ | {"DATA_DIR": str(folder)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return refused.returncode, (refused.stdout + refused.stderr).strip().splitlines()


def test_second_up_on_a_folder_is_refused_with_one_line(first_start):
    folder = first_start["folder"] / "var"
    with running(first_start["folder"]) as (up, _port, _output):
        code, lines = refused_up(folder, "--port", str(free_port()))
        assert (code, lines) == (1, [f"CommandError: A portal already runs on the data folder {folder}"])
        up.send_signal(signal.SIGTERM)
        assert up.wait(timeout=30) == 0


@pytest.mark.parametrize("port", ["abc", "0", "-1", "99999"])
def test_up_is_wrongly_called_with_what_is_no_port(port, tmp_path):
    code, lines = refused_up(tmp_path, f"--port={port}")
    assert (code, lines[-1].split(": ")[-1]) == (2, f"{port!r} is no port (1 to 65535)")


def test_up_tells_a_port_of_the_system_from_one_in_use(monkeypatch):
    class Refused(socket.socket):
        def bind(self, _address):
            raise PermissionError

    monkeypatch.setattr(socket, "socket", Refused)
    with pytest.raises(up.CannotRun, match="Port 80 is kept for the system"):
        up.require_free_port(80)


def test_up_refuses_a_port_in_use_with_one_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = subprocess.run(
            [sys.executable, "manage.py", "up"],
            cwd=REPOSITORY,
            env=os.environ | {"DATA_DIR": str(tmp_path), "PORT": str(port)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert refused.returncode == 1
    lines = (refused.stdout + refused.stderr).strip().splitlines()
    assert lines == [f"CommandError: Port {port} is in use; choose another one: PORT=8001 make run"]
