"""Run a command with a throw-away PostgreSQL and Redis, and leave nothing behind.

Nothing on the machine is assumed to run and nothing is left running: both servers are started on free
ports over a temporary folder, the command finds them by DATABASE_URL and REDIS_URL, and both are
stopped whatever becomes of the command.

    python .ci/with_servers.py python -m pytest tests
"""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

START_SECONDS = 60


class CannotStart(Exception):
    """A server is missing or did not come up; the text says which and why."""


def free_port() -> int:
    """Give a TCP port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def newest_postgres() -> Path:
    """Find the folder of PostgreSQL's server programs; Debian keeps them off the PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    if not found:
        raise CannotStart("no initdb found: PostgreSQL's server is not installed")
    return Path(found).resolve().parent


def unprivileged_user() -> str | None:
    """Name the account that PostgreSQL runs under: it refuses root, anyone else runs it as themselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise CannotStart("PostgreSQL refuses to run as root, and there is no account to run it under")


def end_with_parent() -> None:
    """Ask Linux to stop a server even when this program is killed and can stop nothing itself."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGINT)


@contextmanager
def server(name: str, command: list[str], *, log: Path, **options: str | None) -> Iterator[None]:
    """Keep one server running in a process group of its own, then stop the whole group."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            process_group=0,
            preexec_fn=end_with_parent,  # noqa: PLW1509 (this program has one thread)
            **options,
        )
        try:
            yield
        except CannotStart as error:
            raise CannotStart(f"{name}: {error}\n{log.read_text(errors='replace')[-2000:]}") from error
        finally:
            # INT is PostgreSQL's fast shutdown; Redis takes it as an order to leave as well.
            for order in (signal.SIGINT, signal.SIGKILL):
                if process.poll() is None:
                    process.send_signal(order)
                    try:
                        process.wait(timeout=20)
                    except subprocess.TimeoutExpired:
                        continue


def wait_for(ready: list[str], **options: str | None) -> None:
    """Ask until the answer is success."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if subprocess.run(ready, capture_output=True, check=False, **options).returncode == 0:
            return
        time.sleep(0.1)
    raise CannotStart(f"did not answer within {START_SECONDS} s")


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Start PostgreSQL tuned for a database that nobody will miss; give its address."""
    programs, user, port = newest_postgres(), unprivileged_user(), free_port()
    home = folder / "postgres"
    home.mkdir()
    if user:
        shutil.chown(home, user)
    made = subprocess.run(
        [
            *(programs / "initdb", "-D", home / "data", "-U", "portal", "-E", "UTF8", "--locale=C.UTF-8"),
            *("--auth=trust", "--no-sync", "--no-instructions"),
        ],
        capture_output=True,
        text=True,
        check=False,
        user=user,
        cwd=home,
    )
    if made.returncode:
        raise CannotStart(f"initdb: {made.stderr}")
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": home,
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "off",
        "max_connections": 200,
    }
    command = [str(programs / "postgres"), "-D", str(home / "data")]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with server("PostgreSQL", command, log=folder / "postgres.log", user=user, cwd=str(home)):
        wait_for([str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port), "-d", "postgres"])
        yield f"postgres://portal@127.0.0.1:{port}/postgres"


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Start Redis without persistence; give its address."""
    program = shutil.which("redis-server")
    if not program:
        raise CannotStart("no redis-server found: Redis is not installed")
    port = free_port()
    command = [program, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
    with server("Redis", command, log=folder / "redis.log", cwd=str(folder)):
        wait_for(["redis-cli", "-h", "127.0.0.1", "-p", str(port), "ping"])
        yield f"redis://127.0.0.1:{port}/0"


def stop_politely(_signal: int, _frame: object) -> None:
    """Turn an order to stop into an exception, so that every `finally` above is run."""
    raise SystemExit(143)


def main(command: list[str]) -> int:
    """Start the servers, run the command, stop the servers."""
    for order in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(order, stop_politely)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sdgportal-", dir="/tmp")))
        folder.chmod(0o755)
        environment = os.environ | {
            "DATABASE_URL": stack.enter_context(postgres(folder)),
            "REDIS_URL": stack.enter_context(redis(folder)),
        }
        with subprocess.Popen(command, env=environment) as child:
            try:
                return child.wait()
            except KeyboardInterrupt:
                # The terminal has sent Ctrl-C to the command as well: let it finish its own report.
                return child.wait(timeout=30)
            finally:
                if child.poll() is None:
                    child.terminate()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except CannotStart as error:
        sys.exit(f"with_servers: {error}")
