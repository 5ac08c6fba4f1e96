"""What a report's lines inherit: rows from the list in force, words and plan from last year's report."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from apps.goals.models import Indicator
from apps.indicators.models import IndicatorList, IndicatorListItem
from apps.monitoring.models import MonitoringReport, ReportLine


class LastFact(NamedTuple):
    """What last year's line of the same row said."""

    fact: str
    value: Decimal | None


type Earlier = Mapping[tuple[int, Any], ReportLine]
type Catalogue = Mapping[str, Indicator]

Section = ReportLine.Section


def fill(reports: Collection[MonitoringReport]) -> None:
    """Give new reports a line for each row of their list; a few queries however many reports there are."""
    items: dict[int | None, list[IndicatorListItem]] = defaultdict(list)
    lists = {report.indicator_list_id for report in reports if report.indicator_list_id}
    for item in IndicatorListItem.objects.filter(indicator_list__in=lists).order_by("position", "pk"):
        items[item.indicator_list_id].append(item)
    earlier = earlier_lines(reports)
    catalogue = catalogue_of(item for rows in items.values() for item in rows)
    _store(
        line
        for report in reports
        for line in _numbered(
            [new_line(report, item, earlier, catalogue) for item in items[report.indicator_list_id]]
        )
    )


def follow(report: MonitoringReport, governing: IndicatorList, moment: datetime.datetime) -> None:
    """Let a report under way follow another list: rows are recognised by their key and keep what was typed.

    A row that the list has no more stays as a free row when somebody has filled it in, and goes otherwise.
    """
    items = list(governing.items.order_by("position", "pk"))
    lines = list(report.lines.select_related("item").order_by("section", "position", "pk"))
    by_key = {line.item.key: line for line in lines if line.item}
    earlier, catalogue = earlier_lines([report]), catalogue_of(items)
    ordered = []
    for item in items:
        line = by_key.pop(item.key, None)
        if line is None:
            line = new_line(report, item, earlier, catalogue)
        else:
            _repoint(line, item)
        ordered.append(line)
    dropped = [line for line in by_key.values() if not is_touched(line)]
    for line in by_key.values():
        line.item = None
    ReportLine.objects.filter(pk__in=[line.pk for line in dropped]).delete()
    kept = [line for line in lines if line.item is None and line not in dropped]
    numbered = _numbered([*ordered, *kept])
    for line in numbered:
        line.changed_at = moment
    ReportLine.objects.bulk_update(
        [line for line in numbered if line.pk],
        ("item", "section", "position", "name_kk", "name_ru", "changed_at"),
    )
    _store([line for line in numbered if not line.pk])
    report.indicator_list = governing
    report.version += 1
    report.save(update_fields=("indicator_list", "version"))


def is_touched(line: ReportLine) -> bool:
    """Whether somebody has filled the line in."""
    return bool(line.is_filled or line.comment_kk or line.comment_ru or line.version > 1)


def earlier_lines(reports: Iterable[MonitoringReport]) -> Earlier:
    """Find last year's lines of the same bodies by body and key of the row; one query."""
    reports = list(reports)
    if not reports:
        return {}
    lines = ReportLine.objects.filter(
        report__organisation__in={report.organisation_id for report in reports},
        report__year=reports[0].year - 1,
        item__isnull=False,
    ).select_related("item", "report")
    return {(line.report.organisation_id, line.item.key): line for line in lines if line.item}


def last_facts(report: MonitoringReport) -> dict[Any, LastFact]:
    """Find last year's facts of the same body by the key of the row; one query."""
    lines = ReportLine.objects.filter(
        report__organisation=report.organisation_id, report__year=report.year - 1, item__isnull=False
    )
    found = lines.values_list("item__key", "fact", "fact_value")
    return {key: LastFact(fact, value) for key, fact, value in found}


def catalogue_of(items: Iterable[IndicatorListItem]) -> Catalogue:
    """Find the national indicators of the rows by code; one query."""
    codes = {item.code for item in items if item.code}
    return {indicator.code: indicator for indicator in Indicator.objects.filter(code__in=codes)}


def new_line(
    report: MonitoringReport, item: IndicatorListItem, earlier: Earlier, catalogue: Catalogue
) -> ReportLine:
    """Draw up a line from a row: its words, and what last year's line of the same row said."""
    line = ReportLine(
        report=report,
        item=item,
        section=section_of(item),
        reporting_year=report.year,
        unit_kk=item.unit_kk,
        unit_ru=item.unit_ru,
        responsible_kk=item.responsible_kk,
        responsible_ru=item.responsible_ru,
    )
    line.name_kk, line.name_ru = name_of(item)
    if indicator := catalogue.get(item.code):
        line.data_source_kk = body_of(indicator.source_kk)
        line.data_source_ru = body_of(indicator.source_ru)
    if before := earlier.get((report.organisation_id, item.key)):
        _copy_words(line, before)
        line.plan, line.plan_value = before.plan, before.plan_value
    if item.target and item.target_year == report.year:
        line.plan, line.plan_value = item.target, item.target_value
    return line


def body_of(source: str) -> str:
    """The body that publishes the figures: the catalogue names it first, its surveys after a semicolon."""
    return source.partition(";")[0].strip()


def section_of(item: IndicatorListItem) -> str:
    return Section.MEASURES if item.is_measure else Section.INDICATORS


def name_of(item: IndicatorListItem) -> tuple[str, str]:
    """Name a line as the region names its indicator, or as the country does where the region does not."""
    if item.regional_kk or item.regional_ru:
        return item.regional_kk, item.regional_ru
    return item.national_kk, item.national_ru


def _copy_words(line: ReportLine, before: ReportLine) -> None:
    for field in ("unit", "responsible", "data_source"):
        words = [getattr(before, f"{field}_{language}") for language in ("kk", "ru")]
        if any(words):
            for language, word in zip(("kk", "ru"), words, strict=True):
                setattr(line, f"{field}_{language}", word)


def _repoint(line: ReportLine, item: IndicatorListItem) -> None:
    if line.item and (line.name_kk, line.name_ru) == name_of(line.item):
        line.name_kk, line.name_ru = name_of(item)
    line.item, line.section = item, section_of(item)


def _numbered(lines: list[ReportLine]) -> list[ReportLine]:
    """Number the lines from 1 in each section, as the form does."""
    counts = dict.fromkeys(Section.values, 0)
    for line in lines:
        counts[line.section] += 1
        line.position = counts[line.section]
    return lines


def _store(lines: Iterable[ReportLine]) -> None:
    """Insert new lines, each answered for by the departments of its row."""
    stored = ReportLine.objects.bulk_create(lines)
    by_item: dict[int, list[ReportLine]] = defaultdict(list)
    for line in stored:
        if line.item_id:
            by_item[line.item_id].append(line)
    answering = IndicatorListItem.departments.through.objects.filter(indicatorlistitem__in=by_item)
    through = ReportLine.departments.through
    through.objects.bulk_create(
        through(reportline_id=line.pk, organisation_id=row.organisation_id)
        for row in answering
        for line in by_item[row.indicatorlistitem_id]
    )
