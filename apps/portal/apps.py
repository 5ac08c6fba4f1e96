from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from apps.ui.navigation import Section, Tool, add_section, add_tool


def unread(user: Any) -> int:
    """How many notifications wait for the person, for the bell of every page."""
    from apps.notifications.models import Notification

    return Notification.objects.visible_to(user).unread().count()


class PortalConfig(AppConfig):
    name = "apps.portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        add_section(Section(_("Today"), "portal:today", 10))
        add_section(Section(_("Regions"), "portal:regions", 90, covers=("portal:region",)))
        add_tool(Tool(_("Search"), "portal:search", 10, icon="search"))
        add_tool(Tool(_("Notifications"), "notifications:notification_list", 20, icon="bell", count=unread))
