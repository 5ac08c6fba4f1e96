"""Tasks that meetings make: set the quarter's, draw up the protocol (point 6)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.groups.models import WorkingGroup
from apps.meetings.models import Meeting, Protocol
from apps.meetings.quarters import Held, Quarter, quarters
from apps.portal.today.tasks import Task
from apps.ui.dates import date_digits


@dataclass
class Meetings:
    """The groups of a person's regions, and their meetings of this year and the last."""

    groups: list[WorkingGroup]
    rows: list[Meeting]

    @property
    def papers(self) -> list[Protocol]:
        """The protocols, each knowing its meeting."""
        return [meeting.protocol for meeting in self.rows]


def meetings_of(user: User, regions: Iterable[str], today: datetime.date) -> Meetings:
    groups = list(WorkingGroup.objects.visible_to(user).filter(region__in=regions))
    rows = Meeting.objects.filter(
        group__in=groups, cancelled_at=None, held_on__year__gte=today.year - 1, protocol__isnull=False
    )
    return Meetings(groups, list(rows.select_related("protocol", "group").order_by("held_on")))


def quarter_meter(meetings: Meetings, today: datetime.date) -> list[Quarter]:
    """The year's quarters of the person's group; nobody's where the person has none or several."""
    if len(meetings.groups) != 1:
        return []
    held = [Held.of(meeting) for meeting in meetings.rows if meeting.held_on.year == today.year]
    return quarters(today.year, held, today, meetings.groups[0].act_date)


def meeting_tasks(meetings: Meetings, recorded: set[str], today: datetime.date) -> Iterator[Task]:
    met = set()
    for meeting in meetings.rows:
        protocol = meeting.protocol
        if _quarter(meeting.held_on) == _quarter(today):
            met.add(meeting.group_id)
        if not protocol.is_editable:
            continue
        ahead = meeting.held_on > today
        yield Task(
            title=_("Meeting of {date}").format(date=date_digits(meeting.held_on)),
            url=meeting.get_absolute_url(),
            words=_("planned") if ahead else _("held, the protocol is not signed"),
            icon="idle" if ahead else "late",
            tone="" if ahead else "late",
            holder=_("secretary of the group"),
            due=meeting.held_on if ahead else None,
            since=None if ahead else meeting.held_on,
            mine=not ahead and meeting.group.region_id in recorded,
            sentence=_(
                "The meeting of {date} has been held: draw up its protocol and have it signed."
            ).format(date=date_digits(meeting.held_on)),
            action=_("Open the meeting"),
        )
    for group in meetings.groups:
        if group.pk not in met:
            yield Task(
                title=_("Set the meeting of this quarter"),
                url=reverse("meetings:meeting_list"),
                words=_("not set"),
                icon="warn",
                tone="warn",
                holder=_("secretary of the group"),
                due=_quarter_end(today),
                mine=group.region_id in recorded,
                sentence=_("No meeting of the working group is set for this quarter (point 6)."),
                action=_("Set the meeting’s date"),
            )


def _quarter(day: datetime.date) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3


def _quarter_end(day: datetime.date) -> datetime.date:
    year, quarter = _quarter(day)
    return datetime.date(year + quarter // 4, quarter % 4 * 3 + 1, 1) - datetime.timedelta(days=1)
