"""Operators see what became of the letters, and change nothing but the next attempt."""

import pytest
from django.db import transaction
from django.urls import reverse

from apps.notifications.models import Notification
from apps.notifications.outbox import tell
from tests.factories.people import national

pytestmark = pytest.mark.django_db
CHANGELIST = "admin:notifications_notification_changelist"


@pytest.fixture
def letter(aigul):
    with transaction.atomic():
        tell([aigul], "told", subject={"kk": "Хабар", "ru": "Весть"}, path="", key="told")
    return Notification.objects.get()


@pytest.fixture
def operator():
    return national("operator", is_staff=True)


def test_operator_sends_again_only_what_was_given_up(client, letter, operator):
    client.force_login(operator)
    chosen = {"action": "send_again", "_selected_action": [letter.pk]}
    Notification.objects.update(state="sent", attempts=3)
    client.post(reverse(CHANGELIST), chosen)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("sent", 3)
    Notification.objects.update(state="failed")
    client.post(reverse(CHANGELIST), chosen)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("queued", 0)


def test_operator_reads_and_does_not_write(client, letter, operator):
    client.force_login(operator)
    change = reverse("admin:notifications_notification_change", args=[letter.pk])
    assert client.get(reverse(CHANGELIST)).status_code == 200
    assert client.get(change).status_code == 200
    assert client.post(change, {"subject_kk": "x"}).status_code == 403
    assert client.get(reverse("admin:notifications_notification_add")).status_code == 403


def test_others_do_not_see_the_letters(client, letter, aigul):
    aigul.is_staff = True
    aigul.save()
    client.force_login(aigul)
    assert client.get(reverse(CHANGELIST)).status_code == 403
