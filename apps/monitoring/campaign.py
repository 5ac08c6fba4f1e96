"""The reporting year: opening the reports of the regions with their lines and dates (point 27).

Whoever opens a year twice finds the same rows. While a report is still being filled it follows the list that
is in force on 31 December, so that a list published in the last weeks of the year governs it after all: at
once when the list is published, and with each opening for what has changed in another way.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from apps.deadlines.models import Deadline
from apps.indicators.models import IndicatorList
from apps.monitoring import inheritance, terms
from apps.monitoring.models import MonitoringReport
from apps.organisations import fixtures
from apps.organisations.models import Organisation, Region
from apps.workflow import audit

OPENING_MONTH = 11


@dataclass
class Opened:
    """What an opening did: reports and dates that were not there before, reports that follow another list."""

    reports: int = 0
    deadlines: int = 0
    followed: int = 0


def year_to_open(today: datetime.date) -> int:
    """The reporting year whose reports are open: the current one from November, before it the last one."""
    return today.year if today.month >= OPENING_MONTH else today.year - 1


@transaction.atomic
def open_year(year: int, actor: Any = None) -> Opened:
    """Open the year's reports of the twenty regions, with their lines and recommended dates."""
    fixtures.load()
    bodies = _lock_bodies()
    in_force = _lists_in_force(year, [str(body.region_id) for body in bodies])
    known = set(
        MonitoringReport.objects.for_year(year)
        .filter(organisation__in=bodies)
        .values_list("organisation_id", flat=True)
    )
    new = MonitoringReport.objects.bulk_create(
        [
            MonitoringReport(
                region=body.region,
                organisation=body,
                year=year,
                indicator_list=in_force.get(str(body.region_id)),
            )
            for body in bodies
            if body.pk not in known
        ]
    )
    inheritance.fill(new)
    opened = Opened(reports=len(new), deadlines=_set_dates(year, bodies))
    # Locks in their order: reports by id, and only then the heads of the chains.
    opened.followed = _follow_lists(year, in_force, actor, apart=new)
    for report in new:
        audit.record(report, actor, "open")
    return opened


def _lock_bodies() -> list[Organisation]:
    """The akimats of the twenty regions, locked so that two openings at once take turns."""
    bodies = (
        Organisation.objects.active()
        .filter(kind=Organisation.Kind.AKIMAT, region__in=Region.objects.reporting())
        .select_related("region")
    )
    return list(bodies.select_for_update(of=("self",)).order_by("pk"))


def _lists_in_force(year: int, regions: Iterable[str]) -> dict[str, IndicatorList]:
    day = datetime.date(year, 12, 31)
    lists = IndicatorList.objects.in_force_on(day).filter(region__in=regions)
    return {one.region_id: one for one in lists.order_by("published_on", "pk")}


def _set_dates(year: int, bodies: Iterable[Organisation]) -> int:
    """Set the recommended dates of every report that has none; a date that was moved stays moved."""
    content_type = ContentType.objects.get_for_model(MonitoringReport)
    reports = list(MonitoringReport.objects.for_year(year).filter(organisation__in=bodies))
    dates = Deadline.objects.filter(
        content_type=content_type, object_id__in=[str(report.pk) for report in reports]
    )
    known = set(dates.values_list("kind", "object_id"))
    missing = [
        Deadline(
            kind=kind,
            content_type=content_type,
            object_id=str(report.pk),
            organisation_id=report.organisation_id,
            year=year,
            due_on=terms.recommended_on(kind, year),
        )
        for report in reports
        for kind in terms.DATES
        if (kind, str(report.pk)) not in known
    ]
    Deadline.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


@contextmanager
def following(region: str, actor: Any) -> Iterator[None]:
    """Let the reports of a region that are still being filled follow the list that is published within."""
    reports = list(
        MonitoringReport.objects.filter(region=region, status=MonitoringReport.Status.DRAFT)
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    yield
    governing = {year: _lists_in_force(year, [region]).get(region) for year in {one.year for one in reports}}
    for report in reports:
        _follow(report, governing[report.year], actor)


def _follow_lists(
    year: int, in_force: dict[str, IndicatorList], actor: Any, apart: list[MonitoringReport]
) -> int:
    """Let reports under way follow the list that has come into force; a submitted report stays as it is."""
    reports = (
        MonitoringReport.objects.for_year(year)
        .filter(status=MonitoringReport.Status.DRAFT, region__in=in_force)
        .exclude(pk__in=[report.pk for report in apart])
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    return sum(_follow(report, in_force[report.region_id], actor) for report in reports)


def _follow(report: MonitoringReport, governing: IndicatorList | None, actor: Any) -> bool:
    if governing is None or report.indicator_list_id == governing.pk:
        return False
    inheritance.follow(report, governing, timezone.now())
    audit.record(report, actor, "follow_list", changes={"indicator_list": str(governing)})
    return True
