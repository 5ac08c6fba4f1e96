"""The outbox: whatever must be told later is a row, written in the transaction of the deed."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NotificationQuerySet(models.QuerySet["Notification"]):
    def shown_to(self, user: object) -> NotificationQuerySet:
        return self.filter(recipient=user)

    def unread(self) -> NotificationQuerySet:
        return self.filter(read_at=None)

    def due(self, now: object) -> NotificationQuerySet:
        """Rows to send: queued ones whose turn has come, and leased ones whose lease ran out."""
        waiting = models.Q(state=Notification.State.QUEUED, next_try_at__lte=now)
        lost = models.Q(state=Notification.State.LEASED, lease_until__lt=now)
        return self.filter(waiting | lost)


class Notification(models.Model):
    """One message to one person or address, shown in the portal and sent by e-mail in the recipient's language.

    `key` makes a message happen once: the same deed told twice is the same row.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        LEASED = "leased", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not delivered")

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="notifications"
    )
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200, unique=True)
    subject_kk = models.CharField(max_length=300)
    subject_ru = models.CharField(max_length=300)
    body_kk = models.TextField(blank=True)
    body_ru = models.TextField(blank=True)
    content_type = models.ForeignKey(ContentType, models.CASCADE, null=True, related_name="+")
    object_id = models.CharField(max_length=40, blank=True)
    paper = GenericForeignKey("content_type", "object_id")
    path = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    read_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects: ClassVar[NotificationQuerySet] = NotificationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(fields=("state", "next_try_at"), name="notification_due"),
            models.Index(fields=("recipient", "read_at"), name="notification_unread"),
        )

    def __str__(self) -> str:
        return self.subject_ru


class Heartbeat(models.Model):
    """When a part of the portal was last seen alive; asked by /readyz."""

    name = models.CharField(max_length=40, unique=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.beat_at:%d.%m.%Y %H:%M:%S}"
