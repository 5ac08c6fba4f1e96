"""Who may do what in a group: rights of secretary, chair and member follow from their seat."""

from __future__ import annotations

from typing import Any

import rules
from django.utils import timezone

from apps.accounts.models import Role
from apps.accounts.rules import holds, holds_here

NATIONAL_ROLES = (Role.MINISTRY_REVIEWER, Role.MINISTRY_ADMINISTRATOR, Role.WORKING_BODY, Role.AUDITOR)
STAFF_ROLES = (Role.AKIMAT_STAFF, Role.DISTRICT_STAFF)
REGIONAL_ROLES = (Role.AKIMAT_STAFF, Role.AKIMAT_APPROVER, Role.DEPARTMENT_EXECUTOR, Role.DISTRICT_STAFF)


def seats(user: Any) -> list[Any]:
    """The seats that a user holds today, substitutions included; read once a day for each user object."""
    today = timezone.localdate()
    day, held = getattr(user, "_seats", (None, []))
    if day != today:
        from apps.groups.models import Member  # noqa: PLC0415 - rules are loaded with the models

        here = Member.objects.in_force(today).held_by(user).select_related("group__region")
        held = list(here.order_by("pk"))
        user._seats = today, held  # noqa: SLF001 - kept for the length of a request
    return held


def capacities(user: Any, group_id: int) -> set[str]:
    """The capacities that a user holds in a group today."""
    return {seat.capacity for seat in seats(user) if seat.group_id == group_id}


def forget_seats(user: Any) -> None:
    """Read the seats anew at the next question, after they were changed in this very process."""
    user.__dict__.pop("_seats", None)


def seat_in(user: Any, group_id: int) -> str:
    """Name the user's seats in a group, without a language: `secretary#3`; empty for an outsider."""
    return "; ".join(f"{capacity}#{group_id}" for capacity in sorted(capacities(user, group_id)))


def sits_as(*wanted: str) -> rules.Predicate:
    """Sit in the group of the row (`row.group_id`, or the group itself) in one of the capacities."""

    @rules.predicate(name=f"sits_as:{'|'.join(wanted)}")
    def predicate(user: Any, row: Any) -> bool:
        if row is None or not user.is_authenticated:
            return False
        group_id = getattr(row, "group_id", None) or row.pk
        return bool(capacities(user, group_id) & set(wanted))

    return predicate


rules.add_perm("groups.add_group", holds(*STAFF_ROLES))
rules.add_perm("groups.edit_group", holds_here(*STAFF_ROLES))
