"""«Today»: what this person does next and until when, derived from the papers' states and never stored."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _

from apps.accounts import roles
from apps.accounts.models import Role, User
from apps.groups.models import seats
from apps.meetings.quarters import Quarter
from apps.meetings.rules import MINUTES_SEATS
from apps.portal.today.lists import list_tasks, lists_of, lists_to_agree
from apps.portal.today.meetings import meeting_tasks, meetings_of, quarter_meter
from apps.portal.today.reports import nearest_due, report_tasks, reports_of, reports_to_accept
from apps.portal.today.tasks import Task, TaskGroup
from apps.workflow.models import AuditEntry, Remark

RECENT = 5
SOON_DAYS = 30


@dataclass
class Today:
    """The page as data: the first thing to do, all tasks in groups, and the nearest date of a duty."""

    today: datetime.date
    groups: list[TaskGroup]
    nearest: datetime.date | None = None
    has_role: bool = True
    papers: list[Any] = field(default_factory=list)
    quarters: list[Quarter] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def recent(self) -> list[AuditEntry]:
        """The last five entries in the history of the papers on this page; one query."""
        known = {(ContentType.objects.get_for_model(paper).pk, str(paper.pk)): paper for paper in self.papers}
        keys: dict[int, list[str]] = {}
        for kind, key in known:
            keys.setdefault(kind, []).append(key)
        theirs = (Q(content_type=kind, object_id__in=ids) for kind, ids in keys.items())
        if not known:
            return []
        entries = list(AuditEntry.objects.filter(reduce(or_, theirs)).order_by("-pk")[:RECENT])
        for entry in entries:
            entry.paper = known[entry.content_type_id, entry.object_id]
        return entries

    @property
    def next(self) -> Task | None:
        mine = [task for group in self.groups for task in group.tasks if task.mine]
        return min(mine, key=self._urgency, default=None)

    def _urgency(self, task: Task) -> tuple[int, datetime.date]:
        """First what is due soon, then what waits longest, last what is due later."""
        if task.due and (task.due - self.today).days <= SOON_DAYS:
            return 0, task.due
        return (2, task.due) if task.due else (1, task.since or self.today)


def remarks_to_answer(user: User, papers: Iterable[Any]) -> list[Remark]:
    """Open remarks to the papers whose answers are this person's, the newest first (at most one query)."""
    known = {
        (ContentType.objects.get_for_model(paper).pk, str(paper.pk)): paper
        for paper in papers
        if paper.may_answer(user)
    }
    if not known:
        return []
    theirs = (Q(content_type=kind, object_id=key) for kind, key in known)
    remarks = list(Remark.objects.open().filter(reduce(or_, theirs), answer="").order_by("-created_at"))
    for remark in remarks:
        remark.paper = known[remark.content_type_id, remark.object_id]
    return remarks


def today_of(user: User, today: datetime.date) -> Today:
    """Gather the tasks of one person, for all the bodies that the person acts for."""
    held = seats(user)
    recorded = {seat.group.region_id for seat in held if seat.capacity in MINUTES_SEATS}
    regions = user.regions(*roles.REGIONAL) | {seat.group.region_id for seat in held}
    page = Today(today, [], has_role=bool(regions or user.assignments))
    groups = page.groups
    if regions:
        reports = reports_of(user, regions, today)
        groups += [TaskGroup(report.title, list(report_tasks(user, report, recorded))) for report in reports]
        page.nearest = nearest_due(reports)
        lists, meetings = lists_of(user, regions), meetings_of(user, regions, today)
        groups.append(TaskGroup(_("List of indicators, Annex 1"), list(list_tasks(user, lists))))
        theirs = list(meeting_tasks(meetings, recorded, today))
        groups.append(TaskGroup(_("Meetings of the working group"), theirs))
        page.papers = [*reports, *lists, *meetings.papers]
        page.quarters = quarter_meter(meetings, today)
        page.remarks = remarks_to_answer(user, [*reports, *lists])
    if user.has_role(Role.MINISTRY_REVIEWER):
        groups.append(TaskGroup(_("Lists sent for agreement"), list(lists_to_agree())))
    if user.has_role(Role.WORKING_BODY):
        groups.append(TaskGroup(_("Results transmitted by the regions"), list(reports_to_accept(user))))
    for group in groups:
        group.tasks = [task.told_on(today) for task in group.tasks]
    page.groups = [group for group in groups if group.tasks]
    return page
