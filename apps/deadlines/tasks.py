"""Beat's way to the planner."""

from celery import shared_task
from django.utils import timezone

from apps.deadlines import planner


@shared_task
def plan_reminders() -> None:
    """Plan what is due by now. Safe to run twice, or twice at once: each reminder is one row."""
    planner.plan(timezone.now())
