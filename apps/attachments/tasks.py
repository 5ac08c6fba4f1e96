"""Beat's way to the sweep of files."""

from celery import shared_task

from apps.attachments import sweeping


@shared_task
def sweep_files() -> None:
    """Remove the files that no row names. Safe to run twice, or twice at once."""
    sweeping.sweep()
