"""A mail server that is away, slow or refuses us costs no letter anything but time, and is told of."""

import datetime
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils import timezone

from apps.notifications import tasks
from apps.notifications.delivery import Tally, send_due
from apps.notifications.models import MOST_ATTEMPTS, Notification
from apps.notifications.outbox import Address
from apps.portal.health import Unwell, check_outbox
from sdgportal import celeryconfig
from sdgportal.environment import mailer
from tests.notifications.test_outbox import announce

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def away(mailbox, settings):
    """No server is there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.MAILERS["default"]["OPTIONS"]["port"] = probe.getsockname()[1]


@pytest.fixture
def silent(mailbox, settings):
    """A server is there, takes the call and says nothing."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        settings.MAILERS["default"]["OPTIONS"] |= {"port": server.getsockname()[1], "timeout": 0.3}
        yield


@pytest.fixture
def closed_to_us(mailbox):
    mailbox.takes_from_us = False


@pytest.fixture
def slow(mailbox, settings):
    """The server takes letters, and longer than we wait."""
    settings.MAILERS["default"]["OPTIONS"]["timeout"] = 0.3
    mailbox.seconds_of_thought = 1


def minutes_pass(minutes):
    earlier = timezone.now() - datetime.timedelta(minutes=minutes)
    Notification.objects.update(next_try_at=earlier, created_at=earlier)


def rows():
    return list(Notification.objects.order_by("pk").values_list("state", "attempts"))


@pytest.mark.parametrize("trouble", ["away", "silent", "closed_to_us"])
def test_server_that_takes_no_letter_costs_none_an_attempt_and_is_told_of(trouble, request, aigul, dmitri):
    request.getfixturevalue(trouble)
    announce(aigul, dmitri)
    minutes_pass(9)
    for _turn in range(3):
        assert send_due(10) == Tally(put_off=1)
    assert rows() == [("queued", 0), ("queued", 0)]
    check_outbox()
    minutes_pass(11)
    assert send_due(10) == Tally(put_off=1)
    with pytest.raises(Unwell, match="has been waiting"):
        check_outbox()


@pytest.mark.parametrize("trouble", ["away", "closed_to_us"])
def test_letters_go_out_when_the_server_is_back(trouble, request, aigul, dmitri, mailbox, settings):
    request.getfixturevalue(trouble)
    announce(aigul, dmitri)
    send_due(10)
    settings.MAILERS["default"]["OPTIONS"]["port"] = mailbox.port
    mailbox.takes_from_us = True
    assert send_due(10) == Tally(sent=2)


def test_letter_that_the_server_was_given_is_held_back_counted_and_told_of(slow, aigul, mailbox):
    """It may have arrived: nobody is to get a copy each minute."""
    announce(aigul)
    minutes_pass(11)
    assert send_due(10) == Tally(put_off=1)
    assert send_due(10) == Tally()
    letter = Notification.objects.get()
    assert (letter.state, letter.attempts) == ("queued", 1)
    assert 50 < (letter.lease_until - timezone.now()).total_seconds() <= 60
    with pytest.raises(Unwell):
        check_outbox()
    Notification.objects.update(lease_until=timezone.now(), attempts=MOST_ATTEMPTS - 1)
    send_due(10)
    assert rows() == [("failed", MOST_ATTEMPTS)]


def test_letter_of_another_waits_no_longer_than_its_own(slow, aigul, dmitri, mailbox):
    announce(aigul)
    send_due(10)
    mailbox.seconds_of_thought = 0
    announce(dmitri, key="another")
    assert send_due(10) == Tally(sent=1)
    assert rows() == [("queued", 1), ("sent", 1)]


def test_temporary_refusal_of_one_letter_is_no_trouble_of_the_portal(aigul, mailbox):
    announce(aigul)
    minutes_pass(11)
    mailbox.answers = ["451 Try later"]
    send_due(10)
    check_outbox()


def test_unknown_failure_is_no_reason_to_give_a_letter_up(aigul, dmitri, mailbox, monkeypatch):
    written = Notification.as_letter

    def as_letter(letter):
        if letter.recipient == aigul:
            raise RuntimeError("unknown")
        return written(letter)

    monkeypatch.setattr(Notification, "as_letter", as_letter)
    announce(aigul, dmitri)
    assert send_due(10) == Tally(sent=1, put_off=1)
    assert rows() == [("queued", 1), ("sent", 1)]


def test_run_ends_by_its_own_clock_and_rings_for_the_rest(mailbox, monkeypatch):
    mailbox.seconds_of_thought = 0.2
    announce(*(Address(f"person{number}@example.kz", "ru") for number in range(12)))
    tally = send_due(100, seconds=1)
    assert tally.is_cut
    assert 1 <= tally.sent <= 6
    rung = []
    monkeypatch.setattr(tasks, "ring", lambda: rung.append(True))
    monkeypatch.setattr(tasks, "SECONDS_IN_A_RUN", 0.5)
    tasks.send_notifications()
    assert rung == [True]
    mailbox.seconds_of_thought = 0
    tasks.send_notifications()
    assert rung == [True]
    assert {state for state, _ in rows()} == {"sent"}


def test_run_and_its_slowest_letter_end_before_the_task_is_ended():
    one_letter = 7 * mailer("smtp://mail.example.kz")["OPTIONS"]["timeout"]
    assert tasks.SECONDS_IN_A_RUN + one_letter < celeryconfig.task_soft_time_limit


@pytest.mark.django_db(transaction=True)
@pytest.mark.servers
def test_time_limit_of_a_task_fails_no_letter(aigul, mailbox, settings, tmp_path):
    """A real worker, whose task is told to end while the server thinks the letter over."""
    mailbox.seconds_of_thought = 8
    announce(aigul)
    database = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
    environment = os.environ | {
        "DATABASE_URL": database,
        "REDIS_URL": urlsplit(os.environ["REDIS_URL"])._replace(path="/7").geturl(),
        "EMAIL_URL": f"smtp://127.0.0.1:{mailbox.port}",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    order = (
        "import django; django.setup()\n"
        "from apps.notifications.tasks import send_notifications\n"
        "send_notifications.apply_async(soft_time_limit=3)\n"
    )
    subprocess.run([sys.executable, "-c", order], cwd=REPOSITORY, env=environment, check=True)
    with (tmp_path / "log").open("wb") as log:
        worker = subprocess.Popen(
            [
                "celery",
                "--app=sdgportal",
                "worker",
                "--concurrency=1",
                "--without-gossip",
                "--without-mingle",
            ],
            cwd=REPOSITORY,
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        deadline = time.monotonic() + 60
        while "SoftTimeLimitExceeded" not in Notification.objects.get().error:
            assert time.monotonic() < deadline, (tmp_path / "log").read_text()[-3000:]
            time.sleep(0.2)
    finally:
        worker.terminate()
        worker.wait(timeout=30)
    assert rows() == [("queued", 1)]
