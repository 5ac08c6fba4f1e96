"""What is told is told once, in the recipient's language, whatever happens to broker, server and worker."""

import datetime
import json
import os
import socket
import subprocess
import sys
import threading
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.mail import mailers
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from apps.notifications import outbox, tasks
from apps.notifications.delivery import Tally, deliver, send_due
from apps.notifications.models import LEASE, MOST_ATTEMPTS, Notification
from apps.notifications.outbox import Address, in_both_languages, tell
from sdgportal.celery import app as celery_app

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
REPOSITORY = Path(__file__).resolve().parents[2]
SUBJECT = {"kk": "Тізбе пысықтауға қайтарылды", "ru": "Перечень возвращен на доработку"}
BODY = {"kk": "Ескертулер – 3.", "ru": "Замечаний – 3."}


def announce(*people, key="list-1-returned", path="/kk/lists/1/"):
    with transaction.atomic():
        tell(people, "returned", subject=SUBJECT, body=BODY, path=path, key=key)


def states():
    return list(Notification.objects.order_by("pk").values_list("state", flat=True))


def test_each_reads_the_letter_in_their_own_language(aigul, dmitri, mailbox, settings):
    settings.PORTAL_ADDRESS = "https://sdg.example.kz"
    announce(aigul, dmitri)
    assert send_due(10) == Tally(sent=2)
    kazakh, russian = mailbox.letters
    assert (kazakh["To"], kazakh["Subject"]) == ("aigul@example.kz", SUBJECT["kk"])
    assert (russian["To"], russian["Subject"]) == ("dmitri@example.kz", SUBJECT["ru"])
    lines = [line for line in kazakh.get_content().splitlines() if line]
    assert lines == [BODY["kk"], "https://sdg.example.kz/kk/lists/1/", "Хат автоматты түрде жіберілді"]
    lines = [line for line in russian.get_content().splitlines() if line]
    assert lines == [BODY["ru"], "https://sdg.example.kz/ru/lists/1/", "Письмо сформировано автоматически"]
    assert russian["Auto-Submitted"] == "auto-generated"
    assert states() == ["sent", "sent"]


def test_letters_are_files_in_the_embedded_default(aigul, settings, tmp_path):
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": str(tmp_path)},
        }
    }
    announce(aigul)
    assert send_due(10).sent == 1
    assert "To: aigul@example.kz" in next(tmp_path.iterdir()).read_text()


def test_same_thing_told_twice_is_one_row_and_one_letter(aigul, dmitri, mailbox):
    announce(aigul)
    announce(aigul, dmitri)
    announce(aigul, key="another")
    assert send_due(10).sent == 3
    assert send_due(10) == Tally()
    assert len(mailbox.letters) == 3


def test_address_without_an_account_is_told_too(mailbox):
    announce(Address("office@example.kz", "ru"))
    announce(Address("office@example.kz", "ru"))
    send_due(10)
    assert [letter["To"] for letter in mailbox.letters] == ["office@example.kz"]


def test_person_who_left_is_not_told(aigul):
    aigul.is_active = False
    aigul.save()
    announce(aigul)
    assert not Notification.objects.exists()


def test_deed_that_was_undone_tells_nobody(aigul, mailbox):
    with transaction.atomic():
        tell([aigul], "returned", subject=SUBJECT, path="", key="undone")
        transaction.set_rollback(True)
    assert send_due(10) == Tally()
    assert mailbox.letters == []


def test_words_are_said_in_both_languages():
    with translation.override("kk"):
        said = in_both_languages(lambda: gettext("This letter was sent automatically"))
    assert said == {"kk": "Хат автоматты түрде жіберілді", "ru": "Письмо сформировано автоматически"}


def test_temporary_refusal_is_tried_again_after_a_growing_pause(aigul, mailbox):
    announce(aigul)
    mailbox.answers = ["451 Try later"] * 3
    pauses = []
    for _turn in range(3):
        Notification.objects.update(next_try_at=timezone.now())
        assert send_due(10) == Tally(put_off=1)
        pauses.append(round((Notification.objects.get().next_try_at - timezone.now()).total_seconds() / 60))
        assert send_due(10) == Tally()
    assert pauses == [1, 2, 4]
    Notification.objects.update(next_try_at=timezone.now())
    assert send_due(10).sent == 1
    assert Notification.objects.get().error == ""


def test_letter_is_given_up_after_the_last_attempt(aigul, mailbox):
    announce(aigul)
    Notification.objects.update(attempts=MOST_ATTEMPTS - 1)
    mailbox.answers = ["451 Try later"]
    send_due(10)
    row = Notification.objects.get()
    assert (row.state, row.attempts) == ("failed", MOST_ATTEMPTS)
    assert "451" in row.error


def test_lasting_refusal_is_not_tried_again_and_keeps_nobody_waiting(aigul, mailbox):
    announce(Address("nobody@example.kz", "kk"), aigul)
    assert send_due(10) == Tally(sent=1, failed=1)
    assert states() == ["failed", "sent"]
    assert send_due(10) == Tally()


def test_letter_that_cannot_be_written_fails_alone(aigul, mailbox):
    announce(Address("broken\n@example.kz", "kk"), aigul)
    assert send_due(10) == Tally(sent=1, failed=1)


def test_headers_cannot_be_smuggled_in_by_a_subject(aigul, mailbox):
    with transaction.atomic():
        words = {"kk": "Бір\r\nBcc: thief@example.kz", "ru": "Один"}
        tell([aigul], "returned", subject=words, path="", key="smuggled")
    send_due(10)
    letter = mailbox.letters[0]
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Бір Bcc: thief@example.kz"


def test_long_subject_is_cut_and_breaks_no_deed(aigul, mailbox):
    with transaction.atomic():
        tell([aigul], "told", subject={"kk": "ұ" * 400, "ru": "ю" * 400}, path="", key="long")
    send_due(10)
    assert mailbox.letters[0]["Subject"] == "ұ" * 300


def test_lost_lease_is_found_after_it_ran_out(aigul, mailbox):
    announce(aigul)
    Notification.objects.lease(timezone.now())
    assert send_due(10) == Tally()
    Notification.objects.update(lease_until=timezone.now() - datetime.timedelta(seconds=1))
    assert send_due(10).sent == 1


def test_worker_that_lost_its_lease_does_not_overwrite_the_other(aigul):
    announce(aigul)
    slow = Notification.objects.lease(timezone.now())
    quick = Notification.objects.lease(timezone.now() + LEASE + datetime.timedelta(seconds=1))
    assert quick.mark_sent()
    assert not slow.put_off("too slow")
    assert states() == ["sent"]


def test_command_sends_what_waits(aigul, mailbox):
    announce(aigul)
    out = StringIO()
    call_command("send_notifications", stdout=out)
    assert json.loads(out.getvalue()) == {"sent": 1, "put_off": 0, "failed": 0}


def test_task_run_twice_sends_once(aigul, mailbox):
    announce(aigul)
    tasks.send_notifications()
    tasks.send_notifications()
    assert len(mailbox.letters) == 1


def test_sweep_is_planned_for_every_minute():
    planned = [
        entry
        for entry in celery_app.conf.beat_schedule.values()
        if entry["task"] == tasks.send_notifications.name
    ]
    assert [entry["schedule"] for entry in planned] == [datetime.timedelta(minutes=1)]


@pytest.mark.parametrize("number", [1, 3])
def test_telling_takes_one_query_for_one_and_for_three(number, django_assert_num_queries, aigul, dmitri):
    people = [aigul, dmitri, Address("office@example.kz", "ru")][:number]
    with transaction.atomic(), django_assert_num_queries(1):
        tell(people, "returned", subject=SUBJECT, path="", key="counted")


@pytest.mark.django_db(transaction=True)
def test_doorbell_rings_after_the_commit(aigul, data_dir):
    folder = None if project.REDIS_URL else Path(celery_app.conf.broker_transport_options["data_folder_out"])
    before = len(list(folder.iterdir())) if folder else 0
    with transaction.atomic():
        tell([aigul], "returned", subject=SUBJECT, path="", key="rung")
        if folder:
            assert len(list(folder.iterdir())) == before
    if folder:
        assert len(list(folder.iterdir())) == before + 1


@pytest.mark.django_db(transaction=True)
def test_broker_that_is_down_does_not_break_the_deed(aigul, mailbox):
    """The deed, in a process of its own whose broker does not answer; the sweep then finds the row."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    script = (
        "import django, time; django.setup()\n"
        "from apps.notifications.tasks import ring\n"
        "start = time.monotonic(); ring(); print(time.monotonic() - start)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=REPOSITORY,
        env={**os.environ, "REDIS_URL": f"redis://127.0.0.1:{port}/0"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "doorbell_failed" in done.stderr
    assert float(done.stdout) < 2
    announce(aigul)
    assert send_due(10).sent == 1


def portal(script_or_command, **environment):
    """Start a process of the portal on the tests' own database."""
    database = connection.settings_dict
    url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)
    return subprocess.Popen(
        [sys.executable, "manage.py", *script_or_command],
        cwd=REPOSITORY,
        env={**os.environ, "DATABASE_URL": url, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_worker_killed_after_the_server_took_the_letter_sends_it_again_under_the_same_id(aigul, mailbox):
    """The window that SMTP leaves open: at least once, never lost, and one letter in the mailbox."""
    announce(aigul)
    kills = 3
    for kill in range(kills):
        killed = threading.Event()
        worker = portal(["send_notifications"], EMAIL_URL=f"smtp://127.0.0.1:{mailbox.port}")

        def strike(worker=worker, killed=killed):
            worker.kill()
            worker.wait()
            killed.set()

        mailbox.before_answer = strike
        assert killed.wait(timeout=60), worker.communicate()
        worker.communicate()
        assert states() == ["leased"]
        assert len(mailbox.letters) == kill + 1
        Notification.objects.update(lease_until=timezone.now() - datetime.timedelta(seconds=1))
    mailbox.before_answer = None
    assert send_due(10).sent == 1
    assert len(mailbox.letters) == kills + 1
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 1


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_letters_and_send_each_once(mailbox):
    announce(*(Address(f"person{number}@example.kz", "ru") for number in range(60)))
    tallies, start = [], threading.Barrier(4)

    def work():
        start.wait(timeout=20)
        tallies.append(send_due(1000))
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(tally.sent for tally in tallies) == 60
    assert len({letter["To"] for letter in mailbox.letters}) == len(mailbox.letters) == 60
    assert set(states()) == {"sent"}


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_the_same_letter_without_the_lease(aigul, mailbox):
    """Negative control: workers that merely look what is due, and meet before they send, send it twice."""
    announce(aigul)
    meeting = threading.Barrier(2)

    def work():
        letter, server = Notification.objects.due(timezone.now()).get(), mailers.default
        meeting.wait(timeout=20)
        deliver(letter, server, Tally())
        server.close()
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(mailbox.letters) == 2


def test_bell_rings_once_a_transaction_however_many_letters(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        for _letter in range(3):
            outbox.ring_after_commit()
    assert callbacks == [outbox.ring]
