"""Routes of the files attached to papers."""

from django.urls import path

from apps.attachments.views import AttachmentDownloadView

app_name = "attachments"
urlpatterns = [path("<int:pk>/", AttachmentDownloadView.as_view(), name="attachment_download")]
