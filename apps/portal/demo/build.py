"""The demonstration year, in the order in which it would have happened."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.goals import fixtures as goal_fixtures
from apps.groups.models import WorkingGroup
from apps.indicators import fixtures as typical_fixtures
from apps.indicators.models import IndicatorList, TypicalList
from apps.monitoring.campaign import open_year
from apps.monitoring.models import MonitoringReport, ReportLine
from apps.portal.demo import lists, reports
from apps.portal.demo.cast import DOMAIN, Cast, enlist
from apps.portal.demo.meetings import hold, register_on_paper
from apps.portal.demo.story import STORIES, Calendar, ListStory, ReportStory


def is_built() -> bool:
    return User.objects.filter(is_demonstration=True).exists()


def is_in_use() -> bool:
    """Whether people have begun to work here: a demonstration is built beside nobody's papers."""
    return (
        WorkingGroup.objects.exists()
        or IndicatorList.objects.exists()
        or ReportLine.objects.exists()
        or TypicalList.objects.filter(is_demonstration=False).exists()
        or User.objects.filter(email__endswith=DOMAIN).exists()
    )


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
            paper = lists.draw_up(region, typical, calendar.today.year + 1)
            lists.take_forward(cast, region, paper, calendar, story.edition)


def _play_reports(cast: Cast, calendar: Calendar) -> None:
    open_year(calendar.closed)
    for report in MonitoringReport.objects.for_year(calendar.closed).order_by("region"):
        reports.play(cast, cast.regions[report.region_id], report, calendar, STORIES[report.region_id].closed)
    _hold_quarterly_meetings(cast, calendar)
    open_year(calendar.running)
    for code, story in STORIES.items():
        if story.running == ReportStory.HALF:
            report = MonitoringReport.objects.get(region=code, year=calendar.running)
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
