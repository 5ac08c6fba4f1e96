"""Reports of the demonstration: filled, submitted, considered, transmitted and accepted, in time and late."""

from __future__ import annotations

import datetime
from typing import Any

from apps.grid.edits import Edit
from apps.monitoring.models import MonitoringReport, ReportLine
from apps.monitoring.table import ReportTable
from apps.monitoring.workflow import monitoring_report_workflow
from apps.portal.demo import figures
from apps.portal.demo.cast import Cast, RegionCast
from apps.portal.demo.lists import letter
from apps.portal.demo.meetings import REASON, hold
from apps.portal.demo.story import Calendar, ReportStory

BEHIND = {
    "comment_kk": "Жоспарланған мәнге жыл соңында қол жеткізілген жоқ; шаралар қабылданды",
    "comment_ru": "Плановое значение к концу года не достигнуто; приняты меры",
}
SOURCE = {"data_source_kk": "Ұлттық статистика бюросы", "data_source_ru": "Бюро национальной статистики"}
LATE = {ReportStory.SUBMITTED_LATE, ReportStory.TRANSMITTED_LATE}
GONE = {ReportStory.TRANSMITTED, ReportStory.TRANSMITTED_LATE, ReportStory.ACCEPTED}


def play(
    cast: Cast, region: RegionCast, report: MonitoringReport, calendar: Calendar, story: ReportStory
) -> None:
    """Take a report of the closed year as far as its story goes."""
    if story == ReportStory.EMPTY:
        return
    fill(region, report, share=2 if story == ReportStory.HALF else 1)
    if story == ReportStory.HALF:
        return
    report = submit(region, report, calendar.january(18 if story in LATE else 14))
    if story in {ReportStory.SUBMITTED, ReportStory.SUBMITTED_LATE}:
        return
    if story == ReportStory.RETURNED:
        hold(region, calendar.january(22), [("return_report", report)])
        return
    if story == ReportStory.TRANSMITTED_UNCONSIDERED:
        transmit(region, report, calendar.january(30))
        return
    hold(region, calendar.january(22), [("consider_report", report)])
    if story in GONE:
        day = calendar.february(4) if story == ReportStory.TRANSMITTED_LATE else calendar.january(28)
        report = transmit(region, report, day)
    if story == ReportStory.ACCEPTED:
        accept(cast, report, calendar.february(2))


def fill(region: RegionCast, report: MonitoringReport, *, share: int) -> None:
    """Type plan and fact into the lines; with `share` 2 into the first half of them."""
    lines = list(ReportTable(report, region.staff).lines())
    table = ReportTable(report, region.staff)
    table.save({line.pk: Edit(_values(region.region.pk, line)) for line in lines[: len(lines) // share]})


def _values(code: str, line: ReportLine) -> dict[str, str]:
    item: Any = line.item  # every line of the demonstration comes from a list
    plan, fact = figures.plan(code, item.code), figures.fact(code, item.code, line.reporting_year)
    behind = fact > plan if item.direction == "lower" else fact < plan
    return {
        "plan": figures.typed(plan),
        "fact": figures.typed(fact),
        "fact_status": "estimate",
        **_source(line),
        **(BEHIND if behind else {}),
    }


def _source(line: ReportLine) -> dict[str, str]:
    """Statistics come from the bureau; what was done is known to the department that did it."""
    if line.section == ReportLine.Section.INDICATORS:
        return SOURCE
    return {"data_source_kk": line.responsible_kk, "data_source_ru": line.responsible_ru}


def submit(region: RegionCast, report: MonitoringReport, on: datetime.date) -> MonitoringReport:
    data = letter(f"10-4/{report.pk + 30}", on, region.approver)
    return monitoring_report_workflow.perform(
        report, "submit", actor=region.staff, reason=REASON, data=data, entered_on=on
    )


def transmit(region: RegionCast, report: MonitoringReport, on: datetime.date) -> MonitoringReport:
    data = letter(f"10-4/{report.pk + 80}", on, region.approver)
    return monitoring_report_workflow.perform(
        report, "transmit", actor=region.approver, reason=REASON, data=data, entered_on=on
    )


def accept(cast: Cast, report: MonitoringReport, on: datetime.date) -> None:
    data = {"incoming_number": f"КС-{report.pk + 11}", "incoming_date": on}
    monitoring_report_workflow.perform(report, "accept", actor=cast.officer, data=data)
