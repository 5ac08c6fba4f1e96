"""Pasting a block from Excel: the block, a preview of what it changes, then the change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from apps.grid.tables import Locked
from apps.monitoring import pasting
from apps.monitoring.forms import ReportLineForm
from apps.monitoring.pasting import Pasted
from apps.monitoring.table import ReportTable
from apps.monitoring.views.report import ReportMixin
from apps.ui.dates import spoken

UNPROCESSABLE = 422


class MonitoringReportPaste(ReportMixin, View):
    """`text` is the block; `line` and `field` the cell on which it falls, if it was pasted into the table."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.table.may_edit_all(self.paper):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def table(self) -> ReportTable:
        return self.get_table()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pasted = self.read()
        if not pasted.rows:
            return self.page(pasted, status=UNPROCESSABLE)
        is_stale = request.POST.get("version") != str(self.paper.version)
        if "confirm" not in request.POST or is_stale:
            return self.page(pasted, is_stale="confirm" in request.POST)
        try:
            self.store(pasted)
        except Locked as reason:
            messages.error(request, str(reason))
        return redirect(self.paper.get_absolute_url())

    def read(self) -> Pasted:
        given = self.request.POST
        text, field = given.get("text", ""), given.get("field", "")
        if field not in ReportLineForm.base_fields:
            return pasting.read(text, self.table, language=given.get("language", ""))
        lines = list(self.table.lines())
        keys = [str(line.pk) for line in lines]
        place = keys.index(given["line"]) if given.get("line") in keys else len(lines)
        language = field[-2:] if field.endswith(("_kk", "_ru")) else ""
        return pasting.read(text, self.table, language=language, onto=lines[place:], start=field)

    @transaction.atomic
    def store(self, pasted: Pasted) -> None:
        changes, added = pasting.edits(pasted), pasting.lines_to_add(pasted)
        cells = self.table.save(changes).cells if changes else 0
        for section, rows in added.items():
            self.table.add(section, rows)
        count = sum(map(len, added.values()))
        said = _("Cells changed: {cells}. Rows added: {rows}.").format(cells=cells, rows=count)
        messages.success(self.request, said)

    def page(
        self, pasted: Pasted | None = None, *, is_stale: bool = False, status: int = 200
    ) -> HttpResponse:
        given = self.request.POST
        context = {
            "paper": self.paper,
            "pasted": pasted,
            "is_stale": is_stale,
            "text": given.get("text", ""),
            "language": given.get("language") or spoken(),
            "line": given.get("line", ""),
            "field": given.get("field", ""),
        }
        return render(self.request, "monitoring/monitoringreport_paste.html", context, status=status)
