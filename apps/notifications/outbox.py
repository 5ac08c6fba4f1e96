"""Telling people: rows now, in the transaction of the deed; letters after it, sent at least once.

The broker only rings the doorbell: if it is down, or the worker dies, the minute's sweep finds the rows.
"""

from __future__ import annotations

import math
import smtplib
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, NamedTuple

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.mail import mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models, transaction
from django.utils import timezone, translation

from apps.notifications.models import Notification
from sdgportal import doorbell

logger = structlog.get_logger(__name__)
SERVICE_NOT_AVAILABLE = 421
# What a server says before it has heard of the recipient.
REFUSES_EVERYBODY = (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPSenderRefused)
SUBJECT_LENGTH = 300

type Words = Mapping[str, str]


class Address(NamedTuple):
    """Somebody without an account, told in the given language."""

    email: str
    language: str


def in_both_languages(words: Callable[[], Any]) -> dict[str, str]:
    """Say the same in Kazakh and in Russian: `in_both_languages(lambda: _("…").format(…))`."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = str(words())
    return said


def tell(
    recipients: Iterable[Any],
    kind: str,
    *,
    paper: models.Model | None = None,
    subject: Words,
    body: Words | None = None,
    path: str | None = None,
    key: str,
) -> None:
    """Write one message to each recipient (a user or an `Address`), once a `key`, and ring the doorbell.

    Call it inside the transaction of the deed. `path` is the page to open, the paper's own by default.
    """
    if path is None:
        path = paper.get_absolute_url() if paper is not None else ""  # type: ignore[attr-defined]
    body = body or {}
    content_type = ContentType.objects.get_for_model(paper) if paper is not None else None
    rows = [
        Notification(
            **_recipient(recipient),
            kind=kind,
            key=f"{key}:{getattr(recipient, 'pk', recipient.email)}",
            subject_kk=subject["kk"][:SUBJECT_LENGTH],
            subject_ru=subject["ru"][:SUBJECT_LENGTH],
            body_kk=body.get("kk", ""),
            body_ru=body.get("ru", ""),
            content_type=content_type,
            object_id=str(paper.pk) if paper is not None else "",
            path=path,
        )
        for recipient in recipients
        if getattr(recipient, "is_active", True)
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        ring_after_commit()


def _recipient(recipient: Any) -> dict[str, Any]:
    if isinstance(recipient, Address):
        return {"address": recipient.email, "language": recipient.language}
    return {"recipient": recipient, "language": recipient.language}


def ring_after_commit() -> None:
    """Ring once a transaction, however many letters it leaves: one ring wakes for all of them."""
    waiting = transaction.get_connection().run_on_commit
    if not any(function is ring for _savepoints, function, _robust in waiting):
        transaction.on_commit(ring)


def ring() -> None:
    """Wake a worker; a doorbell that does not work is no reason to undo or to refuse a deed."""
    from apps.notifications.tasks import send_notifications  # noqa: PLC0415 - the task calls this module

    doorbell.ring(send_notifications)


@dataclass
class Tally:
    """How one run over the outbox ended."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0
    is_cut: bool = False  # ended by its limit or its clock: there may be more


def send_due(limit: int, seconds: float = math.inf) -> Tally:
    """Send up to `limit` letters that are due, one lease at a time over one connection.

    A run begins no letter after `seconds`; a server that cannot be reached ends it at once.
    """
    tally = Tally()
    connection = mailers.default
    end = time.monotonic() + seconds
    try:
        for _turn in range(limit):
            if time.monotonic() >= end:
                break
            letter = Notification.objects.lease(timezone.now())
            if letter is None or not deliver(letter, connection, tally):
                return tally
        tally.is_cut = True
    finally:
        _close(connection)
    return tally


def deliver(letter: Notification, connection: BaseEmailBackend, tally: Tally) -> bool:
    """Hand one leased letter to the server; say whether to go on with the next one."""
    was_tried = False
    try:
        connection.open()
        was_tried = True
        connection.send_messages([letter.as_letter()])
    except SoftTimeLimitExceeded as limit:
        letter.wait_for_server(repr(limit), was_tried=was_tried)
        raise
    except Exception as error:  # noqa: BLE001 - one bad letter must not keep the others
        _close(connection)
        trouble = Trouble.of(error) if was_tried else Trouble.SERVER_AWAY
        if trouble is Trouble.FOR_GOOD:
            letter.give_up(repr(error))
            tally.failed += 1
            return True
        tally.put_off += 1
        if trouble is Trouble.FOR_NOW:
            letter.put_off(repr(error))
            return True
        letter.wait_for_server(repr(error), was_tried=was_tried and not isinstance(error, REFUSES_EVERYBODY))
        return False
    if not letter.mark_sent():
        logger.warning("lease_lost", notification=letter.pk)
    tally.sent += 1
    return True


class Trouble(Enum):
    """Why a letter did not go out: this one never will, it may later, or no letter can at present.

    What is not known is no reason to give a letter up.
    """

    FOR_GOOD = auto()
    FOR_NOW = auto()
    SERVER_AWAY = auto()

    @classmethod
    def of(cls, error: Exception) -> Trouble:
        if isinstance(error, (smtplib.SMTPAuthenticationError, *REFUSES_EVERYBODY)):
            return cls.SERVER_AWAY
        match error:
            case smtplib.SMTPResponseException(smtp_code=code):
                return cls.of_codes(code)
            case smtplib.SMTPRecipientsRefused():
                return cls.of_codes(*(code for code, _said in error.recipients.values()))
            case smtplib.SMTPNotSupportedError() | ValueError():  # the letter itself cannot be written
                return cls.FOR_GOOD
            case OSError():
                return cls.SERVER_AWAY
        return cls.FOR_NOW

    @classmethod
    def of_codes(cls, *codes: int) -> Trouble:
        if SERVICE_NOT_AVAILABLE in codes:
            return cls.SERVER_AWAY
        return cls.FOR_NOW if any(code // 100 == 4 for code in codes) else cls.FOR_GOOD  # noqa: PLR2004


def _close(connection: BaseEmailBackend) -> None:
    with suppress(OSError):
        connection.close()
