"""The two imports of real input and the demonstration, each as a command on a merely migrated database."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.measure import Limit, Unmeasured
from tests.compose import free_port

REPOSITORY = Path(__file__).resolve().parents[2]
MANAGE = (sys.executable, str(REPOSITORY / "manage.py"))
SHARED = Path(os.environ.get("SHARED_DATA", REPOSITORY.parent / "shared" / "data"))
MOST_SECONDS, MOST_MEGABYTES = 60, 500
START_SECONDS = 10
SOURCES = {
    "import_kato": SHARED / "kato" / "kato_nk_rk_11_2025.csv",
    "import_opensdg": SHARED / "opensdg-kz",
}


def benches() -> Iterator[Limit | Unmeasured]:
    for command, source in SOURCES.items():
        name = f"{command} of the real input"
        if source.exists():
            yield limit(name, command, str(source))
        else:
            yield Unmeasured(name, f"nothing at {source} (SHARED_DATA names the folder)")
    yield limit("demo", "demo")
    yield Limit("second start of the portal, to its address", second_start, START_SECONDS)


def limit(name: str, *call: str) -> Limit:
    return Limit(name, lambda: run(*call), MOST_SECONDS, MOST_MEGABYTES)


def run(*call: str) -> tuple[float, float]:
    """Seconds on the clock and megabytes at the peak of `manage.py <call>`."""
    with alone() as environment:
        subprocess.run([*MANAGE, "migrate", "-v0"], env=environment, check=True)
        start = time.perf_counter()
        process = subprocess.Popen([*MANAGE, *call], env=environment, stdout=subprocess.DEVNULL)
        _pid, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    if status:
        raise RuntimeError(f"{call[0]} ended with status {status}")
    return seconds, usage.ru_maxrss / 1024


def second_start() -> tuple[float, float]:
    """Seconds on the clock from `manage.py up` to its address, where it has been started before."""
    with alone() as environment:
        environment["PORT"] = str(free_port())
        start_and_stop(environment)
        return start_and_stop(environment), 0


def start_and_stop(environment: dict[str, str]) -> float:
    start = time.perf_counter()
    with subprocess.Popen([*MANAGE, "up"], env=environment, stdout=subprocess.PIPE, text=True) as up:
        assert up.stdout
        while "Ctrl-C stops it" not in (line := up.stdout.readline()):
            if not line:
                raise RuntimeError(f"up ended with status {up.wait()}")
        seconds = time.perf_counter() - start
        up.terminate()
        up.stdout.read()
    return seconds


@contextmanager
def alone() -> Iterator[dict[str, str]]:
    """The environment of the embedded default, in an empty folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        kept = {
            name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}
        }
        yield {**kept, "DATA_DIR": folder, "LOG_LEVEL": "ERROR", "PYTHONUNBUFFERED": "1"}
