"""Annex 2 copied from Excel: what its columns are called, and on which line of the report a row falls."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from apps.grid.edits import column_of
from apps.grid.paste import Row
from apps.grid.pasting import Paste, PastedRow
from apps.monitoring.forms import ReportLineForm
from apps.monitoring.models import MonitoringReport, ReportLine
from apps.monitoring.sheet import COLUMNS
from apps.monitoring.table import WORDS

Section = ReportLine.Section
SECTIONS = {
    "индикаторы": Section.INDICATORS,
    "индикаторлар": Section.INDICATORS,
    "мероприятия": Section.MEASURES,
    "іс-шара": Section.MEASURES,
    "іс-шаралар": Section.MEASURES,
}
_NUMBERED = re.compile(r"^[0-9]+\s*\.?\t", re.MULTILINE)
_TITLE = re.compile(rf"^(?P<title>(?:{'|'.join(SECTIONS)})\*?)(?=[\t\r]*$)", re.MULTILINE | re.IGNORECASE)


class LinePaste(Paste):
    """Rows fall on the lines of their section with the same name; of several, on the first one waiting."""

    form_class, line_model = ReportLineForm, ReportLine
    headings = {
        "name": ("Наименование", "Атауы"),
        "responsible": ("Ответственные", "Жауаптылар"),
        "data_source": ("Источник информации", "Ақпарат көзі"),
        "unit": ("Единица измерения", "Өлшем бірлігі"),
        "reporting_year": ("Отчетный год", "Отчет- ный год", "Есепті жыл"),
        "plan": ("План", "Жоспар"),
        "fact": ("Факт",),
        "comment": ("Пояснения при необходимости", "Қажет болған кезде түсіндірмелер", "Пояснения"),
    }
    merged = (frozenset({"responsible"}), frozenset({"data_source"}))
    spoken = frozenset(WORDS)
    numbers = frozenset({"plan", "fact"})
    adds_below = False
    head_template = "monitoring/_preview_head.html"

    def __init__(self, report: MonitoringReport, lines: Iterable[Any] = (), language: str = "") -> None:
        super().__init__(lines, language)
        self.report = report

    def prepared(self, text: str) -> str:
        """Move the title of a section, merged over the whole row in Excel, from under № to under the name."""
        return _TITLE.sub(r"\t\g<title>", text) if _NUMBERED.search(text) else text

    def heading_of(self, name: str) -> str:
        return str(COLUMNS[name]) if name in COLUMNS else _("Reporting year")

    def place_of(self, line: ReportLine) -> int:
        return line.position

    def matched(self, rows: Iterable[Row]) -> Iterator[PastedRow]:
        name = self.field_of("name")
        waiting: dict[tuple[str, str], list[ReportLine]] = defaultdict(list)
        for line in self.lines:
            waiting[line.section, _folded(getattr(line, name))].append(line)
        section = Section.INDICATORS
        for values in rows:
            said = _folded(values.get(name, ""))
            if (title := SECTIONS.get(said.rstrip("*"))) and _is_title(values, name):
                section = title
                continue
            alike = waiting[section, said] if said else []
            row = self.row(values, alike.pop(0) if alike else None, section=section)
            if row.line is None and not self._may_add(section):
                row.errors[""] = _("The list in force has no such indicator: the row is left out.")
            yield row

    def _may_add(self, section: str) -> bool:
        return section == Section.MEASURES or self.report.indicator_list_id is None


def _is_title(values: dict[str, str], name: str) -> bool:
    """A row of the form that names a section; merged cells below it may have been filled down into it."""
    merged = frozenset[str]().union(*LinePaste.merged)
    return not any(values.get(key) for key in values if key != name and column_of(key) not in merged)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())
