"""The page of a report: Annex 2 as inputs for those who fill it in, as plain words for everybody else."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import ListView

from apps.grid.tables import Locked, Outcome
from apps.grid.views import CellsView, TableView
from apps.monitoring import terms
from apps.monitoring.models import MonitoringReport, ReportLine
from apps.monitoring.sheet import VIEWS, Sheet
from apps.monitoring.stamps import stamps_of
from apps.monitoring.table import ReportTable
from apps.ui.dates import spoken
from apps.ui.parts import Segment
from apps.workflow.models import AuditEntry, Remark
from apps.workflow.templatetags.workflow import transition_url
from apps.workflow.workflow import workflow_of


class ReportMixin(LoginRequiredMixin):
    """The report that the address names, among those that the person may see."""

    @cached_property
    def paper(self) -> MonitoringReport:
        reports = MonitoringReport.objects.visible_to(self.request.user).select_related(  # type: ignore[attr-defined]
            "region", "organisation", "indicator_list", "consideration__item__meeting__protocol"
        )
        return get_object_or_404(reports, pk=self.kwargs["pk"])  # type: ignore[attr-defined,no-any-return]

    def get_table(self) -> ReportTable:
        return ReportTable(self.paper, self.request.user)  # type: ignore[attr-defined]


class MonitoringReportDetail(ReportMixin, TableView):
    """Fill in the report, read it, and see where it stands."""

    def page(self, outcome: Outcome | None = None, status: int = 200) -> HttpResponse:
        sheet = Sheet(self.get_table(), outcome, both=self.is_bilingual)
        view = "" if outcome else self.request.GET.get("show", "")
        steps = workflow_of(self.paper).available_to(self.request.user, self.paper)
        remarks = self._remarks() if self.paper.submitted_on else Counter()
        for row in sheet.rows:
            row["remarks"] = remarks[row["pk"]]
        context = {
            **sheet.words(),
            "sections": sheet.sections(view),
            "total": len(sheet.lines),
            "filled": sheet.filled,
            "views": self._views(sheet, view),
            "modes": self._modes(),
            "is_fact_only": self.is_fact_only,
            "stamps": stamps_of(self.paper),
            "due_on": terms.due_on(terms.SUBMISSION, self.paper) if self.paper.is_editable else None,
            "is_open": bool(sheet.open_keys) or sheet.edits_all,
            "edits_all": sheet.edits_all,
            "is_bilingual": self.is_bilingual,
            "submits": [step for step in steps if step.name == "submit"],
            "steps": [step for step in steps if step.name != "submit"],
            "outcome": outcome,
            "refusals": [(row, one) for row in sheet.rows for one in row["refusals"]] if outcome else [],
            "returned": self._returned() if self.paper.status == MonitoringReport.Status.RETURNED else None,
        }
        return render(self.request, "monitoring/monitoringreport_detail.html", context, status=status)

    def saved(self, outcome: Outcome) -> HttpResponse:
        if self.request.POST.get("then") == "submit":
            return redirect(transition_url(self.paper, "submit"))
        if outcome.cells:
            count = outcome.cells
            said = ngettext("%(cells)s cell has been saved.", "%(cells)s cells have been saved.", count)
            messages.success(self.request, said % {"cells": count})
        elif "add" not in self.request.POST:
            messages.info(self.request, _("Nothing has changed."))
        if self.request.POST.get("add") in ReportLine.Section.values:
            line = self.get_table().add(self.request.POST["add"])
            return redirect(f"{self.paper.get_absolute_url()}#line-{line.pk}")
        return redirect(self.request.get_full_path())

    def locked(self, reason: Locked) -> HttpResponse:
        messages.error(self.request, str(reason))
        return redirect(self.paper.get_absolute_url())

    @property
    def is_bilingual(self) -> bool:
        return self.request.GET.get("languages") == "both"

    @property
    def is_fact_only(self) -> bool:
        return self.request.GET.get("mode") == "fact"

    def _remarks(self) -> Counter[int]:
        """How many open remarks each line has."""
        keys = Remark.objects.of(self.paper).open().exclude(line_id=None).values_list("line_id", flat=True)
        return Counter(key for key in keys if key)

    def _returned(self) -> AuditEntry | None:
        """With which words the report came back."""
        return AuditEntry.objects.of(self.paper).filter(to_state=self.paper.status).order_by("-pk").first()

    def _modes(self) -> list[Segment]:
        """The whole form, or the one column that is filled in every January."""
        here = self.paper.get_absolute_url()
        return [
            Segment(_("Whole form"), here, is_current=not self.is_fact_only),
            Segment(_("Fact only"), f"{here}?mode=fact", is_current=self.is_fact_only),
        ]

    def _views(self, sheet: Sheet, view: str) -> list[Segment]:
        """Views of the page that would show anything, each with its count."""
        names = {
            "empty": (_("Empty rows"), "idle"),
            "check": (_("To check"), "warn"),
            "untranslated": (_("No translation"), "idle"),
        }
        here = f"{self.paper.get_absolute_url()}?{'mode=fact&' if self.is_fact_only else ''}"
        found = []
        for name, (words, icon) in names.items():
            count = sum(1 for row in sheet.rows if VIEWS[name](row))
            if count or view == name:
                is_current = view == name
                url = here.rstrip("?&") if is_current else f"{here}show={name}"
                found.append(Segment(f"{words} ({count})", url, is_current=is_current, icon=icon))
        return found


class MonitoringReportCells(ReportMixin, CellsView):
    """Autosave of the cells of a report."""

    row_template = "monitoring/_row.html"

    def row_context(self, table: Any, lines: list[Any]) -> dict[int, dict[str, Any]]:
        sheet = Sheet(table)
        sheet.open_keys = frozenset(line.pk for line in lines)
        words = sheet.words()
        return {row["pk"]: {**words, "row": row} for row in sheet.rows_of(lines)}


class MonitoringReportList(LoginRequiredMixin, ListView):  # type: ignore[type-arg]
    """The reports that a person may see, newest year first."""

    template_name = "monitoring/monitoringreport_list.html"
    paginate_by = 25

    def get_queryset(self) -> Any:
        reports = MonitoringReport.objects.visible_to(self.request.user)
        self.years = sorted(set(reports.values_list("year", flat=True)), reverse=True)
        if self.year:
            reports = reports.for_year(self.year)
        region = self.request.GET.get("region", "")
        if region:
            reports = reports.filter(region=region)
        return (
            reports.select_related("region", "organisation")
            .with_completion()
            .order_by("-year", f"region__sort_{spoken()}", "pk")
        )

    @property
    def year(self) -> int | None:
        asked = self.request.GET.get("year", "")
        return int(asked) if asked.isdecimal() and len(asked) == 4 else None  # noqa: PLR2004 - a year

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = self.request.path
        segments = [Segment(_("All years"), here, is_current=not self.year)]
        segments += [Segment(one, f"{here}?year={one}", is_current=one == self.year) for one in self.years]
        return super().get_context_data(segments=segments if len(self.years) > 1 else [], **kwargs)
