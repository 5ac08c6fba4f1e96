"""Routes: every page lies under its language; only what machines ask for stands outside."""

from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from apps.ui.views import icon

# One entrance: the operators' pages have no sign-in of their own, which would know no limit of tries and no
# second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

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
urlpatterns += [
    # Left to Django's own redirect of what is not found, the first thing in a newcomer's log would be a 404.
    path("", RedirectView.as_view(pattern_name="portal:today", query_string=True), name="root"),
    path("favicon.ico", icon, name="favicon"),
]

handler400 = "apps.ui.views.bad_request"
handler500 = "apps.ui.views.server_error"
