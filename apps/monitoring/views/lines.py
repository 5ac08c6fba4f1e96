"""One line of a report on a page of its own: both languages side by side, and to whom it is entrusted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from apps.grid.edits import Edit
from apps.grid.tables import Locked
from apps.grid.views import WholeTableMixin
from apps.monitoring.forms import DepartmentsForm, ReportLineForm
from apps.monitoring.models import ReportLine
from apps.monitoring.table import ReportTable
from apps.monitoring.views.report import ReportMixin
from apps.ui.numerals import percent
from apps.ui.requests import whole

UNPROCESSABLE = 422


def share_of(line: ReportLine) -> str:
    """The way gone from baseline to target, in whole per cent."""
    progress = line.progress
    return "" if progress is None else percent(progress * 100, places=0)


class LineMixin(ReportMixin):
    """The line that the address names, in a report that the person may see."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def table(self) -> ReportTable:
        if not self.paper.opens_to(self.request.user):
            raise Http404
        return self.get_table()

    @cached_property
    def line(self) -> ReportLine:
        line: ReportLine = get_object_or_404(self.table.lines(), pk=self.kwargs["line"])
        line.report = self.paper
        return line

    @property
    def place(self) -> str:
        """Where on the report's page the line stands."""
        return f"{self.paper.get_absolute_url()}#line-{self.line.pk}"


class ReportLineUpdate(LineMixin, View):
    """Read every column of a line; those who fill it in edit them, those who fill in all entrust it."""

    @cached_property
    def is_open(self) -> bool:
        return self.table.may_edit(self.paper) and self.table.editable(self.table.lines()).contains(self.line)

    @cached_property
    def edits_all(self) -> bool:
        return self.table.may_edit_all(self.paper)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page(ReportLineForm(self.line), self.departments_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_open:
            raise Http404
        shown = ReportLineForm(self.line)
        typed = {name: request.POST.get(name, shown[name].value() or "") for name in shown.fields}
        form, departments = ReportLineForm(self.line, typed), self.departments_form(request.POST)
        if not (form.is_valid() and (departments is None or departments.is_valid())):
            return self.page(form, departments, status=UNPROCESSABLE)
        edit = Edit(typed, version=whole(request.POST.get("version")) or 0)
        try:
            with transaction.atomic():
                outcome = self.table.save({self.line.pk: edit})
                if departments and not outcome.refused:
                    self.table.entrust(self.line.pk, departments.cleaned_data["departments"])
        except Locked as reason:
            messages.error(request, str(reason))
            return redirect(self.place)
        if outcome.refused:
            form.add_error(None, str(outcome.refused[0].message))
            return self.page(form, departments, status=UNPROCESSABLE)
        return redirect(self.place)

    def departments_form(self, data: Any = None) -> DepartmentsForm | None:
        if not self.edits_all:
            return None
        form = DepartmentsForm(data, instance=self.line)
        return form if list(form.fields["departments"].widget.choices) else None

    def page(
        self, form: ReportLineForm, departments: DepartmentsForm | None, status: int = 200
    ) -> HttpResponse:
        context = {
            "paper": self.paper,
            "line": self.line,
            "form": form,
            "departments": departments,
            "entrusted": self.line.departments.all(),
            "is_open": self.is_open,
            "may_delete": self.edits_all and self.line.item_id is None,
            "before": self.table.last_year(self.line),
            "last_year": self.paper.year - 1,
            "share": share_of(self.line),
            "place": self.place,
        }
        return render(self.request, "monitoring/reportline_form.html", context, status=status)


class ReportLineDelete(LineMixin, WholeTableMixin, View):
    """Ask once, then delete a line that no list has brought."""

    @cached_property
    def line(self) -> ReportLine:
        return get_object_or_404(self.table.deletable(self.table.lines()), pk=self.kwargs["line"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context = {"paper": self.paper, "line": self.line, "place": self.place}
        return render(request, "monitoring/reportline_delete.html", context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if self.table.delete([self.line.pk]):
                messages.success(request, _("The line has been deleted; its words stay in the history."))
        except Locked as reason:
            messages.error(request, str(reason))
        return redirect(self.paper.get_absolute_url())
