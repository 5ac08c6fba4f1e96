"""The quarter meter: a quarter counts when a meeting was held in it and its protocol is signed (point 6)."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.meetings.models import Meeting, Protocol
from apps.ui.numerals import roman


class Level(models.TextChoices):
    """How far a quarter has come; «ahead» has no meeting yet, and its last day has not come."""

    NOT_APPLICABLE = "na", _("quarter: not applicable")
    AHEAD = "ahead", _("quarter: ahead")
    NONE = "none", _("quarter: no meeting was held")
    WITHOUT = "without", _("quarter: held, protocol not signed")
    WITH = "with", _("quarter: held, with a protocol")


class Held(NamedTuple):
    """A meeting of the year, as far as the meter and the numbering need it."""

    pk: int
    group: int
    held_on: datetime.date
    status: str
    number: str

    @classmethod
    def of(cls, meeting: Meeting) -> Held:
        return cls(
            meeting.pk, meeting.group_id, meeting.held_on, meeting.protocol.status, meeting.protocol.number
        )


@dataclass(frozen=True)
class Quarter:
    number: int
    last_day: datetime.date
    level: Level
    protocol: str = ""

    @property
    def roman(self) -> str:
        return roman(self.number)


def quarter_of(day: datetime.date) -> tuple[int, int]:
    """The year and the number, from 1, of the quarter of a day."""
    return day.year, (day.month + 2) // 3


def last_day_of(year: int, quarter: int) -> datetime.date:
    first_after = datetime.date(year + quarter // 4, quarter * 3 % 12 + 1, 1)
    return first_after - datetime.timedelta(days=1)


def held_in(year: int, groups: Any) -> list[Held]:
    """List the year's meetings of the groups that were not cancelled, by date (one query)."""
    rows = Meeting.objects.filter(group__in=groups).for_year(year).not_cancelled()
    fields = ("pk", "group", "held_on", "protocol__status", "protocol__number")
    return [Held(*row) for row in rows.order_by("held_on", "pk").values_list(*fields)]


def ordinal(meeting: Meeting, held: Iterable[Held]) -> int:
    """Count the meeting among those of its group in its year; 0 when it was cancelled."""
    pks = [row.pk for row in held]
    return pks.index(meeting.pk) + 1 if meeting.pk in pks else 0


def quarters(
    year: int, held: Iterable[Held], today: datetime.date, since: datetime.date | None = None
) -> list[Quarter]:
    """Judge the four quarters of one group; those that ended before its act are not applicable.

    A quarter that counts names its last signed protocol.
    """
    statuses, protocols = defaultdict(set), dict[int, str]()
    for row in held:
        if row.held_on <= today:
            _year, number = quarter_of(row.held_on)
            statuses[number].add(row.status)
            if row.status != Protocol.Status.DRAFT:
                protocols[number] = row.number
    days = {number: last_day_of(year, number) for number in range(1, 5)}
    return [
        Quarter(number, day, _level(statuses[number], day, today, since), protocols.get(number, ""))
        for number, day in days.items()
    ]


def quarters_of(
    year: int, groups: Mapping[int, datetime.date | None], today: datetime.date
) -> dict[int, list[Quarter]]:
    """Judge the quarters of many groups, given as {group: date of its act}, in one query."""
    held = defaultdict(list)
    for row in held_in(year, groups.keys()):
        held[row.group].append(row)
    return {group: quarters(year, held[group], today, since) for group, since in groups.items()}


def _level(
    statuses: set[str], last_day: datetime.date, today: datetime.date, since: datetime.date | None
) -> Level:
    if statuses - {Protocol.Status.DRAFT}:
        return Level.WITH
    if statuses:
        return Level.WITHOUT
    if since and last_day < since:
        return Level.NOT_APPLICABLE
    return Level.NONE if last_day < today else Level.AHEAD
