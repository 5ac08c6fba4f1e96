"""The two imports of real input, each as a command on a merely migrated database."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.measure import Limit

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("SHARED_DATA", REPOSITORY.parent / "shared" / "data"))
MOST_SECONDS, MOST_MEGABYTES = 60, 500
SOURCES = {
    "import_kato": SHARED / "kato" / "kato_nk_rk_11_2025.csv",
    "import_opensdg": SHARED / "opensdg-kz",
}


def benches() -> Iterator[Limit]:
    for command, source in SOURCES.items():
        if source.exists():
            yield Limit(
                f"{command} of the real input",
                lambda c=command, s=source: run(c, s),
                MOST_SECONDS,
                MOST_MEGABYTES,
            )
        else:
            print(f"{command}: no real input at {source}, so it is not measured", file=sys.stderr)


def run(command: str, source: Path) -> tuple[float, float]:
    """Seconds on the clock and megabytes at the peak of `manage.py <command> <source>`."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}
        }
        environment |= {"DATA_DIR": folder, "LOG_LEVEL": "ERROR"}
        manage = [sys.executable, str(REPOSITORY / "manage.py")]
        subprocess.run([*manage, "migrate", "-v0"], env=environment, check=True)
        start = time.perf_counter()
        process = subprocess.Popen(
            [*manage, command, str(source)], env=environment, stdout=subprocess.DEVNULL
        )
        _pid, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    if status:
        raise RuntimeError(f"{command} ended with status {status}")
    return seconds, usage.ru_maxrss / 1024
