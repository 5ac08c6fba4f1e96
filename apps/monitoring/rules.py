"""Who may do what with a monitoring report; in which state is said by the table of transitions."""

from __future__ import annotations

from typing import Any

import rules

from apps.accounts import roles
from apps.accounts.models import Role
from apps.accounts.rules import holds, holds_for_body, holds_here, is_operator
from apps.groups.models import Member, WorkingGroup, capacities
from apps.groups.rules import PRESIDING


@rules.predicate
def is_regional(_user: Any, report: Any) -> bool:
    """A district's report ends with its consideration: a district owes nothing to the Council."""
    return report is not None and report.is_regional


@rules.predicate
def is_of_ones_district(user: Any, report: Any) -> bool:
    """The region reads what its districts write."""
    parent = report.region.parent_id if report is not None else None
    return bool(parent) and user.is_authenticated and user.has_role(*roles.REGIONAL, region=parent)


@rules.predicate
def has_come_to_ones_group(user: Any, report: Any) -> bool:
    """Members read what was submitted to their group, and no drafts."""
    if report is None or not user.is_authenticated or report.status == "draft":
        return False
    regions = [code for code in (report.region_id, report.region.parent_id) if code]
    return WorkingGroup.objects.where_sits(user).filter(region__in=regions).exists()


@rules.predicate
def has_been_transmitted(_user: Any, report: Any) -> bool:
    return report is not None and report.transmitted_on is not None


@rules.predicate
def is_passed_on(_user: Any, report: Any) -> bool:
    return report is not None and report.status in report.PASSED_ON


@rules.predicate
def is_before_the_group(_user: Any, report: Any) -> bool:
    """Members remark upon what was submitted to them, and settle that, until they have considered it."""
    return report is not None and report.remark_side == "group"


@rules.predicate
def is_before_the_body(_user: Any, report: Any) -> bool:
    return report is not None and report.remark_side == "working_body"


def sits_in_its_group(*wanted: str) -> rules.Predicate:
    """Sit in the group that considers the report, in one of the capacities."""

    @rules.predicate(name=f"sits_in_its_group:{'|'.join(wanted)}")
    def predicate(user: Any, report: Any) -> bool:
        if report is None or not user.is_authenticated or report.group is None:
            return False
        return bool(capacities(user, report.group.pk) & set(wanted))

    return predicate


keeps_protocols = sits_in_its_group(*PRESIDING)
reads_for_the_country = holds(*roles.NATIONAL_READERS) & has_been_transmitted

reads_near_by = (
    holds(Role.AUDITOR) | holds_here(*roles.REGIONAL) | is_of_ones_district | has_come_to_ones_group
)

rules.add_perm("monitoring.view_report", reads_near_by | reads_for_the_country)
rules.add_perm("monitoring.read_lines", reads_near_by | (holds(*roles.NATIONAL_READERS) & is_passed_on))
rules.add_perm("monitoring.open_year", is_operator | holds(Role.MINISTRY_ADMINISTRATOR))
rules.add_perm("monitoring.change_report", holds_for_body(*roles.STAFF))
rules.add_perm("monitoring.submit_report", holds_for_body(*roles.REPORTERS))
rules.add_perm("monitoring.transmit_report", is_regional & holds_for_body(Role.AKIMAT_APPROVER))
rules.add_perm("monitoring.consider_report", keeps_protocols)
rules.add_perm("monitoring.accept_report", holds(Role.WORKING_BODY))
rules.add_perm(
    "monitoring.remark_report",
    (is_before_the_group & sits_in_its_group(*Member.Capacity.values))
    | (is_before_the_body & holds(Role.WORKING_BODY)),
)
