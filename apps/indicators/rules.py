"""Who may do what with a list; in which state it may be done is said by the workflow alone."""

from __future__ import annotations

from typing import Any

import rules

from apps.accounts import roles
from apps.accounts.models import Role
from apps.accounts.rules import holds, holds_here
from apps.groups.models import capacities
from apps.groups.rules import PRESIDING


@rules.predicate
def sees(user: Any, paper: Any = None) -> bool:
    """See the list: the same answer as `IndicatorList.objects.visible_to`, without a query of its own."""
    if paper is None or not user.is_authenticated:
        return False
    return bool(
        user.has_role(Role.AUDITOR)
        or user.has_role(*roles.REGIONAL, region=paper.region_id)
        or (user.has_role(*roles.MINISTRY) and paper.status != "draft")
        or (user.has_role(Role.WORKING_BODY) and paper.status in paper.SETTLED)
        or (paper.status in paper.SETTLED and _is_district_of(user, paper))
        or sits_in_group(user, paper)
    )


def _is_district_of(user: Any, paper: Any) -> bool:
    held = (one for one in user.assignments if one.role == Role.DISTRICT_STAFF)
    return any(
        one.organisation.region and one.organisation.region.parent_id == paper.region_id for one in held
    )


def sits_in_group(user: Any, paper: Any, *wanted: str) -> bool:
    """Sit in the working group of the list's akimat, in one of the capacities where any are named."""
    if paper is None or not user.is_authenticated or paper.group is None:
        return False
    held = capacities(user, paper.group.pk)
    return bool(held & set(wanted)) if wanted else bool(held)


@rules.predicate
def presides(user: Any, paper: Any = None) -> bool:
    """Sign the group's protocol as its chair, deputy or secretary."""
    return sits_in_group(user, paper, *PRESIDING)


@rules.predicate
def sees_typical(user: Any, paper: Any = None) -> bool:
    if paper is None or not user.is_authenticated:
        return False
    return not paper.is_editable or user.has_role(*roles.MINISTRY, Role.AUDITOR)


rules.add_perm("indicators.view_list", sees)
rules.add_perm("indicators.add_list", holds_here(Role.AKIMAT_STAFF))
rules.add_perm("indicators.edit_list", holds_here(Role.AKIMAT_STAFF))
rules.add_perm("indicators.edit_own_rows", holds_here(Role.DEPARTMENT_EXECUTOR))
rules.add_perm("indicators.send_list", holds_here(*roles.LIST_HANDLERS))
rules.add_perm("indicators.recall_list", holds_here(*roles.LIST_HANDLERS))
rules.add_perm("indicators.register_list", holds_here(*roles.LIST_HANDLERS))
rules.add_perm("indicators.approve_list", holds_here(Role.AKIMAT_APPROVER))
rules.add_perm("indicators.publish_list", holds_here(*roles.LIST_HANDLERS))
rules.add_perm("indicators.review_list", holds(Role.MINISTRY_REVIEWER))
rules.add_perm("indicators.agree_list", holds(Role.MINISTRY_REVIEWER))
rules.add_perm("indicators.return_list", holds(Role.MINISTRY_REVIEWER))
rules.add_perm("indicators.recommend_list", presides)

rules.add_perm("indicators.view_typical_list", sees_typical)
rules.add_perm("indicators.publish_typical_list", holds(Role.MINISTRY_ADMINISTRATOR))
