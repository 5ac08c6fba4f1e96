"""Beat's way to the reporting year."""

from celery import shared_task
from django.utils import timezone

from apps.monitoring import campaign


@shared_task
def open_reporting_year() -> None:
    """Open the reports of the year whose time has come. Safe to run any number of times."""
    campaign.open_year(campaign.year_to_open(timezone.localdate()))
