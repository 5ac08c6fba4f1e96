"""A block of Annex 2 copied from Excel: what it would change, before anything is stored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from apps.grid.paste import Block, Column, TooLong, read_block
from apps.grid.tables import Edit
from apps.monitoring.forms import ReportLineForm
from apps.monitoring.models import MonitoringReport, ReportLine
from apps.monitoring.table import WORDS, ReportTable
from apps.ui.dates import spoken

HEADINGS = {
    "name": ("Наименование", "Атауы"),
    "responsible": ("Ответственные", "Жауаптылар"),
    "data_source": ("Источник информации", "Ақпарат көзі"),
    "unit": ("Единица измерения", "Өлшем бірлігі"),
    "reporting_year": ("Отчетный год", "Отчет- ный год", "Есепті жыл"),
    "plan": ("План", "Жоспар"),
    "fact": ("Факт",),
    "comment": ("Пояснения при необходимости", "Қажет болған кезде түсіндірмелер", "Пояснения"),
}
MERGED = {"responsible", "data_source"}
SECTIONS = {
    "индикаторы": ReportLine.Section.INDICATORS,
    "индикаторлар": ReportLine.Section.INDICATORS,
    "мероприятия": ReportLine.Section.MEASURES,
    "іс-шара": ReportLine.Section.MEASURES,
    "іс-шаралар": ReportLine.Section.MEASURES,
}


_NUMBERED = re.compile(r"^[0-9]+\s*\.?\t", re.MULTILINE)
_TITLE = re.compile(rf"^(?P<title>(?:{'|'.join(SECTIONS)})\*?)(?=[\t\r]*$)", re.MULTILINE | re.IGNORECASE)


@dataclass
class PastedRow:
    """A row of the block: the line on which it falls, what it changes there, and what was refused."""

    number: int
    section: str
    values: dict[str, str]
    line: ReportLine | None = None
    changes: dict[str, list[Any]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def cells(self) -> list[dict[str, Any]]:
        """The eight columns after the number as the preview shows them."""
        shown = []
        for name in HEADINGS:
            key = next((key for key in self.values if _column_of(key) == name), "")
            known = self.line.name if self.line and name == "name" and not key else ""
            before, after = self.changes.get(key, ["", ""])
            shown.append(
                {
                    "old": before if self.line else "",
                    "new": after if key in self.changes else self.values.get(key, known),
                    "error": self.errors.get(key, ""),
                    "is_changed": key in self.changes,
                    "is_number": name in {"plan", "fact"},
                }
            )
        return shown


@dataclass
class Pasted:
    """A block that was read: lines that would change, lines that would be added, cells that were refused."""

    block: Block
    rows: list[PastedRow] = field(default_factory=list)
    is_too_long: bool = False

    @property
    def refused(self) -> int:
        return sum(len(row.errors) for row in self.rows)

    @property
    def changed(self) -> int:
        return sum(len(row.changes) for row in self.rows if row.line)

    @property
    def added(self) -> int:
        return sum(1 for row in self.rows if row.line is None and "" not in row.errors)

    @property
    def recognised(self) -> list[str]:
        """What was understood of the block's shape, in words."""
        said = []
        if self.block.has_header:
            said.append(_("the header row was recognised"))
        if self.block.has_ordinals:
            said.append(_("the column of row numbers was left out"))
        if self.block.filled_down:
            said.append(_("merged cells filled: {count}").format(count=self.block.filled_down))
        if self.block.unread:
            said.append(_("cells beyond the columns of the form: {count}").format(count=self.block.unread))
        return said


def read(
    text: str, table: ReportTable, *, language: str = "", onto: Sequence[ReportLine] = (), start: str = ""
) -> Pasted:
    """Read a block for a report.

    Its rows fall one by one on the lines `onto`, the first column on the field `start`; without them each row
    falls on the line of its section with the same name, and is a new line where there is none.
    """
    language = language or spoken()
    try:
        block = read_block(_titles_in_their_column(text), _columns(language), start=start)
    except TooLong:
        return Pasted(Block(), is_too_long=True)
    if start:
        rows = [
            _row(number, values, onto[number - 1])
            for number, values in enumerate(block.rows[: len(onto)], start=1)
        ]
        return Pasted(block, rows)
    return Pasted(block, list(_matched(block, table, f"name_{language}")))


def edits(pasted: Pasted) -> dict[int, Edit]:
    """Changes to known lines, each knowing what the preview showed as the old value."""
    return {
        row.line.pk: Edit(
            {name: row.values[name] for name in row.changes},
            was={name: "" if before is None else str(before) for name, (before, _new) in row.changes.items()},
        )
        for row in pasted.rows
        if row.line is not None and row.changes
    }


def lines_to_add(pasted: Pasted) -> dict[str, list[dict[str, Any]]]:
    """New lines by section, as the model takes them; a cell that was refused stays empty."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in pasted.rows:
        if row.line is None and "" not in row.errors:
            found.setdefault(row.section, []).append(_cleaned(row))
    return found


def _titles_in_their_column(text: str) -> str:
    """Move the title of a section, merged over the whole row in Excel, from under № to under the name."""
    if not _NUMBERED.search(text):
        return text
    return _TITLE.sub(lambda found: f"\t{found['title']}", text)


def _columns(language: str) -> list[Column]:
    return [
        Column(f"{name}_{language}" if name in WORDS else name, headings, fills_down=name in MERGED)
        for name, headings in HEADINGS.items()
    ]


def _matched(block: Block, table: ReportTable, name: str) -> Iterator[PastedRow]:
    waiting = {(line.section, _folded(getattr(line, name))): line for line in table.lines()}
    section, number = ReportLine.Section.INDICATORS, 0
    for values in block.rows:
        if (title := SECTIONS.get(_folded(values.get(name, "")).rstrip("*"))) and _is_title(values, name):
            section = title
            continue
        number += 1
        line = waiting.pop((section, _folded(values.get(name, ""))), None)
        row = _row(number, values, line, section)
        if line is None and not _may_add(table.paper, section):
            row.errors[""] = _("The list in force has no such indicator: the row is left out.")
        yield row


def _is_title(values: dict[str, str], name: str) -> bool:
    """A row of the form that names a section; merged cells below it may have been filled down into it."""
    return not any(values.get(key) for key in values if key != name and _column_of(key) not in MERGED)


def _may_add(report: MonitoringReport, section: str) -> bool:
    return section == ReportLine.Section.MEASURES or report.indicator_list_id is None


def _row(
    number: int, values: dict[str, str], line: ReportLine | None, section: str = ReportLine.Section.INDICATORS
) -> PastedRow:
    form = ReportLineForm(line or ReportLine(), values)
    form.is_valid()
    row = PastedRow(number, section, values, line, form.changes())
    row.errors = {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}
    return row


def _cleaned(row: PastedRow) -> dict[str, Any]:
    line = ReportLine()
    names = {name for name in row.values if name not in row.errors}
    form = ReportLineForm(line, {name: row.values[name] for name in names})
    form.is_valid()
    form.apply()
    return {column: getattr(line, column) for name in names for column in form.columns_of(name)}


def _column_of(name: str) -> str:
    return name.removesuffix("_kk").removesuffix("_ru")


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())
