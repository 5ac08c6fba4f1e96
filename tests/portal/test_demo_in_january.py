"""The demonstration can be started on any day: also between the year's end and its reports' dates."""

import datetime

import pytest
from django.utils import timezone

from apps.monitoring.models import MonitoringReport
from apps.portal.demo.build import build

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def test_demonstration_is_built_in_the_middle_of_january():
    """The chain of the year that has just ended is under way; the year before it is the one that is over."""
    year = timezone.localdate().year
    build(datetime.date(year, 1, 10))
    ended = MonitoringReport.objects.for_year(year - 2)
    assert set(ended.values_list("status", flat=True)) >= {
        "submitted",
        "considered",
        "transmitted",
        "accepted",
    }
    running = MonitoringReport.objects.for_year(year - 1).with_completion()
    assert set(running.values_list("status", flat=True)) == {"draft"}
    assert any(report.filled_count for report in running)
