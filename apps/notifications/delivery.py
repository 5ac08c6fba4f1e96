"""Sending what the outbox holds: each letter under a lease, at least once, whoever wakes up first."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto

import structlog
from django.core.mail import mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from apps.notifications.models import Notification

logger = structlog.get_logger(__name__)
SERVICE_NOT_AVAILABLE = 421


@dataclass
class Tally:
    """How one run over the outbox ended."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0


def send_due(limit: int) -> Tally:
    """Send up to `limit` letters that are due, one lease at a time over one connection.

    A server that cannot be reached ends the run, so that its absence costs one letter one attempt.
    """
    tally = Tally()
    connection = mailers.default
    try:
        for _turn in range(limit):
            letter = Notification.objects.lease(timezone.now())
            if letter is None or not deliver(letter, connection, tally):
                break
    finally:
        _close(connection)
    return tally


def deliver(letter: Notification, connection: BaseEmailBackend, tally: Tally) -> bool:
    """Hand one leased letter to the server; say whether to go on with the next one."""
    try:
        connection.open()
        connection.send_messages([letter.as_letter()])
    except Exception as error:  # noqa: BLE001 - one bad letter must not keep the others
        _close(connection)
        trouble = Trouble.of(error)
        if trouble is Trouble.FOR_GOOD:
            letter.give_up(repr(error))
            tally.failed += 1
        else:
            letter.put_off(repr(error))
            tally.put_off += 1
        return trouble is not Trouble.SERVER_AWAY
    if not letter.mark_sent():
        logger.warning("lease_lost", notification=letter.pk)
    tally.sent += 1
    return True


class Trouble(Enum):
    """Why a letter did not go out: this one never will, it may later, or no letter can at present."""

    FOR_GOOD = auto()
    FOR_NOW = auto()
    SERVER_AWAY = auto()

    @classmethod
    def of(cls, error: Exception) -> Trouble:
        match error:
            case smtplib.SMTPAuthenticationError() | smtplib.SMTPConnectError() | smtplib.SMTPHeloError():
                return cls.SERVER_AWAY
            case smtplib.SMTPResponseException(smtp_code=code):
                return cls.of_codes(code)
            case smtplib.SMTPRecipientsRefused():
                return cls.of_codes(*(code for code, _said in error.recipients.values()))
            case smtplib.SMTPNotSupportedError():
                return cls.FOR_GOOD
            case OSError():
                return cls.SERVER_AWAY
        return cls.FOR_GOOD

    @classmethod
    def of_codes(cls, *codes: int) -> Trouble:
        if SERVICE_NOT_AVAILABLE in codes:
            return cls.SERVER_AWAY
        return cls.FOR_NOW if any(code // 100 == 4 for code in codes) else cls.FOR_GOOD  # noqa: PLR2004


def _close(connection: BaseEmailBackend) -> None:
    with suppress(OSError):
        connection.close()
