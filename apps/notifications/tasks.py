"""The doorbell and its answer: whoever wakes up sends what is due."""

from celery import shared_task

from apps.notifications.delivery import send_due
from sdgportal import doorbell

# A run ends before the time limit of a task, even where the server keeps the last letter waiting at each of
# SMTP's seven steps; what is left rings again.
LETTERS_IN_A_RUN = 200
SECONDS_IN_A_RUN = 90


def ring() -> None:
    """Wake a worker; a doorbell that does not work is no reason to undo or to refuse a deed."""
    doorbell.ring(send_notifications)


@shared_task
def send_notifications() -> None:
    """Send the letters that are due. Safe to run twice, or twice at once: each letter has one lease."""
    if send_due(LETTERS_IN_A_RUN, SECONDS_IN_A_RUN).is_cut:
        ring()
