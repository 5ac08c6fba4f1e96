"""Pages of the monitoring reports."""

from apps.monitoring.views.lines import ReportLineDelete, ReportLineUpdate
from apps.monitoring.views.paste import MonitoringReportPaste
from apps.monitoring.views.report import (
    MonitoringReportCells,
    MonitoringReportDetail,
    MonitoringReportList,
)

__all__ = [
    "MonitoringReportCells",
    "MonitoringReportDetail",
    "MonitoringReportList",
    "MonitoringReportPaste",
    "ReportLineDelete",
    "ReportLineUpdate",
]
