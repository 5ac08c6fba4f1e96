"""Addresses of the monitoring reports."""

from django.urls import path

from apps.monitoring import views

app_name = "monitoring"
urlpatterns = [
    path("", views.MonitoringReportList.as_view(), name="monitoringreport_list"),
    path("<int:pk>/", views.MonitoringReportDetail.as_view(), name="monitoringreport_detail"),
    path("<int:pk>/cells/", views.MonitoringReportCells.as_view(), name="monitoringreport_cells"),
    path("<int:pk>/letters/", views.MonitoringReportLetters.as_view(), name="monitoringreport_letters"),
    path("<int:pk>/paste/", views.MonitoringReportPaste.as_view(), name="monitoringreport_paste"),
    path("<int:pk>/lines/<int:line>/", views.ReportLineUpdate.as_view(), name="reportline_update"),
    path("<int:pk>/lines/<int:line>/delete/", views.ReportLineDelete.as_view(), name="reportline_delete"),
]
