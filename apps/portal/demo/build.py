"""The demonstration year, in the order in which it would have happened."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.goals import fixtures as goal_fixtures
from apps.indicators import fixtures as typical_fixtures
from apps.monitoring.campaign import open_year, year_to_open
from apps.monitoring.models import MonitoringReport
from apps.portal.demo import lists, reports
from apps.portal.demo.cast import Cast, enlist
from apps.portal.demo.meetings import hold, register_on_paper
from apps.portal.demo.story import STORIES, Calendar, ListStory, ReportStory


def is_built() -> bool:
    return User.objects.filter(is_demonstration=True).exists()


@transaction.atomic
def build(today: datetime.date | None = None) -> None:
    """Build the whole year in one transaction; renders no file. Takes fixtures that are not there yet."""
    calendar = Calendar(today or timezone.localdate())
    goal_fixtures.load()
    cast = enlist()
    typical = typical_fixtures.load(cast.administrator)
    _register_earlier_meetings(cast, calendar)
    for code, story in STORIES.items():
        if story.in_force == ListStory.PUBLISHED:
            lists.put_in_force(cast, cast.regions[code], typical, calendar)
        elif story.in_force == ListStory.ON_PAPER:
            lists.register_on_paper(cast.regions[code], typical, calendar)
    _play_reports(cast, calendar)
    for code, story in STORIES.items():
        if story.edition != ListStory.NONE:
            region = cast.regions[code]
            paper = lists.draw_up(
                region, typical, calendar.today.year + 1, 2 if story.in_force != "none" else 1
            )
            lists.take_forward(cast, region, paper, calendar, story.edition)


def _play_reports(cast: Cast, calendar: Calendar) -> None:
    open_year(calendar.closed)
    for report in MonitoringReport.objects.for_year(calendar.closed).order_by("region"):
        reports.play(cast, cast.regions[report.region_id], report, calendar, STORIES[report.region_id].closed)
    _hold_quarterly_meetings(cast, calendar)
    running = year_to_open(calendar.today)
    if running > calendar.closed:
        open_year(running)
        for code, story in STORIES.items():
            if story.running == ReportStory.HALF:
                report = MonitoringReport.objects.get(region=code, year=running)
                reports.fill(cast.regions[code], report, share=2)


def _hold_quarterly_meetings(cast: Cast, calendar: Calendar) -> None:
    """Most regions meet each quarter; some miss one, and one protocol in nine is still unsigned."""
    for place, region in enumerate(cast.regions.values()):
        for number, day in enumerate(calendar.quarters()):
            if (place + number) % 8:
                hold(region, day, [], sign=bool((place * 3 + number) % 9))


def _register_earlier_meetings(cast: Cast, calendar: Calendar) -> None:
    for place, region in enumerate(cast.regions.values()):
        for number, day in enumerate(calendar.quarters_on_paper()):
            if (place + number) % 9:
                register_on_paper(region, day)
