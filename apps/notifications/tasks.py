"""The doorbell and its answer: whoever wakes up sends what is due."""

import structlog
from celery import shared_task

from apps.notifications.delivery import send_due

logger = structlog.get_logger(__name__)
# A run ends well before the time limit of a task; what is left rings again.
LETTERS_IN_A_RUN = 200


def ring() -> None:
    """Wake a worker; a doorbell that does not work is no reason to undo or to refuse a deed."""
    try:
        send_notifications.apply_async(retry=False)
    except Exception as error:  # noqa: BLE001 - whatever the broker's trouble is, the sweep makes up for it
        logger.warning("doorbell_failed", error=repr(error))


@shared_task
def send_notifications() -> None:
    """Send the letters that are due. Safe to run twice, or twice at once: each letter has one lease."""
    tally = send_due(LETTERS_IN_A_RUN)
    if tally.sent + tally.put_off + tally.failed == LETTERS_IN_A_RUN:
        ring()
