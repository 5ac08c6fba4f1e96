"""The sheet of a report as its page shows it: plain values, so that 250 lines need no 250 forms.

What stands beside the lines, last year's facts and the official series, is one query each for all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from apps.grid.edits import column_of, said_of
from apps.grid.numbers import spell
from apps.grid.tables import Outcome
from apps.monitoring.forms import ReportLineForm
from apps.monitoring.models import ReportLine
from apps.monitoring.progress import Standing
from apps.monitoring.table import ReportTable
from apps.monitoring.trend import Points, draw, official_series
from apps.ui.dates import spoken
from apps.ui.heights import rows_for
from apps.ui.parts import Mark
from apps.ui.templatetags.ui import icon
from apps.workflow.models import Remark

# Columns with words in two languages, and how many letters of each fit a line at 1366 px.
LETTERS = {"name": 34, "responsible": 19, "data_source": 11, "unit": 10, "comment": 19}
WORDS = ("name", "responsible", "data_source", "unit")
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
    "expected_on": gettext_lazy("data expected"),
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
NO_INPUTS = [f"{name}_input" for name in (*WORDS, "fact_status", "expected_on")]
INPUT = 'id="line-{0}-{1}" name="line-{0}-{1}" aria-labelledby="n-{0} c-{2}"'
WRONG_INPUT = INPUT + ' data-stored="{3}" aria-invalid="true" aria-describedby="h-{0}"'
# Of the list's row the page needs its key, number, direction and values.
UNSHOWN = [
    f"item__{name}_{language}"
    for name in ("national", "regional", "unit", "responsible")
    for language in ("kk", "ru")
] + ["item__own_reason"]
# What the page says in a row at once; the rest is said before sending.
SAID_IN_ROW = {"jump", "malformed", "explain"}
VIEWS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "empty": lambda row: not row["is_filled"],
    "check": lambda row: row["warnings"],
    "untranslated": lambda row: row["is_untranslated"],
}


class Sheet:
    """The lines of one report for one person; `outcome` is a save that refused some cells."""

    def __init__(
        self,
        table: ReportTable,
        remarks: Iterable[Remark] = (),
        outcome: Outcome | None = None,
        *,
        both: bool = False,
    ) -> None:
        self.table, self.report = table, table.paper
        self.here = spoken()
        self.there = "kk" if self.here == "ru" else "ru"
        self.is_bilingual = both
        self.refused = outcome.refused_by_line if outcome else {}
        self.remarks = Counter(remark.line_id for remark in remarks if remark.resolved_at is None)
        self.icons: dict[str, str] = {}
        self.options: dict[str, str] = {}

    @cached_property
    def lines(self) -> list[ReportLine]:
        self.report.shown_lines = lines = list(self.table.lines().defer(*UNSHOWN))
        return lines

    @cached_property
    def fact_statuses(self) -> dict[str, str]:
        return {value: str(words) for value, words in ReportLine.FactStatus.choices}

    @cached_property
    def standings(self) -> dict[str, dict[str, Any]]:
        """The judgements in words, each drawn once for all rows."""
        return {
            standing: self._drawn(KINDS[standing], str(standing.label)[:1].upper() + str(standing.label)[1:])
            for standing in Standing
        }

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
        return {
            "paper": self.report,
            **{f"{name}_label": str(words) for name, words in COLUMNS.items()},
            "last_year": str(self.report.year - 1),
            "row_title": _("The whole line: both languages, all columns"),
            "more": _("More about the line"),
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
            "pk": str(line.pk),
            "number": str(line.position),
            "section": line.section,
            "version": str(line.version),
            "is_open": line.pk in self.open_keys,
            "is_filled": line.is_filled,
            "is_untranslated": any(one.code == "untranslated" for one in concerns),
            "year": str(line.reporting_year),
            "fact_status": line.fact_status,
            "fact_status_words": self.fact_statuses.get(line.fact_status, ""),
            "expected_on": line.expected_on.strftime("%Y-%m") if line.expected_on else "",
            "before": spell(before.fact) if before and before.fact else "",
            "trend": draw(points, line.plan_value) if points else None,
            "standing": self._standing(line),
            "marks": [
                self._drawn("warn" if one.level == "warning" else "info", str(one.message))
                for one in concerns
                if one.code in SAID_IN_ROW
            ],
            "warnings": warnings,
            "refusals": [said_of(one, COLUMNS) for one in refused.values()],
            "tone": "wrong" if refused else "warn" if warnings else "",
            "remarks": self.remarks[line.pk],
            "there": self.is_bilingual,
        }
        for name, letters in LETTERS.items():
            for place, language in (("", self.here), ("_other", self.there)):
                row[name + place] = words = getattr(line, f"{name}_{language}")
                row[f"{name}{place}_rows"] = str(rows_for(words, letters, most=TALLEST))
        for name in NUMBERS:
            row[name] = spell(getattr(line, name))
        known = refused.keys() & ReportLineForm.base_fields.keys()
        stored = {name: row.get(self._place(name), "") for name in known}
        for name in stored:
            row[self._place(name)] = refused[name].typed
        if row["is_open"]:
            row |= self._inputs(line, row, stored)
        return row

    def _inputs(self, line: ReportLine, row: Mapping[str, Any], stored: Mapping[str, str]) -> dict[str, Any]:
        """The attributes of each input; words that the list brought are changed on the line's own page.

        `stored` has what the refused cells hold, by field: they show what was typed.
        """
        names = [*NUMBERS, f"comment_{self.here}", "fact_status" if line.fact else "expected_on"]
        is_free = self.is_bilingual or line.item_id is None
        names += [f"{name}_{self.here}" for name in WORDS if is_free or not row[name]]
        if self.is_bilingual:
            names += [f"{name}_{self.there}" for name in LETTERS]
        inputs: dict[str, Any] = dict.fromkeys(NO_INPUTS, "")
        for name in names:
            inputs[f"{self._place(name)}_input"] = _attributes(row["pk"], name, stored.get(name))
        inputs["status_options"] = self._options(row["fact_status"])
        return inputs

    def _place(self, name: str) -> str:
        """Where a column of the model stands in a row: the page's language first, the other one beside it."""
        return name.removesuffix(f"_{self.here}").replace(f"_{self.there}", "_other")

    def _options(self, chosen: str) -> str:
        """The kinds of fact as options, one of them chosen; drawn once for all rows with the same one."""
        if chosen not in self.options:
            self.options[chosen] = format_html_join(
                "",
                '<option value="{}"{}>{}</option>',
                (
                    (value, " selected" if value == chosen else "", words)
                    for value, words in [("", _("the fact is")), *self.fact_statuses.items()]
                ),
            )
        return self.options[chosen]

    def _standing(self, line: ReportLine) -> dict[str, Any] | None:
        if standing := line.standing:
            return self.standings[standing]
        if line.expected_on and not line.fact:
            words = _("Data expected: {month}").format(month=line.expected_on.strftime("%m.%Y"))
            return self._drawn("idle", words)
        return None

    def _drawn(self, kind: str, words: str) -> dict[str, Any]:
        """A mark as a row shows it; each shape is drawn once for all rows."""
        mark = Mark(kind, words)
        if mark.shape not in self.icons:
            self.icons[mark.shape] = icon(mark.shape)
        return {"tone": mark.tone, "icon": self.icons[mark.shape], "words": words}


def _attributes(pk: str, name: str, stored: str | None) -> str:
    """Id, name and label of an input; one in error says so, what is stored, and where its error is told."""
    if stored is None:
        return format_html(INPUT, pk, name, column_of(name))
    return format_html(WRONG_INPUT, pk, name, column_of(name), stored)
