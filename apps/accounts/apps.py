from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.accounts.rights import watch
from apps.ui.navigation import add_foot_note, add_place


def demonstration_note(request: HttpRequest) -> Any:
    """Whoever signs in with a demonstration account is told so on every page."""
    if getattr(request.user, "is_demonstration", False):
        return _("Demonstration (unofficial) data; the names are invented")
    return ""


def place_of_roles(user: Any) -> Any:
    """The region of the first role in force, or the body above the regions."""
    for held in user.assignments[:1]:
        return held.organisation.region or held.organisation.short_name
    return ""


class AccountsConfig(AppConfig):
    name = "apps.accounts"
    verbose_name = _("Accounts and roles")

    def ready(self) -> None:
        watch(self.get_model("RoleAssignment"), "user_id")
        watch(self.get_model("Substitution"), "absent_id", "substitute_id")
        add_foot_note(demonstration_note)
        add_place(place_of_roles, order=10)
