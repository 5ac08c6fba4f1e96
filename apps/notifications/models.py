"""The outbox: whatever must be told later is a row, written in the transaction of the deed."""

from __future__ import annotations

import datetime
import re
import uuid
from typing import Any, ClassVar, Self
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

# Longer than a server can keep one letter waiting: seven steps of SMTP, each within the mailer's timeout.
LEASE = datetime.timedelta(minutes=3)
FIRST_PAUSE = datetime.timedelta(minutes=1)
LONGEST_PAUSE = datetime.timedelta(hours=6)
# With these pauses the last attempt is about five days after the first, as mail servers themselves do it.
MOST_ATTEMPTS = 28


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: object) -> Self:
        """Messages are read by the person whom they tell, and by nobody else."""
        return self.filter(recipient=user)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def waiting_since(self, moment: datetime.datetime) -> Self:
        """Rows that have not gone out although their turn had come by then, whoever may hold them."""
        undelivered = (Notification.State.QUEUED, Notification.State.LEASED)
        return self.filter(state__in=undelivered, next_try_at__lte=moment)

    def due(self, now: datetime.datetime) -> Self:
        """Rows to send: those whose turn has come and that nobody holds, or no longer."""
        return self.waiting_since(now).filter(models.Q(lease_until=None) | models.Q(lease_until__lt=now))

    def lease(self, now: datetime.datetime) -> Notification | None:
        """Take the next letter for oneself for three minutes, passing over those that another worker holds.

        On SQLite, which has no row locks, the transaction is IMMEDIATE and the workers take turns.
        """
        with transaction.atomic():
            waiting = self.due(now).select_for_update(skip_locked=True, of=("self",))
            letter = waiting.order_by("next_try_at", "pk").first()
            if letter:
                letter.state = Notification.State.LEASED
                letter.lease, letter.lease_until = uuid.uuid4(), now + LEASE
                letter.attempts += 1
                letter.save(update_fields=("state", "lease", "lease_until", "attempts"))
            return letter


class Notification(models.Model):
    """One message to one person or address: shown in the portal, sent by e-mail in the recipient's language.

    `key` makes a message happen once: the same deed told twice is the same row. `message_id` makes a letter
    that had to be sent twice, because the first sending was not seen to end, one letter in the mailbox.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        LEASED = "leased", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not delivered")

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="notifications",
        verbose_name=_("recipient"),
    )
    address = models.EmailField(_("address"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    kind = models.CharField(_("kind of message"), max_length=60)
    key = models.CharField(max_length=400, unique=True)
    subject_kk = models.CharField(_("subject in Kazakh"), max_length=300)
    subject_ru = models.CharField(_("subject in Russian"), max_length=300)
    body_kk = models.TextField(blank=True)
    body_ru = models.TextField(blank=True)
    content_type = models.ForeignKey(ContentType, models.CASCADE, null=True, related_name="+")
    object_id = models.CharField(max_length=40, blank=True)
    paper = GenericForeignKey("content_type", "object_id")
    path = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(_("told at"), default=timezone.now, db_index=True)
    read_at = models.DateTimeField(_("read at"), null=True)
    state = models.CharField(_("delivery"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt at"), default=timezone.now)
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    error = models.TextField(_("error"), blank=True)
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
        constraints = (
            models.CheckConstraint(
                condition=models.Q(recipient__isnull=False) | ~models.Q(address=""),
                name="notification_has_recipient",
            ),
        )

    def __str__(self) -> str:
        return self.subject_ru

    def path_in(self, language: str) -> str:
        """The page's path under a language: told by one person, it is opened by another in theirs."""
        codes = "|".join(code for code, _name in settings.LANGUAGES)
        return re.sub(rf"^/(?:{codes})/", f"/{language}/", self.path)

    def is_out_of_sight_of(self, user: object) -> bool:
        """Whether the message tells of a paper that this person may not see now, though once perhaps."""
        model = self.content_type.model_class() if self.content_type else None
        papers: Any = getattr(model, "_default_manager", None)
        if not hasattr(papers, "visible_to"):
            return False
        return not papers.visible_to(user).filter(pk=self.object_id).exists()

    def as_letter(self) -> EmailMessage:
        """Write the letter in the recipient's language, with the same Message-ID whenever it is written."""
        with translation.override(self.language):
            text = render_to_string(
                "notifications/letter.txt",
                {
                    "body": getattr(self, f"body_{self.language}")
                    or getattr(self, f"subject_{self.language}"),
                    "link": urljoin(settings.PORTAL_ADDRESS, self.path_in(self.language))
                    if self.path
                    else "",
                },
            )
        host = urlsplit(settings.PORTAL_ADDRESS).hostname or "localhost"
        return EmailMessage(
            subject=" ".join(getattr(self, f"subject_{self.language}").split()),
            body=text,
            to=[self.recipient.email if self.recipient else self.address],
            headers={"Message-ID": f"<{self.message_id}@{host}>", "Auto-Submitted": "auto-generated"},
        )

    def mark_sent(self) -> bool:
        """Write down that the server took the letter; False when the lease had passed to another worker."""
        return self._settle(state=self.State.SENT, sent_at=timezone.now(), error="")

    def put_off(self, error: str) -> bool:
        """Queue the letter again, each time after twice the pause; after the last attempt give it up."""
        if self.attempts >= MOST_ATTEMPTS:
            return self.give_up(error)
        return self._settle(state=self.State.QUEUED, next_try_at=timezone.now() + self._pause, error=error)

    def wait_for_server(self, error: str, *, was_tried: bool) -> bool:
        """Queue the letter again because of the server: its turn has come and stays so, for all who ask.

        An attempt counts only where the server was given the letter; it may be what the server fails over,
        or have arrived after all, so then it is held back for a pause.
        """
        if not was_tried:
            return self._settle(state=self.State.QUEUED, attempts=self.attempts - 1, error=error)
        if self.attempts >= MOST_ATTEMPTS:
            return self.give_up(error)
        held_back = timezone.now() + self._pause
        return self._settle(state=self.State.QUEUED, lease_until=held_back, error=error)

    @property
    def _pause(self) -> datetime.timedelta:
        return min(FIRST_PAUSE * 2 ** (self.attempts - 1), LONGEST_PAUSE)

    def give_up(self, error: str) -> bool:
        """Leave the letter as not delivered; the portal still shows it."""
        return self._settle(state=self.State.FAILED, error=error)

    def _settle(self, **values: object) -> bool:
        held = Notification.objects.filter(pk=self.pk, state=self.State.LEASED, lease=self.lease)
        return bool(held.update(**{"lease": None, "lease_until": None} | values))


class Heartbeat(models.Model):
    """When a part of the portal was last seen alive; asked by /readyz."""

    name = models.CharField(max_length=40, unique=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.beat_at:%d.%m.%Y %H:%M:%S}"
