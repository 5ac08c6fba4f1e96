"""Two answers for whoever watches the portal: is the process there, and can people work.

Anyone may ask, so nothing is said beyond the name of each check and whether it passed; why it failed stands
in the log.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import ClassVar

import structlog
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.notifications.models import Heartbeat, Notification
from apps.portal.tasks import BEAT
from sdgportal.celery import app as celery_app

HEARTBEAT_AGE = timedelta(minutes=5)
OUTBOX_AGE = timedelta(minutes=10)

logger = structlog.get_logger(__name__)


class Unwell(Exception):
    """A part of the portal that does not do its work; the text is for the log."""


def check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_broker() -> None:
    """Ask once; how long the broker may keep us waiting is in the settings, `socket_timeout`."""
    with celery_app.connection_for_write(connect_timeout=3) as broker:
        broker.connect()


def waiting_migrations() -> int:
    """Count the migrations that the database has yet to see."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@cache
def check_migrations() -> None:
    """Ask until all are applied: no program learns of a migration that it was not started with."""
    if waiting := waiting_migrations():
        raise Unwell(f"{waiting} migrations are not applied")


def check_heartbeat() -> None:
    """Beat rings each minute and a worker writes the row, so a fresh row speaks for both."""
    seen = Heartbeat.objects.filter(name=BEAT).values_list("beat_at", flat=True).first()
    if seen is None or timezone.now() - seen > HEARTBEAT_AGE:
        raise Unwell(f"beat was last seen {seen or 'never'}")


def check_outbox() -> None:
    oldest = Notification.objects.waiting_since(timezone.now() - OUTBOX_AGE).order_by("next_try_at").first()
    if oldest is not None:
        raise Unwell(f"letter {oldest.pk} has been waiting since {oldest.next_try_at}")


CHECKS: dict[str, Callable[[], None]] = {
    "database": check_database,
    "broker": check_broker,
    "migrations": check_migrations,
    "heartbeat": check_heartbeat,
    "outbox": check_outbox,
}


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer while the process runs; asks nothing of the database."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when everything passes and 503 otherwise: `{"database": "ok", "broker": "failed", …}`."""
    answers = {name: passes(name, check) for name, check in CHECKS.items()}
    status = 200 if all(answers.values()) else 503
    return JsonResponse({name: "ok" if well else "failed" for name, well in answers.items()}, status=status)


class HealthMiddleware:
    """Answers /healthz and /readyz before anyone looks at the host's name, the session or the language.

    A probe calls by a machine's number and has none of them; it is never redirected.
    """

    answers: ClassVar = {"/healthz": healthz, "/readyz": readyz}

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.answers.get(request.path_info, self.get_response)(request)


def passes(name: str, check: Callable[[], None]) -> bool:
    try:
        check()
    except Exception as error:  # noqa: BLE001 (whatever is wrong, the answer is that it is)
        logger.warning("not_ready", check=name, error=str(error), production=settings.PRODUCTION)
        return False
    return True
