"""Whoever watches the portal is told the truth, and no more than that."""

import datetime
from functools import partial

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings
from django.utils import timezone

from apps.notifications.models import Heartbeat, Notification
from apps.portal.health import CHECKS, check_migrations
from apps.portal.tasks import keep_heartbeat
from sdgportal.celery import app as celery_app

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
ALL_WELL = dict.fromkeys(CHECKS, "ok")


def queue_letter(*, minutes_ago: int) -> None:
    then = timezone.now() - datetime.timedelta(minutes=minutes_ago)
    Notification.objects.create(
        address="a@example.kz", language="kk", key="k", next_try_at=then, created_at=then
    )


def test_healthz_asks_nothing_of_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


@override_settings(SECURE_SSL_REDIRECT=True, SECURE_REDIRECT_EXEMPT=[r"^healthz$", r"^readyz$"])
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_never_redirected(client, path):
    keep_heartbeat()
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_told_to_a_probe_that_calls_by_number(client, path):
    keep_heartbeat()
    assert client.get(path, headers={"host": "10.1.2.3:8000"}).status_code == 200
    assert client.get("/kk/", headers={"host": "10.1.2.3:8000"}).status_code == 400


def test_readyz_answers_ready_after_a_heartbeat(client):
    keep_heartbeat()
    keep_heartbeat()
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, ALL_WELL)
    assert Heartbeat.objects.count() == 1


def test_readyz_fails_without_a_heartbeat(client):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, ALL_WELL | {"heartbeat": "failed"})


@pytest.mark.parametrize(("minutes", "status"), [(4, 200), (6, 503)])
def test_readyz_fails_on_a_heartbeat_of_over_five_minutes(client, minutes, status):
    keep_heartbeat()
    Heartbeat.objects.update(beat_at=timezone.now() - datetime.timedelta(minutes=minutes))
    assert client.get("/readyz").status_code == status


@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (11, 503)])
def test_readyz_fails_on_a_letter_that_waits_for_over_ten_minutes(client, minutes, status):
    keep_heartbeat()
    queue_letter(minutes_ago=minutes)
    assert client.get("/readyz").status_code == status


@pytest.fixture
def never_asked():
    """As in a process that has just been started."""
    check_migrations.cache_clear()
    yield
    check_migrations.cache_clear()


def test_readyz_fails_on_a_migration_not_applied_until_it_is(client, never_asked):
    keep_heartbeat()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, ALL_WELL | {"migrations": "failed"})
    MigrationRecorder(connection).record_applied("sessions", "0001_initial")
    assert client.get("/readyz").status_code == 200


def test_migrations_that_are_applied_are_not_counted_again(client, never_asked, django_assert_num_queries):
    keep_heartbeat()
    client.get("/readyz")
    with django_assert_num_queries(3):  # the database, the heartbeat, the outbox
        client.get("/readyz")


def test_readyz_fails_on_a_broker_that_does_not_answer(client, monkeypatch):
    keep_heartbeat()
    nowhere = partial(celery_app.connection_for_write, "redis://127.0.0.1:1/0", transport="redis")
    monkeypatch.setattr(celery_app, "connection_for_write", nowhere)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, ALL_WELL | {"broker": "failed"})
    assert b"127.0.0.1" not in response.content


def test_readyz_names_the_database_that_does_not_answer(client, monkeypatch):
    def refuse() -> None:
        raise ConnectionError("secret-host:5432 refused")

    monkeypatch.setitem(CHECKS, "database", refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["database"] == "failed"
    assert b"secret-host" not in response.content
