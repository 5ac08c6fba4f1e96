"""Routes: every page lies under its language; only what machines ask for stands outside."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = i18n_patterns(
    path("admin/", admin.site.urls),
    path("", include("apps.portal.urls")),
    path("accounts/", include("apps.accounts.sign_in_urls")),
    path("accounts/", include("apps.accounts.urls")),
    path("groups/", include("apps.groups.urls")),
    path("meetings/", include("apps.meetings.urls")),
    path("reports/", include("apps.monitoring.urls")),
    path("lists/", include("apps.indicators.urls")),
    path("papers/", include("apps.workflow.urls")),
    path("documents/", include("apps.documents.urls")),
    path("files/", include("apps.attachments.urls")),
    path("notifications/", include("apps.notifications.urls")),
)

handler400 = "apps.ui.views.bad_request"
handler500 = "apps.ui.views.server_error"
