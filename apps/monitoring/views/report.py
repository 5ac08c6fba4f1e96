"""The page of a report: Annex 2 as inputs for those who fill it in, as plain words for everybody else."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.generic import ListView, TemplateView

from apps.deadlines.models import Deadline
from apps.grid.tables import Locked, Outcome
from apps.grid.undo import undo_of
from apps.grid.views import CellsView, TableView
from apps.monitoring import terms
from apps.monitoring.models import MonitoringReport, ReportLine
from apps.monitoring.sheet import VIEWS, Sheet
from apps.monitoring.stamps import stamps_of
from apps.monitoring.table import ReportTable
from apps.organisations.models import DataImport
from apps.ui.dates import spoken
from apps.ui.parts import Segment
from apps.ui.requests import whole
from apps.workflow.models import AuditEntry, Remark
from apps.workflow.templatetags.workflow import transition_url
from apps.workflow.workflow import workflow_of


def for_page(reports: Any) -> Any:
    """Reports with all single facts that their page shows, in the same query."""
    key = Cast(OuterRef("pk"), CharField())
    mine = {"content_type": ContentType.objects.get_for_model(MonitoringReport), "object_id": key}
    returns = AuditEntry.objects.filter(**mine, to_state=MonitoringReport.Status.RETURNED).order_by("-pk")
    dates = Deadline.objects.filter(**mine, kind=terms.SUBMISSION)
    imports = DataImport.objects.filter(command="import_opensdg").order_by("-moment")
    return reports.select_related(
        "region",
        "organisation__working_group",
        "indicator_list",
        "consideration__item__meeting__protocol",
    ).annotate(
        due_on=Subquery(dates.values("due_on")[:1]),
        moved_for=Subquery(dates.exclude(moved_from=None).values("move_reason")[:1]),
        return_words=Subquery(returns.values("comment")[:1]),
        retrieved_at=Subquery(imports.values("moment")[:1]),
    )


class ReportMixin(LoginRequiredMixin):
    """The report that the address names, among those that the person may see."""

    @cached_property
    def paper(self) -> Any:
        reports = MonitoringReport.objects.visible_to(self.request.user)  # type: ignore[attr-defined]
        return get_object_or_404(for_page(reports), pk=self.kwargs["pk"])  # type: ignore[attr-defined]

    @cached_property
    def remarks(self) -> list[Remark]:
        """Nobody remarks on a report before it was submitted once."""
        if self.paper.submitted_on is None:
            return []
        return list(Remark.objects.of(self.paper).with_people())

    def get_table(self) -> ReportTable:
        return ReportTable(self.paper, self.request.user)  # type: ignore[attr-defined]


class MonitoringReportDetail(ReportMixin, TableView):
    """Fill in the report, read it, and see where it stands."""

    def page(self, outcome: Outcome | None = None, status: int = 200) -> HttpResponse:
        if not self.paper.opens_to(self.request.user):
            context = {"paper": self.paper, "stamps": stamps_of(self.paper), "is_under_rework": True}
            return render(self.request, "monitoring/monitoringreport_letters.html", context)
        table = self.get_table()
        sheet = Sheet(table, self.remarks, outcome, both=self.is_bilingual)
        view = "" if outcome else self.request.GET.get("show", "")
        steps = workflow_of(self.paper).available_to(self.request.user, self.paper)
        context = {
            **sheet.words(),
            "sections": sheet.sections(view),
            "total": len(sheet.lines),
            "filled": sheet.filled,
            "views": self._views(sheet, view),
            "modes": self._modes(),
            "is_fact_only": self.is_fact_only,
            "letters_url": self.paper.letters_url,
            "stamps": stamps_of(self.paper),
            "due_on": self._due_on() if self.paper.is_editable else None,
            "remarks": self.remarks,
            "shows_remarks": bool(self.remarks) or self.paper.may_remark(self.request.user),
            "is_open": bool(sheet.open_keys) or sheet.edits_all,
            "edits_all": sheet.edits_all,
            "is_bilingual": self.is_bilingual,
            "submits": [step for step in steps if step.name == "submit"],
            "steps": [step for step in steps if step.name != "submit"],
            "undo": undo_of(self.request, table, sheet.lines),
            "outcome": outcome,
            "refusals": [(row, one) for row in sheet.rows for one in row["refusals"]] if outcome else [],
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
            [line] = self.get_table().add([{"section": self.request.POST["add"]}])
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

    def _due_on(self) -> datetime.date:
        return self.paper.due_on or terms.recommended_on(terms.SUBMISSION, self.paper.year)

    def _modes(self) -> list[Segment]:
        """The whole form, or the one column that is filled in every January."""
        here = self.paper.get_absolute_url()
        return [
            Segment(_("Whole form"), here, is_current=not self.is_fact_only),
            Segment(_("Fact only"), f"{here}?mode=fact", is_current=self.is_fact_only),
        ]

    def _views(self, sheet: Sheet, view: str) -> list[dict[str, Any]]:
        """Views of the page that would show anything, each with its count."""
        names = {
            "empty": (_("Empty rows"), "idle"),
            "check": (pgettext("filter", "To check"), "warn"),
            "untranslated": (_("No translation"), "idle"),
        }
        here = f"{self.paper.get_absolute_url()}?{'mode=fact&' if self.is_fact_only else ''}"
        found = []
        for name, (words, icon) in names.items():
            count = sum(1 for row in sheet.rows if VIEWS[name](row))
            if count or view == name:
                is_current = view == name
                url = here.rstrip("?&") if is_current else f"{here}show={name}"
                found.append(
                    {
                        "name": f"{words} ({count})",
                        "url": url,
                        "icon": icon,
                        "is_current": is_current,
                        "in_bar": name != "untranslated",
                    }
                )
        return found


class MonitoringReportCells(ReportMixin, CellsView):  # type: ignore[misc]
    """Autosave of the cells of a report."""

    row_template = "monitoring/_row.html"

    def row_context(self, table: Any, lines: list[Any]) -> dict[int, dict[str, Any]]:
        sheet = Sheet(table, self.remarks)
        sheet.open_keys = frozenset(line.pk for line in lines)
        words = sheet.words()
        return {int(row["pk"]): {**words, "row": row} for row in sheet.rows_of(lines)}


class MonitoringReportList(LoginRequiredMixin, ListView):
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
            reports.select_related("region", "organisation", "indicator_list")
            .with_completion()
            .order_by("-year", f"region__sort_{spoken()}", "pk")
        )

    @property
    def year(self) -> int | None:
        return whole(self.request.GET.get("year"), 1000, 9999)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = self.request.path
        segments = [Segment(_("All years"), here, is_current=not self.year)]
        segments += [Segment(one, f"{here}?year={one}", is_current=one == self.year) for one in self.years]
        return super().get_context_data(segments=segments if len(self.years) > 1 else [], **kwargs)


class MonitoringReportLetters(ReportMixin, TemplateView):
    """The letters with which the report passed from body to body, their scans, and its newest history."""

    template_name = "monitoring/monitoringreport_letters.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(paper=self.paper, stamps=stamps_of(self.paper), **kwargs)
