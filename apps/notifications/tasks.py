"""The doorbell's answer: whoever wakes up sends what is due."""

from celery import shared_task

from apps.notifications import outbox

# A run ends well before the time limit of a task; what is left rings again.
LETTERS_IN_A_RUN = 200


@shared_task
def send_notifications() -> None:
    """Send the letters that are due. Safe to run twice, or twice at once: each letter has one lease."""
    tally = outbox.send_due(LETTERS_IN_A_RUN)
    if tally.sent + tally.put_off + tally.failed == LETTERS_IN_A_RUN:
        outbox.ring()
