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

from apps.grid.tables import Edit, Locked
from apps.grid.views import seen_version
from apps.monitoring.forms import DepartmentsForm, ReportLineForm
from apps.monitoring.models import ReportLine
from apps.monitoring.table import ReportTable
from apps.monitoring.views.report import ReportMixin
from apps.ui.localised import localised
from apps.ui.numerals import percent
from apps.workflow import audit

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
        edit = Edit(typed, version=seen_version(request.POST.get("version")))
        try:
            with transaction.atomic():
                outcome = self.table.save({self.line.pk: edit})
                self.entrust(departments)
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

    def entrust(self, form: DepartmentsForm | None) -> None:
        """Store to whom the line is entrusted, and write it into the history where it changed."""
        if form is None or not form.has_changed():
            return
        before = [localised(body, "name") for body in self.line.departments.all()]
        self.line.departments.set(form.cleaned_data["departments"])
        after = [localised(body, "name") for body in form.cleaned_data["departments"]]
        changes = {f"line:{self.line.pk}": {"departments": ["; ".join(before), "; ".join(after)]}}
        audit.record(self.paper, self.request.user, "entrust", changes=changes)

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


class ReportLineDelete(LineMixin, View):
    """Ask once, then delete a line that no list has brought."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not (
            self.table.may_edit_all(self.paper) and self.line.item_id is None
        ):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context = {"paper": self.paper, "line": self.line, "place": self.place}
        return render(request, "monitoring/reportline_delete.html", context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.table.delete(self.line)
        except Locked as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("The line has been deleted; its words stay in the history."))
        return redirect(self.paper.get_absolute_url())
