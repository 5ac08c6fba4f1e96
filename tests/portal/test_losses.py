"""What the portal does without its Redis or its database: killed, or there and silent (SIGSTOP)."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache.backends import redis as plain
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from redis.exceptions import RedisError

from apps.accounts.models import Role
from apps.documents.papers import kinds
from apps.notifications.models import Heartbeat
from sdgportal.cache import RedisCache
from tests.compose import HOST, REPOSITORY, Services, compose_file, dot_env, free_port
from tests.factories.indicators import IndicatorListFactory, IndicatorListItemFactory
from tests.factories.people import person
from tests.portal.clerk import Clerk
from tests.visitor import Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.servers]
PASSWORD = "long enough to be one"
# Twice as many as the web server has threads.
PROBES = 16


@pytest.fixture
def own_redis():
    """A Redis of one test's own, which may be killed and frozen; `address` is its URL."""
    port = free_port()
    process = subprocess.Popen(
        ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"],
        stdout=subprocess.DEVNULL,
    )
    process.address = f"redis://127.0.0.1:{port}/0"
    while subprocess.run(["redis-cli", "-p", str(port), "ping"], capture_output=True, check=False).returncode:
        time.sleep(0.05)
    yield process
    process.kill()
    process.wait()


@contextmanager
def frozen(process):
    """Let a program neither die nor answer: its socket still accepts."""
    os.kill(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process.pid, signal.SIGCONT)


def database_url():
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)


@pytest.fixture(scope="module")
def static_root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("static")
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"],
        cwd=REPOSITORY,
        env=os.environ | {"STATIC_ROOT": str(folder)},
        check=True,
    )
    return folder


@pytest.fixture
def web(own_redis, static_root, tmp_path):
    """The web server of docker-compose.yml over the tests' database and the Redis that will be lost."""
    given = dot_env(free_port())
    service = compose_file(given)["services"]["web"]
    environment = os.environ | given | service["environment"]
    environment |= {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "DATA_DIR": os.environ["DATA_DIR"],
        "STATIC_ROOT": str(static_root),
        "DATABASE_URL": database_url(),
        "REDIS_URL": own_redis.address,
    }
    running = Services(int(given["PORT"]), environment, tmp_path)
    running.start("web", service["command"])
    try:
        visitor = Visitor(running.base_url, HOST)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with suppress(OSError):
                if visitor.get("/healthz").status == 200:
                    break
            time.sleep(0.1)
        yield running
    finally:
        running.stop()


@pytest.fixture
def paper_address():
    """Somebody who can sign in; the address of an issued paper that they may have."""
    paper = IndicatorListFactory(sent=True)
    IndicatorListItemFactory(indicator_list=paper)
    somebody = person(Role.AKIMAT_STAFF, paper.organisation, email="staff@example.kz")
    somebody.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt")
    somebody.save()
    document = kinds["list"].issue(paper, transition="send")
    return reverse("documents:issued_file", args=(document.pk, "kk", "pdf"))


def timed(work):
    started = time.monotonic()
    answer = work()
    return answer, time.monotonic() - started


def signed_in(web):
    return Clerk(web.visitor(), "kk", "staff@example.kz", PASSWORD).visitor


# Redis is killed


def test_losing_redis_stops_neither_signing_in_nor_papers(web, own_redis, paper_address):
    before = signed_in(web)
    paper = before.get(paper_address)
    assert paper.content.startswith(b"%PDF")
    own_redis.kill()
    own_redis.wait()
    assert before.get(paper_address).content == paper.content
    assert signed_in(web).get(paper_address).content == paper.content


def test_cache_without_redis_keeps_nothing_and_breaks_nothing(own_redis, monkeypatch):
    monkeypatch.setattr(RedisCache, "silent_until", 0)
    ours, bare = RedisCache(own_redis.address, {}), plain.RedisCache(own_redis.address, {})
    ours.set("known", 1)
    assert (ours.get("known"), bare.get("known")) == (1, 1)
    own_redis.kill()
    own_redis.wait()
    # Negative control: Django's own raises.
    with pytest.raises(RedisError):
        bare.get("known")
    assert ours.get("known", "missed") == "missed"
    assert ours.add("lock", 1)  # whoever waits for a lock gets it
    ours.set("known", 2)
    assert (ours.get_many(["known"]), ours.has_key("known"), ours.delete("known")) == ({}, False, False)
    with pytest.raises(ValueError, match="not found"):
        ours.incr("known")


# Redis is there and silent


def test_frozen_redis_is_told_by_readyz_and_freezes_no_page(web, own_redis, paper_address):
    reader = signed_in(web)
    with frozen(own_redis), ThreadPoolExecutor(PROBES) as probes:
        asked = [probes.submit(timed, lambda: web.visitor().get("/readyz")) for _probe in range(PROBES)]
        time.sleep(0.5)
        alive, seconds = timed(lambda: web.visitor().get("/healthz"))
        assert (alive.status, seconds < 20) == (200, True)
        answers = [one.result() for one in asked]
        assert {(answer.status, json.loads(answer.content)["broker"]) for answer, _ in answers} == {
            (503, "failed")
        }
        assert max(seconds for _, seconds in answers) < 40
        paper, seconds = timed(lambda: reader.get(paper_address))
        assert (paper.status, seconds < 8) == (200, True)
    time.sleep(1)
    assert json.loads(web.visitor().get("/readyz").content)["broker"] == "ok"


RING = """
import django, sys, time; django.setup()
from sdgportal.celery import app
if "for-ever" in sys.argv:
    del app.conf.broker_transport_options["socket_timeout"]
from apps.notifications.tasks import ring
for _ in range(3):
    start = time.monotonic(); ring(); print(time.monotonic() - start, flush=True)
"""


def ring(address, *arguments):
    return subprocess.run(
        [sys.executable, "-c", RING, *arguments],
        cwd=REPOSITORY,
        env={**os.environ, "REDIS_URL": address},
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )


def test_ring_gives_a_frozen_redis_up_and_does_not_try_again_at_once(own_redis):
    with frozen(own_redis):
        done = ring(own_redis.address)
    first, *others = map(float, done.stdout.split())
    assert first < 6
    assert max(others) < 0.1
    assert done.stderr.count("doorbell_failed") == 1


def test_ring_without_a_limit_waits_for_a_frozen_redis(own_redis):
    """Negative control."""
    with frozen(own_redis), pytest.raises(subprocess.TimeoutExpired):
        ring(own_redis.address, "for-ever")


def test_worker_hears_again_after_redis_was_frozen(web, own_redis):
    command = compose_file(dot_env(web.port))["services"]["worker"]["command"]
    web.start("worker", command)

    def beats():
        start = timezone.now()
        deadline = time.monotonic() + 90
        while not Heartbeat.objects.filter(beat_at__gt=start).exists():
            assert time.monotonic() < deadline, (web.logs / "worker").read_text()[-3000:]
            web.run(["celery", "--app=sdgportal", "call", "apps.portal.tasks.keep_heartbeat"])
            time.sleep(0.5)

    beats()
    time.sleep(4)  # idle for longer than a socket may be silent
    with frozen(own_redis):
        time.sleep(8)
    beats()
    assert web.processes["worker"].poll() is None


# PostgreSQL


ASK = """
import django, sys, time; django.setup()
from apps.portal import health
start = time.monotonic()
print(health.passes("database", health.check_database), time.monotonic() - start)
"""


def ask_database(url, seconds, **environment):
    return subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=REPOSITORY,
        env={**os.environ, "DATABASE_URL": url, **environment},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=True,
    ).stdout.split()


def test_frozen_database_is_given_up(tmp_path):
    """A server that accepts and says nothing, as a frozen machine would; control: without the limit."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"postgres://portal@127.0.0.1:{silent.getsockname()[1]}/portal"
        well, seconds = ask_database(url, 30)
        assert (well, float(seconds) < 8) == ("False", True)
        with pytest.raises(subprocess.TimeoutExpired):
            ask_database(url, 12, DATABASE_CONNECT_TIMEOUT="0")


@pytest.mark.parametrize(("limit", "is_ended"), [("1", True), ("0", False)])
def test_statement_that_takes_too_long_is_ended(limit, is_ended):
    script = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "connection.cursor().execute('SELECT pg_sleep(2)')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=REPOSITORY,
        env={**os.environ, "DATABASE_URL": database_url(), "DATABASE_STATEMENT_TIMEOUT": limit},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ("statement timeout" in done.stderr, done.returncode) == (is_ended, int(is_ended))
