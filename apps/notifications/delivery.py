"""Sending what the outbox holds: each letter under a lease, at least once, whoever wakes up first."""

from __future__ import annotations

import math
import smtplib
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.core.mail import mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from apps.notifications.models import Notification

logger = structlog.get_logger(__name__)
SERVICE_NOT_AVAILABLE = 421
# What a server says before it has heard of the recipient.
REFUSES_EVERYBODY = (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPSenderRefused)


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
