"""Who stands where, since when: the twenty regions beside each other for one reporting year."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.groups.models import WorkingGroup
from apps.indicators.models import IndicatorList
from apps.meetings.models import Meeting, Protocol
from apps.monitoring.models import MonitoringReport
from apps.organisations.models import Region

SUBMISSION = (1, 15)
TRANSMISSION = (2, 1)
OPENING_MONTH = 11


def current_reporting_year(today: datetime.date) -> int:
    """The year whose report is on everybody's desk: from November on the running one, before it the last."""
    return today.year if today.month >= OPENING_MONTH else today.year - 1


@dataclass(frozen=True)
class Sign:
    """A state in three ways at once: words, shape and tone."""

    words: str
    icon: str
    tone: str


@dataclass
class Standing:
    """Where one region stands: its list, its report, its group and its meetings by quarter."""

    region: Region
    today: datetime.date
    year: int
    in_force: IndicatorList | None = None
    under_way: IndicatorList | None = None
    report: MonitoringReport | None = None
    group: WorkingGroup | None = None
    quarters: dict[tuple[int, int], list[bool]] = field(default_factory=dict)

    @property
    def submitted(self) -> Sign:
        return self._handed(self.report and self.report.submitted_on, SUBMISSION)

    @property
    def transmitted(self) -> Sign:
        return self._handed(self.report and self.report.transmitted_on, TRANSMISSION)

    @property
    def is_late(self) -> bool:
        return self.submitted.tone in {"late", "wrong"} or self.transmitted.tone in {"late", "wrong"}

    def _handed(self, on: datetime.date | None, month_and_day: tuple[int, int]) -> Sign:
        due = datetime.date(self.year + 1, *month_and_day)
        if on is None:
            if self.today <= due:
                return Sign(_("ahead"), "idle", "is-ahead")
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
        if paper.status == IndicatorList.Status.RETURNED:
            return Sign(paper.get_status_display(), "back", "late")
        if paper.status == IndicatorList.Status.DRAFT and paper.recommended_on:
            return Sign(_("draft, recommended"), "doing", "doing")
        return Sign(paper.get_status_display(), "doing", "doing")

    def quarter(self, year: int, number: int) -> Sign:
        """Whether the group met in a quarter, and whether a signed protocol says so (point 6)."""
        held = self.quarters.get((year, number), [])
        if any(held):
            return Sign(_("held, there is a protocol"), "✓", "is-time")
        if held:
            return Sign(_("held, the protocol is not signed"), "○", "late")
        if self.group is None:
            return Sign(_("no group"), "–", "is-none")
        last_day = datetime.date(year + number // 4, number % 4 * 3 + 1, 1) - datetime.timedelta(days=1)
        if last_day >= self.today:
            return Sign(_("ahead"), "·", "is-ahead")
        return Sign(_("no meeting"), "0", "wrong")


def standings(year: int, *, language: str, today: datetime.date | None = None) -> list[Standing]:
    """Return the twenty regions in the order of the language's alphabet; five queries."""
    day = today or timezone.localdate()
    regions = Region.objects.reporting().in_alphabet(language)
    rows = {region.pk: Standing(region, day, year) for region in regions}
    for indicator_list in IndicatorList.objects.filter(
        region__in=rows, status__in=(*IndicatorList.UNDER_WAY, "published")
    ):
        name = "in_force" if indicator_list.status == "published" else "under_way"
        setattr(rows[indicator_list.region_id], name, indicator_list)
    filled = Q(lines__fact__gt="") | Q(lines__expected_on__isnull=False)
    for report in (
        MonitoringReport.objects.for_year(year)
        .filter(region__in=rows)
        .annotate(filled=Count("lines", filter=filled), total=Count("lines"))
    ):
        rows[report.region_id].report = report
    for group in WorkingGroup.objects.filter(region__in=rows):
        rows[group.region_id].group = group
    for code, quarters in _quarters(rows, range(year, year + 2), day).items():
        rows[code].quarters = quarters
    return list(rows.values())


def _quarters(
    codes: Iterable[str], years: range, today: datetime.date
) -> dict[str, dict[tuple[int, int], list[bool]]]:
    held = Meeting.objects.filter(
        group__region__in=codes, held_on__year__in=years, held_on__lte=today, cancelled_at=None
    ).values_list("group__region_id", "held_on", "protocol__status")
    found: dict[str, dict[tuple[int, int], list[bool]]] = defaultdict(lambda: defaultdict(list))
    signed = {Protocol.Status.SIGNED, Protocol.Status.PUBLISHED}
    for code, held_on, status in held:
        found[code][held_on.year, (held_on.month + 2) // 3].append(status in signed)
    return found


def pace(rows: list[Standing], stage: str) -> dict[str, Any]:
    """Count a stage over the regions, and say where each of the twenty segments of its bar lies."""
    signs = [getattr(row, stage) for row in rows]
    in_time = sum(sign.tone == "is-time" for sign in signs)
    late = sum(sign.tone == "late" for sign in signs)
    kinds = ["has"] * in_time + ["after"] * late + ["lacks"] * (len(rows) - in_time - late)
    width = 100 / max(len(rows), 1)
    return {
        "count": in_time + late,
        "in_time": in_time,
        "late": late,
        "total": len(rows),
        "segments": [
            {"kind": kind, "x": f"{place * width + width * 0.04:.2f}%", "width": f"{width * 0.92:.2f}%"}
            for place, kind in enumerate(kinds)
        ],
        "lacking": [row.region for row, sign in zip(rows, signs, strict=True) if sign.tone == "wrong"],
    }
