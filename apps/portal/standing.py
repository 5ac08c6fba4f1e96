"""Who stands where, since when: the twenty regions beside each other for one reporting year."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.groups.models import WorkingGroup
from apps.indicators.models import IndicatorList
from apps.meetings.quarters import Level, quarters_of
from apps.monitoring import terms
from apps.monitoring.campaign import year_to_open
from apps.monitoring.models import MonitoringReport
from apps.organisations.models import Region

LEVELS = {
    Level.NOT_APPLICABLE: ("–", "is-none"),
    Level.AHEAD: ("·", "is-ahead"),
    Level.NONE: ("0", "wrong"),
    Level.WITHOUT: ("○", "late"),
    Level.WITH: ("✓", "is-time"),
}


Status = MonitoringReport.Status
HANDED = {"submitted": terms.SUBMISSION, "transmitted": terms.TRANSMISSION}
REPORTED: dict[str, tuple[str, str]] = {
    Status.RETURNED: ("back", "late"),
    Status.TRANSMITTED: ("done", "is-time"),
    Status.ACCEPTED: ("done", "is-time"),
}


@dataclass(frozen=True)
class Sign:
    """A state in three ways at once: words, shape and tone; `short` are its words where there is no room."""

    words: str
    icon: str
    tone: str
    short: str = ""

    @property
    def brief(self) -> str:
        return self.short or self.words


@dataclass
class Standing:
    """Where one region stands: its list, its report, its group and its meetings by quarter."""

    region: Region
    today: datetime.date
    year: int
    in_force: IndicatorList | None = None
    under_way: IndicatorList | None = None
    report: MonitoringReport | None = None
    dates: dict[str, datetime.date] = field(default_factory=dict)
    filled: int = 0
    total: int = 0
    group: WorkingGroup | None = None
    quarters: dict[tuple[int, int], Level] = field(default_factory=dict)

    @property
    def submitted(self) -> Sign:
        return self._handed(self.report.submitted_on if self.report else None, terms.SUBMISSION)

    @property
    def transmitted(self) -> Sign:
        return self._handed(self.report.transmitted_on if self.report else None, terms.TRANSMISSION)

    @property
    def is_demonstration(self) -> bool:
        papers = (self.in_force, self.under_way, self.report)
        return any(paper.is_demonstration for paper in papers if paper)

    @property
    def trouble(self) -> str:
        """What is still awaited after its date, in words; empty where nothing is."""
        if self.submitted.tone == "wrong":
            return _("the report has not been submitted")
        if self.transmitted.tone == "wrong":
            return _("the results have not been transmitted")
        return ""

    def _handed(self, on: datetime.date | None, kind: str) -> Sign:
        due = self.dates.get(kind) or terms.recommended_on(kind, self.year)
        if on is None:
            if self.today <= due:
                return Sign(_("ahead"), "idle", "is-ahead", _("tile: ahead"))
            if self.report is None:  # a report that was never opened is nobody's fault
                return Sign(_("the report was not opened"), "idle", "is-none", _("not opened"))
            return Sign(_("none"), "wrong", "wrong")
        if on <= due:
            return Sign(_("in time"), "done", "is-time")
        days = (on - due).days
        return Sign(ngettext("+%(days)s day", "+%(days)s days", days) % {"days": days}, "late", "late")

    @property
    def listed(self) -> Sign:
        if self.under_way:
            return self._listed_under_way(self.under_way)
        if self.in_force:
            return Sign(_("in force"), "done", "is-time")
        return Sign(_("none"), "idle", "is-none")

    def _listed_under_way(self, paper: IndicatorList) -> Sign:
        status, words = paper.status, paper.get_status_display()
        if status == IndicatorList.Status.RETURNED:
            return Sign(words, "back", "late", _("list: returned"))
        if status == IndicatorList.Status.DRAFT and paper.recommended_on:
            return Sign(_("draft, recommended"), "doing", "doing", _("list: recommended"))
        if status == IndicatorList.Status.SENT:
            return Sign(words, "doing", "doing", _("list: with the ministry"))
        return Sign(words, "doing", "doing")

    @property
    def listed_since(self) -> datetime.date | None:
        paper = self.under_way or self.in_force
        return paper.stands_since if paper else None

    @property
    def reported(self) -> Sign:
        """Where the report stands; one that nobody has filled in yet has not begun."""
        if self.report is None:
            return Sign(_("not opened"), "idle", "is-none")
        status, words = self.report.status, self.report.get_status_display()
        if status == Status.DRAFT and not self.filled:
            return Sign(_("not begun"), "idle", "is-none")
        icon, tone = REPORTED.get(status, ("doing", "doing"))
        return Sign(words, icon, tone, _short_words_of_reports().get(status, ""))

    def quarter(self, year: int, number: int) -> Sign:
        """Whether the group met in a quarter, and whether a signed protocol says so (point 6)."""
        if self.group is None:
            return Sign(_("no group"), "–", "is-none")
        level = self.quarters[year, number]
        return Sign(str(level.label), *LEVELS[level])


def _short_words_of_reports() -> dict[str, str]:
    return {
        Status.SUBMITTED: _("report: submitted"),
        Status.RETURNED: _("report: returned"),
        Status.TRANSMITTED: _("report: transmitted"),
        Status.ACCEPTED: _("report: accepted"),
    }


def standings(year: int, *, language: str, today: datetime.date | None = None) -> list[Standing]:
    """Return the twenty regions in the order of the language's alphabet; eight queries.

    Of a year that is over only the lists that governed it are told: those in force on its 31 December.
    """
    day = today or timezone.localdate()
    regions = Region.objects.reporting().in_alphabet(language)
    rows = {region.pk: Standing(region, day, year) for region in regions}
    lists = IndicatorList.objects.filter(region__in=rows)
    is_over = year < year_to_open(day)
    governing = lists.in_force_on(datetime.date(year, 12, 31) if is_over else day)
    for indicator_list in governing if is_over else lists.under_way() | governing:
        name = "in_force" if indicator_list.published_on else "under_way"
        setattr(rows[indicator_list.region_id], name, indicator_list)
    report: Any
    reports = MonitoringReport.objects.for_year(year).filter(region__in=rows).select_related("indicator_list")
    for report in reports.with_completion().annotate(**_days_of_the_year_before()):
        row = rows[report.region_id]
        row.report, row.filled, row.total = report, report.filled_count, report.line_count
    for code, kind, due_on in terms.dates_set(year, rows):
        rows[code].dates[kind] = due_on
    for group in WorkingGroup.objects.filter(region__in=rows):
        rows[group.region_id].group = group
    _judge_quarters(rows.values(), range(year - 1, year + 2), day)
    return list(rows.values())


def _days_of_the_year_before() -> dict[str, Subquery]:
    """The dates of the same body's report of the year before, as columns beside the report."""
    before = MonitoringReport.objects.filter(organisation=OuterRef("organisation"), year=OuterRef("year") - 1)
    return {f"{stage}_before": Subquery(before.values(f"{stage}_on")[:1]) for stage in HANDED}


def _judge_quarters(rows: Iterable[Standing], years: Iterable[int], today: datetime.date) -> None:
    met = {row.group.pk: row for row in rows if row.group}
    since = {pk: row.group.act_date for pk, row in met.items() if row.group}
    for year in years:
        for pk, quarters in quarters_of(year, since, today).items():
            met[pk].quarters |= {(year, quarter.number): quarter.level for quarter in quarters}
