"""«Today»: what this person does next and until when, derived from the papers' states and never stored."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.accounts.models import Role, User
from apps.deadlines.models import Deadline
from apps.groups.models import Member
from apps.portal.today.lists import list_tasks, lists_to_agree
from apps.portal.today.meetings import meeting_tasks
from apps.portal.today.reports import report_tasks, reports_of, reports_to_accept
from apps.portal.today.tasks import Task, TaskGroup

AKIMAT = (Role.AKIMAT_STAFF, Role.AKIMAT_APPROVER, Role.DEPARTMENT_EXECUTOR, Role.DISTRICT_STAFF)
SOON_DAYS = 30
RECORDERS = (Member.Capacity.SECRETARY, Member.Capacity.CHAIR)


@dataclass
class Today:
    """The page as data: the first thing to do, all tasks in groups, and the nearest date of a duty."""

    today: datetime.date
    groups: list[TaskGroup]
    nearest: Deadline | None = None
    has_role: bool = True

    @property
    def next(self) -> Task | None:
        mine = [task for group in self.groups for task in group.tasks if task.mine]
        return min(mine, key=self._urgency, default=None)

    def _urgency(self, task: Task) -> tuple[int, datetime.date]:
        """First what is due soon, then what waits longest, last what is due later."""
        if task.due and (task.due - self.today).days <= SOON_DAYS:
            return 0, task.due
        return (2, task.due) if task.due else (1, task.since or self.today)


def today_of(user: User, today: datetime.date) -> Today:
    """Gather the tasks of one person, for all the bodies that the person acts for."""
    seats = Member.objects.in_force(today).filter(user=user).values_list("group__region_id", "capacity")
    recorded = {region for region, capacity in seats if capacity in RECORDERS}
    regions = user.regions(*AKIMAT) | {region for region, _capacity in seats}
    groups: list[TaskGroup] = []
    nearest = None
    if regions:
        reports, deadlines = reports_of(user, regions, today)
        groups += [
            TaskGroup(report.title, list(report_tasks(user, report, deadlines, recorded)))
            for report in reports
        ]
        owed = (one for found in deadlines.values() for one in found if one.closed_on is None)
        nearest = min(owed, key=lambda deadline: deadline.due_on, default=None)
        groups.append(TaskGroup(_("List of indicators, Annex 1"), list(list_tasks(user, regions))))
        meetings = list(meeting_tasks(user, regions, recorded, today))
        groups.append(TaskGroup(_("Meetings of the working group"), meetings))
    if user.has_role(Role.MINISTRY_REVIEWER):
        groups.append(TaskGroup(_("Lists sent for agreement"), list(lists_to_agree())))
    if user.has_role(Role.WORKING_BODY):
        groups.append(TaskGroup(_("Results transmitted by the regions"), list(reports_to_accept(user))))
    known = bool(regions or user.assignments)
    return Today(today, [group for group in groups if group.tasks], nearest, known)
