"""The lines of a report as one person may change them, and what deserves a look in them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from apps.grid.numbers import format_number, parse_number
from apps.grid.tables import Concern, Table
from apps.monitoring import inheritance
from apps.monitoring.forms import ReportLineForm, label_of
from apps.monitoring.models import MonitoringReport, ReportLine
from apps.monitoring.progress import Standing
from apps.workflow import audit

JUMPS = (10, 100, 1000)
WORSE = (Standing.BEHIND, Standing.MOVING_AWAY, Standing.PARTLY_DONE, Standing.NOT_DONE)
WORDS = ("name", "responsible", "data_source", "unit", "comment")


class ReportTable(Table):
    """Annex 2 under one lock: staff fill in all of it, a department the lines entrusted to it."""

    paper_model, line_model, paper_field = MonitoringReport, ReportLine, "report"
    form_class = ReportLineForm
    section_field, lasting = "section", ("organisation", "region")
    added_as, deleted_as, entrusted_as = "add_line", "delete_line", "entrust"
    told = (*(f"{word}_{language}" for word in WORDS for language in ("kk", "ru")), "plan", "fact")

    def record(self, paper: MonitoringReport, changes: dict[str, Any]) -> None:
        audit.record(paper, self.actor, self.action, changes=changes)

    def may_edit(self, paper: MonitoringReport) -> bool:
        if not paper.is_editable:
            return False
        return self.may_edit_all(paper) or paper.lines.open_to(self.actor, paper).exists()

    def may_edit_all(self, paper: MonitoringReport) -> bool:
        return bool(paper.is_editable and self.actor.has_perm("monitoring.change_report", paper))

    def editable(self, lines: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return lines.open_to(self.actor, self.paper)  # type: ignore[attr-defined]

    def deletable(self, lines: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """The lines that no list has brought."""
        return lines.filter(item=None)

    def new_line(self, paper: MonitoringReport) -> dict[str, Any]:
        return {"reporting_year": paper.year}

    def lines(self) -> models.QuerySet[Any]:
        return super().lines().in_order()  # type: ignore[attr-defined]

    @cached_property
    def last_facts(self) -> dict[Any, inheritance.LastFact]:
        return inheritance.last_facts(self.paper)

    def last_year(self, line: ReportLine) -> inheritance.LastFact | None:
        """What last year's report said in the same row."""
        return self.last_facts.get(line.item.key) if line.item else None

    def concerns(self, line: ReportLine) -> Sequence[Concern]:
        found = [*_of_numbers(line), *self._of_jumps(line), *_of_explanations(line)]
        return [*found, *_of_languages(line)]

    def _of_jumps(self, line: ReportLine) -> Sequence[Concern]:
        before = self.last_year(line)
        if before is None or not before.value or not line.fact_value:
            return []
        times = _jump(line.fact_value / before.value)
        if times > 1:
            message = _("About {times} times more than last year. Check the unit of measure")
        elif times < -1:
            message = _("About {times} times less than last year. Check the unit of measure")
        else:
            return []
        return [Concern("jump", "fact", message.format(times=format_number(abs(times))))]


def _jump(ratio: Decimal) -> int:
    """Return 10, 100 or 1000 where a value is about so many times more, the negative where it is less."""
    for times in JUMPS:
        for sign, quotient in ((1, ratio / times), (-1, ratio * times)):
            if Decimal("0.8") <= quotient <= Decimal("1.25"):
                return sign * times
    return 0


def _of_numbers(line: ReportLine) -> Sequence[Concern]:
    """Words in place of a number are legal, and charts skip them; what looks like a slip deserves a look."""
    found = []
    for field in ("plan", "fact"):
        if getattr(line, f"{field}_value") is not None or not getattr(line, field):
            continue
        number = parse_number(getattr(line, field))
        if number.is_malformed:
            message = _("“{value}” is not a number. Sample: 2512,4").format(value=number.text)
            found.append(Concern("malformed", field, message))
        else:
            found.append(Concern("text", field, _("Not a number: charts will skip it"), level="info"))
    return found


def _of_explanations(line: ReportLine) -> Sequence[Concern]:
    """The form asks for explanations where necessary: where the mark says that the fact stands badly."""
    if line.standing in WORSE and not (line.comment_kk or line.comment_ru):
        return [Concern("explain", "comment", _("Explain it if need be"), level="info")]
    return []


def _of_languages(line: ReportLine) -> Sequence[Concern]:
    """Words in one language only: the file of the other language cannot be made."""
    found = []
    for field in WORDS:
        kk, ru = getattr(line, f"{field}_kk"), getattr(line, f"{field}_ru")
        if bool(kk) != bool(ru):
            message = _("No translation: {field}").format(field=label_of(f"{field}_{'ru' if kk else 'kk'}"))
            found.append(Concern("untranslated", field, message, level="info"))
    return found
