"""Tasks that meetings make: set the quarter's, draw up the protocol (point 6)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.groups.models import WorkingGroup
from apps.meetings.models import Meeting, Protocol
from apps.meetings.quarters import Held, Quarter, last_day_of, quarter_of, quarters
from apps.portal.today.tasks import Task
from apps.ui.dates import date_digits
from apps.ui.numerals import roman


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
    rows = rows.annotate(agenda_count=Count("agenda")).select_related("protocol", "group")
    return Meetings(groups, list(rows.order_by("held_on")))


def quarter_meter(meetings: Meetings, today: datetime.date) -> list[Quarter]:
    """The year's quarters of the person's group; nobody's where the person has none or several."""
    if len(meetings.groups) != 1:
        return []
    held = [Held.of(meeting) for meeting in meetings.rows if meeting.held_on.year == today.year]
    return quarters(today.year, held, today, meetings.groups[0].act_date)


def meeting_tasks(meetings: Meetings, recorded: set[str], today: datetime.date) -> Iterator[Task]:
    """Meetings to come and protocols to sign; and for each group the first quarter without a meeting."""
    this = quarter_of(today)
    met = {(meeting.group_id, quarter_of(meeting.held_on)) for meeting in meetings.rows}
    for meeting in meetings.rows:
        if meeting.protocol.is_editable:
            is_recorded = meeting.group.region_id in recorded
            yield _planned(meeting) if meeting.held_on > today else _to_sign(meeting, mine=is_recorded)
    for group in meetings.groups:
        if (group.pk, this) not in met:
            yield _to_set(this, is_now=True, mine=group.region_id in recorded)
        elif (group.pk, _next(this)) not in met:
            yield _to_set(_next(this), is_now=False, mine=False)


def _planned(meeting: Any) -> Task:
    date = date_digits(meeting.held_on)
    when = f"{date}, {meeting.starts_at:%H:%M}" if meeting.starts_at else date
    agenda = _("planned, questions on the agenda: {count}").format(count=meeting.agenda_count)
    return Task(
        title=_("Meeting of {date}").format(date=when),
        url=meeting.get_absolute_url(),
        words=agenda if meeting.agenda_count else _("planned"),
        holder=_("secretary of the group"),
        due=meeting.held_on,
    )


def _to_sign(meeting: Meeting, *, mine: bool) -> Task:
    date = date_digits(meeting.held_on)
    return Task(
        title=_("Meeting of {date}").format(date=date),
        url=meeting.get_absolute_url(),
        words=_("held, the protocol is not signed"),
        icon="late",
        tone="late",
        holder=_("secretary of the group"),
        since=meeting.held_on,
        mine=mine,
        sentence=_("The meeting of {date} has been held: draw up its protocol and have it signed.").format(
            date=date
        ),
        action=_("Open the meeting"),
    )


def _to_set(quarter: tuple[int, int], *, is_now: bool, mine: bool) -> Task:
    """A quarter without a meeting: the one under way presses, the next one only says that it will come."""
    year, number = quarter
    title = _("Quarter {quarter}, {year}: set the meeting").format(quarter=roman(number), year=year)
    return Task(
        title=_("Set the meeting of this quarter") if is_now else title,
        url=reverse("meetings:meeting_list"),
        words=_("not set"),
        icon="warn" if is_now else "idle",
        tone="warn" if is_now else "",
        holder=_("secretary of the group"),
        due=last_day_of(year, number),
        mine=mine,
        sentence=_("No meeting of the working group is set for this quarter (point 6)."),
        action=_("Set the meeting’s date"),
    )


def _next(quarter: tuple[int, int]) -> tuple[int, int]:
    year, number = quarter
    return year + number // 4, number % 4 + 1
