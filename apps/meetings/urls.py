"""Routes of meetings and protocols."""

from django.urls import path

from apps.meetings import views

app_name = "meetings"
urlpatterns = [
    path("", views.MeetingList.as_view(), name="meeting_list"),
    path("new/", views.MeetingCreate.as_view(), name="meeting_create"),
    path("on-paper/", views.ProtocolOnPaper.as_view(), name="protocol_on_paper"),
    path("<int:pk>/", views.MeetingDetail.as_view(), name="meeting_detail"),
    path("<int:pk>/cancel/", views.MeetingCancel.as_view(), name="meeting_cancel"),
    path("<int:pk>/attach/", views.ProtocolAttach.as_view(), name="protocol_attach"),
]
