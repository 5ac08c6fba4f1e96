"""Routes of the files of papers."""

from django.urls import path

from apps.documents.views import IssuedFileView, PaperFileView

app_name = "documents"
urlpatterns = [
    path("issued/<int:pk>/<str:language>.<str:format>", IssuedFileView.as_view(), name="issued_file"),
    path("<str:kind>/<int:pk>/<str:language>.<str:format>", PaperFileView.as_view(), name="paper_file"),
]
