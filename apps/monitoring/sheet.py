"""The sheet of a report as its page shows it: plain values, so that 250 lines need no 250 forms.

What stands beside the lines, last year's facts and the official series, is one query each for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import ceil
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from apps.grid.numbers import spell
from apps.grid.tables import Concern, Outcome, Refusal
from apps.monitoring import inheritance
from apps.monitoring.models import ReportLine
from apps.monitoring.progress import Standing
from apps.monitoring.table import ReportTable
from apps.monitoring.trend import Points, draw, official_series
from apps.ui.dates import spoken
from apps.ui.parts import Mark

# Columns with words in two languages, and how many letters of each fit a line at 1366 px.
LETTERS = {"name": 34, "responsible": 19, "data_source": 11, "unit": 10, "comment": 19}
TALLEST = 5
NUMBERS = ("plan", "fact")
COLUMNS = {
    "name": gettext_lazy("Name"),
    "responsible": gettext_lazy("Responsible"),
    "data_source": gettext_lazy("Source of information"),
    "unit": gettext_lazy("Unit of measure"),
    "plan": gettext_lazy("Plan"),
    "fact": gettext_lazy("Fact"),
    "comment": gettext_lazy("Explanations if necessary"),
    "expected_on": gettext_lazy("data expected in"),
}
KINDS = {
    Standing.ACHIEVED: "done",
    Standing.ON_TRACK: "done",
    Standing.BEHIND: "late",
    Standing.MOVING_AWAY: "late",
    Standing.DONE: "done",
    Standing.PARTLY_DONE: "doing",
    Standing.NOT_DONE: "late",
}
# What the page says in a row at once; the rest is said before sending.
SAID_IN_ROW = {"jump", "malformed", "explain"}
VIEWS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "empty": lambda row: not row["is_filled"],
    "check": lambda row: row["warnings"],
    "untranslated": lambda row: row["is_untranslated"],
}


class Sheet:
    """The lines of one report for one person; `outcome` is a save that refused some cells."""

    def __init__(self, table: ReportTable, outcome: Outcome | None = None, *, both: bool = False) -> None:
        self.table, self.report = table, table.paper
        self.here = spoken()
        self.there = "kk" if self.here == "ru" else "ru"
        self.is_bilingual = both
        self.refused = outcome.refused_by_line if outcome else {}

    @cached_property
    def lines(self) -> list[ReportLine]:
        """The lines of the report; last year's come with the same query."""
        found = list(inheritance.with_earlier(self.report))
        lines = [line for line in found if line.report_id == self.report.pk]
        self.table.earlier = inheritance.by_row(line for line in found if line.report_id != self.report.pk)
        self.report.shown_lines = lines
        return lines

    @cached_property
    def edits_all(self) -> bool:
        return self.table.may_edit_all(self.report)

    @cached_property
    def open_keys(self) -> frozenset[int]:
        """The lines that this person fills in."""
        if not self.report.is_editable:
            return frozenset()
        if self.edits_all:
            return frozenset(line.pk for line in self.lines)
        return frozenset(self.table.editable(self.report.lines.all()).values_list("pk", flat=True))

    def words(self) -> dict[str, Any]:
        """What every row of the sheet says, translated once."""
        labels = {name: str(words) for name, words in COLUMNS.items()}
        labels |= {
            "year": _("Reporting year"),
            "fact_status": _("the fact is"),
            "expected": _("data expected"),
        }
        return {
            "paper": self.report,
            "labels": labels,
            "last_year": self.report.year - 1,
            "fact_statuses": [(value, str(words)) for value, words in ReportLine.FactStatus.choices],
            "row_title": _("The whole line: both languages, all columns"),
            "trend_words": _("Official series up to"),
            "bureau": pgettext("short name", "BNS"),
        }

    @property
    def filled(self) -> int:
        return sum(line.is_filled for line in self.lines)

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """All lines as dictionaries, in the order of the form."""
        return list(self.rows_of(self.lines))

    def rows_of(self, lines: Iterable[ReportLine]) -> Iterator[dict[str, Any]]:
        """Put lines beside last year's facts and the official series: two queries for any number of them."""
        lines = list(lines)
        codes = {line.item.code for line in lines if line.item and line.item.code}
        series = official_series(self.report.region, codes, self.report.year) if codes else {}
        return (self._row(line, series) for line in lines)

    def sections(self, view: str = "") -> list[dict[str, Any]]:
        """Both sections of the form; where a district has measures alone, these come first."""
        keep = VIEWS.get(view)
        rows = [row for row in self.rows if keep(row)] if keep else self.rows
        found = [
            {"name": name, "label": label, "rows": [row for row in rows if row["section"] == name]}
            for name, label in ReportLine.Section.choices
        ]
        return found[::-1] if self.report.is_measures_only else found

    def _row(self, line: ReportLine, series: Mapping[str, Points]) -> dict[str, Any]:
        refused = self.refused.get(line.pk, {})
        concerns = list(self.table.concerns(line))
        warnings = [one for one in concerns if one.level == "warning"]
        before = self.table.last_year(line)
        points = series.get(line.item.code) if line.item else None
        row: dict[str, Any] = {
            "pk": line.pk,
            "number": line.position,
            "section": line.section,
            "version": line.version,
            "is_open": line.pk in self.open_keys,
            "is_free": line.item_id is None,
            "is_filled": line.is_filled,
            "is_untranslated": any(one.code == "untranslated" for one in concerns),
            "year": line.reporting_year,
            "fact_status": line.fact_status,
            "fact_status_words": line.get_fact_status_display(),
            "expected_on": line.expected_on.strftime("%Y-%m") if line.expected_on else "",
            "before": spell(before.fact) if before and before.fact else "",
            "trend": draw(points, line.plan_value) if points else None,
            "standing": _standing(line),
            "marks": _said(concerns),
            "warnings": warnings,
            "refusals": [_refusal(one) for one in refused.values()],
            "invalid": {},
            "tone": "wrong" if refused else "warn" if warnings else "",
            "here": self.here,
            "there": self.there if self.is_bilingual else "",
        }
        for name, letters in LETTERS.items():
            for place, language in (("", self.here), ("_other", self.there)):
                words = getattr(line, f"{name}_{language}")
                row[name + place] = words
                row[f"{name}{place}_rows"] = _lines_of(words, letters)
        for name in NUMBERS:
            row[name] = spell(getattr(line, name))
        for name, refusal in refused.items():
            place = name.replace(f"_{self.here}", "").replace(f"_{self.there}", "_other")
            row[place] = refusal.typed
            row["invalid"][place] = True
        return row


def _lines_of(words: str, letters: int) -> int:
    """How many lines a text takes: without `field-sizing` a textarea is as tall as its rows say."""
    if not words:
        return 1
    return min(TALLEST, sum(max(1, ceil(len(line) / letters)) for line in words.split("\n")))


def _standing(line: ReportLine) -> Mark | None:
    if standing := line.standing:
        words = str(standing.label)
        return Mark(KINDS[standing], words[:1].upper() + words[1:])
    if line.expected_on and not line.fact:
        return Mark("idle", _("Data expected: {month}").format(month=line.expected_on.strftime("%m.%Y")))
    return None


def _said(concerns: Iterable[Concern]) -> list[Mark]:
    said = (one for one in concerns if one.code in SAID_IN_ROW)
    return [Mark("warn" if one.level == "warning" else "info", str(one.message)) for one in said]


def _refusal(refusal: Refusal) -> dict[str, Any]:
    column = refusal.field.removesuffix("_kk").removesuffix("_ru")
    return {
        "name": f"line-{refusal.line}-{refusal.field}",
        "column": COLUMNS.get(column, ""),
        "message": refusal.message,
        "choices": refusal.choices,
        "theirs": refusal.theirs,
        "is_conflict": refusal.code == "conflict",
    }
