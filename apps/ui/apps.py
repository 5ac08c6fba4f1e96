from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from apps.ui.search import teach_sqlite


class UiConfig(AppConfig):
    name = "apps.ui"
    verbose_name = _("Interface")

    def ready(self) -> None:
        connection_created.connect(teach_sqlite, dispatch_uid="search_key")
