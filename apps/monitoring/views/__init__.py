"""Pages of the monitoring reports."""

from apps.monitoring.views.lines import ReportLineDelete, ReportLineUpdate
from apps.monitoring.views.paste import MonitoringReportPaste
from apps.monitoring.views.report import (
    MonitoringReportCells,
    MonitoringReportDetail,
    MonitoringReportLetters,
    MonitoringReportList,
)

__all__ = [
    "MonitoringReportCells",
    "MonitoringReportDetail",
    "MonitoringReportLetters",
    "MonitoringReportList",
    "MonitoringReportPaste",
    "ReportLineDelete",
    "ReportLineUpdate",
]
