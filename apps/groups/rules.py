"""Who may do what in a group: rights of secretary, chair and member follow from their seat."""

from __future__ import annotations

from typing import Any

import rules

from apps.accounts import roles
from apps.accounts.rules import holds, holds_here
from apps.groups.models import Member, capacities

# Who answers for what a group decided: a decision is entered as theirs.
PRESIDING = (Member.Capacity.CHAIR, Member.Capacity.DEPUTY, Member.Capacity.SECRETARY)


def sits_as(*wanted: str) -> rules.Predicate:
    """Sit in the group of the row (`row.group_id`, or the group itself) in one of the capacities."""

    @rules.predicate(name=f"sits_as:{'|'.join(wanted)}")
    def predicate(user: Any, row: Any) -> bool:
        if row is None or not user.is_authenticated:
            return False
        group_id = getattr(row, "group_id", None) or row.pk
        return bool(capacities(user, group_id) & set(wanted))

    return predicate


rules.add_perm("groups.add_group", holds(*roles.STAFF))
rules.add_perm("groups.edit_group", holds_here(*roles.STAFF))
