"""The whole portal as one program in the foreground: web server, worker and beat start and end together."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from apps.portal import guard
from sdgportal.probe import is_well

HOST = "127.0.0.1"
ANOTHER_PORT = "PORT=8001 make run"
START_SECONDS = 60
STOP_SECONDS = guard.PATIENCE_SECONDS + 5


class CannotRun(Exception):
    """Why the portal does not start or does not go on, as one line for a person."""


def parts(port: int) -> dict[str, list[str]]:
    """Name the programs and their commands; production runs the same ones apart, by docker-compose.yml."""
    quietly = ("-W", "ignore:You're running the worker with superuser privileges")
    celery = [sys.executable, *quietly, "-m", "celery", "--app", "sdgportal", "--quiet"]
    return {
        "web server": [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)),
            *("--workers", "1", "--blocking-threads", "4", "--backpressure", "64", "--no-ws"),
            *("--log-level", "warning", "sdgportal.wsgi:application"),
        ],
        "worker": [
            # Drawing papers must not make the pages slow on a small machine.
            *("nice", "-n", "10", *celery, "worker", "--queues", "celery,papers", "--concurrency", "1"),
            *("--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"),
        ],
        "beat": [*celery, "beat", "--loglevel", "WARNING"],
    }


@contextmanager
def alone_with(data_dir: Path) -> Iterator[None]:
    """Keep the data folder to this program: two portals would answer each other's bells.

    The lock is the system's own and is gone with the program, however that ends.
    """
    with (data_dir / "up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CannotRun(f"A portal already runs on the data folder {data_dir}") from error
        yield


def require_free_port(port: int) -> None:
    """Refuse a port that cannot be listened on, before anything is started."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise CannotRun(
                f"Port {port} is kept for the system; choose another one: {ANOTHER_PORT}"
            ) from error
        except OSError as error:
            raise CannotRun(f"Port {port} is in use; choose another one: {ANOTHER_PORT}") from error


def start(command: list[str], stdin: int = subprocess.DEVNULL, **options: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stdin=stdin, **options)  # noqa: S603 (our own programs)


class Portal:
    """Starts the parts, watches them, and leaves no process behind.

    It ends when it is told to (Ctrl-C, SIGTERM, SIGHUP), when its own parent is gone, or when one part ends.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.is_told_to_stop = False
        self.parent = os.getppid()

    def __enter__(self) -> Self:
        for order in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(order, self._be_told_to_stop)
        read_end, self.lifeline = os.pipe()
        self.guard = start([sys.executable, guard.__file__], stdin=read_end, process_group=0)
        os.close(read_end)
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.lifeline)
        deadline = time.monotonic() + STOP_SECONDS
        everyone = [*self.processes.values(), self.guard]
        if self.guard.poll() is not None:  # nobody else asks them to leave
            for process in self.processes.values():
                process.terminate()
        # Ended children are collected meanwhile, so that the guard sees them gone.
        while any(process.poll() is None for process in everyone) and time.monotonic() < deadline:
            time.sleep(0.05)
        # Whoever is still there, also the children of those who have left: the guard may have been killed.
        with suppress(ProcessLookupError):
            os.killpg(self.guard.pid, signal.SIGKILL)

    def start(self, name: str) -> None:
        self.processes[name] = start(parts(self.port)[name], process_group=self.guard.pid)

    def wait_until_it_answers(self) -> bool:
        """Wait for the first answer; False when told to stop meanwhile."""
        deadline = time.monotonic() + START_SECONDS
        while self.goes_on():
            if is_well(f"http://{HOST}:{self.port}/healthz"):
                return True
            if time.monotonic() > deadline:
                raise CannotRun(f"The web server did not answer within {START_SECONDS} s")
            time.sleep(0.1)
        return False

    def watch(self) -> None:
        """Stay until it is time to end."""
        while self.goes_on():
            time.sleep(0.2)

    def goes_on(self) -> bool:
        """Say whether to go on; a part that has ended of itself is an error that names it."""
        for name, process in {**self.processes, "guard": self.guard}.items():
            if process.poll() is not None and not self.is_told_to_stop:
                raise CannotRun(f"The {name} has stopped (code {process.returncode}): stopping the others")
        return not self.is_told_to_stop and os.getppid() == self.parent

    def _be_told_to_stop(self, _signal: int, _frame: object) -> None:
        self.is_told_to_stop = True


def run(port: int, *, on_answer: Callable[[], None]) -> None:
    """Run the portal until it is told to stop; `on_answer` is called once, when it can be opened."""
    with Portal(port) as portal:
        # The pages first: the other two would only slow down what a person is waiting for.
        portal.start("web server")
        if portal.wait_until_it_answers():
            portal.start("worker")
            portal.start("beat")
            on_answer()
            portal.watch()
        print("Stopping…", flush=True)  # noqa: T201 (said before the wait, not after it)
