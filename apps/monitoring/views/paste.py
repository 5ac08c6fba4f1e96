"""Pasting a block of Annex 2 from Excel into a report."""

from __future__ import annotations

from typing import Any

from apps.grid.views import PasteView
from apps.monitoring.pasting import LinePaste
from apps.monitoring.views.report import ReportMixin


class MonitoringReportPaste(ReportMixin, PasteView):
    """Rows of a block change the lines of their section with the same name; the others are new."""

    template_name = "monitoring/monitoringreport_paste.html"

    def get_paste(self, lines: list[Any], language: str) -> LinePaste:
        return LinePaste(self.paper, lines, language)
