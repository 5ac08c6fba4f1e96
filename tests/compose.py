"""The services of docker-compose.yml as processes of this machine: their very commands, no engine.

What Compose would bring stands in for: PostgreSQL and Redis are those of the suite (a database of its own),
`.env` is what `.env.example` asks for, the image's static files are collected as the Dockerfile does.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
import yaml
from aiosmtpd.controller import Controller

from tests.notifications.conftest import Mailbox
from tests.visitor import Visitor

REPOSITORY = Path(__file__).resolve().parent.parent
HOST = "sdg.example.kz"


@dataclass
class Services:
    """The running services: where they answer, how to run a command beside them, who visits them."""

    port: int
    environment: dict[str, str]
    logs: Path
    mailbox: Mailbox = field(default_factory=Mailbox)
    processes: dict[str, subprocess.Popen] = field(default_factory=dict)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def visitor(self) -> Visitor:
        return Visitor(self.base_url, HOST)

    def manage(self, *arguments: str) -> str:
        """Run a command of manage.py as in a container of these services; give its standard output."""
        return self.run([sys.executable, "manage.py", *arguments])

    def run(self, command: list[str]) -> str:
        done = subprocess.run(
            command, cwd=REPOSITORY, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
        return done.stdout

    def letter_to(self, address: str, seconds: float = 90) -> EmailMessage:
        """Wait for a letter to this address, sent by the worker, and give it."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for letter in self.mailbox.letters:
                if letter["To"] == address:
                    return letter
            time.sleep(0.2)
        came = [letter["To"] for letter in self.mailbox.letters]
        raise AssertionError(f"no letter to {address} within {seconds} s; came: {came}")

    def start(self, name: str, command: list[str]) -> None:
        with (self.logs / name).open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command,
                cwd=REPOSITORY,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,
            )

    def stop(self) -> None:
        for order, patience in ((signal.SIGTERM, 20), (signal.SIGKILL, 5)):
            for process in self.processes.values():
                if process.poll() is None:
                    os.killpg(process.pid, order)
            deadline = time.monotonic() + patience
            while any(p.poll() is None for p in self.processes.values()) and time.monotonic() < deadline:
                time.sleep(0.1)

    def wait_until_ready(self, seconds: float = 180) -> None:
        deadline = time.monotonic() + seconds
        answer = ""
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.base_url}/readyz", timeout=10):  # noqa: S310 (ours)
                    return
            except urllib.error.HTTPError as error:
                answer = error.read().decode()
            except OSError as error:
                answer = str(error)
            time.sleep(0.3)
        logs = "\n".join(f"── {log.name}\n{log.read_text()[-3000:]}" for log in sorted(self.logs.iterdir()))
        raise AssertionError(f"not ready within {seconds} s: {answer}\n{logs}")


def dot_env(port: int, mail_port: int = 1) -> dict[str, str]:
    """Fill in what .env.example asks for; a name that it does not ask for is not given."""
    values = {
        "SECRET_KEY": "k3y-" + "aZ9_-" * 14,
        "POSTGRES_PASSWORD": "none",
        "PORTAL_ADDRESS": f"https://{HOST}",
        "ALLOWED_HOSTS": HOST,
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "DEFAULT_FROM_EMAIL": f"portal@{HOST}",
        "PORT": str(port),
    }
    asked = re.findall(r"^#?([A-Z_]+)=", (REPOSITORY / ".env.example").read_text(), flags=re.MULTILINE)
    return {name: values[name] for name in asked if name in values}


def interpolated(value: str, environment: dict[str, str]) -> str:
    """Put the environment into `${NAME:-default}` and `${NAME:?message}`, as Compose does."""

    def replace(match: re.Match[str]) -> str:
        name, operator, word = match["name"], match["operator"], match["word"]
        assert environment.get(name) or operator == ":-", f"{name} is not set: {word}"
        return environment.get(name) or word

    return re.sub(r"\$\{(?P<name>\w+)(?:(?P<operator>:[-?])(?P<word>[^}]*))?\}", replace, value)


def compose_file(environment: dict[str, str]) -> dict:
    return yaml.safe_load(interpolated((REPOSITORY / "docker-compose.yml").read_text(), environment))


def own_database(suite_url: str, name: str) -> str:
    """Make an empty database beside the suite's own, and give its address."""
    connection = psycopg2.connect(suite_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    connection.close()
    return urlsplit(suite_url)._replace(path=f"/{name}").geturl()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def compose_services(tmp_path_factory) -> Iterator[Services]:
    """web, worker and beat of docker-compose.yml on a migrated, empty database; one for the session."""
    suite_url, redis_url = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
    if not suite_url.startswith("postgres") or not redis_url:
        pytest.skip("docker-compose.yml is run on PostgreSQL and Redis: .ci/test brings them")
    folder = tmp_path_factory.mktemp("compose")
    mailbox = Mailbox()
    mail = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    given = dot_env(free_port(), mail.port)
    services = compose_file(given)["services"]
    environment = {
        "HOME": str(folder),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "STATIC_ROOT": str(folder / "static"),
        **given,
        **services["web"]["environment"],
        "DATA_DIR": str(folder / "data"),
        "DATABASE_URL": own_database(suite_url, "compose"),
        # Not the suite's own bell: this worker is to answer to these services alone.
        "REDIS_URL": urlsplit(redis_url)._replace(path="/5").geturl(),
    }
    (folder / "logs").mkdir()
    running = Services(int(given["PORT"]), environment, folder / "logs", mailbox)
    running.manage("collectstatic", "--no-input", "--verbosity=0")
    running.run(services["migrate"]["command"])
    mail.start()
    try:
        for name in ("web", "worker", "beat"):
            running.start(name, services[name]["command"])
        running.wait_until_ready()
        yield running
    finally:
        running.stop()
        mail.stop()
