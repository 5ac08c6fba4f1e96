"""The portal's own beat: a row that says beat, broker and worker were all alive a moment ago."""

from celery import shared_task
from django.utils import timezone

from apps.notifications.models import Heartbeat

BEAT = "beat"


@shared_task
def keep_heartbeat() -> None:
    Heartbeat.objects.update_or_create(name=BEAT, defaults={"beat_at": timezone.now()})
