"""Routes of what one was told."""

from django.urls import path

from apps.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.NotificationListView.as_view(), name="notification_list"),
    path("read/", views.ReadAllView.as_view(), name="notification_read_all"),
    path("<int:pk>/", views.OpenView.as_view(), name="notification_open"),
]
