from typing import Any

from django.apps import AppConfig
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from apps.accounts.rights import watch
from apps.ui.navigation import add_place


def place_of_seat(user: Any) -> str:
    """The seat of a person who acts through a group alone: «Secretary · Aktobe region»."""
    from apps.groups.models import seats

    seat = next(iter(seats(user)), None)
    return f"{capfirst(seat.get_capacity_display())} · {seat.group.region}" if seat else ""


class GroupsConfig(AppConfig):
    name = "apps.groups"
    verbose_name = _("Working groups")

    def ready(self) -> None:
        watch(self.get_model("Member"), "user_id")
        add_place(place_of_seat, order=20)
