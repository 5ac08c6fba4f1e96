"""What each of the twenty regions shows: a list and reports in every state that the workflow knows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum


class ListStory(StrEnum):
    """Where a region's list stands."""

    NONE = "none"
    DRAFT = "draft"
    RECOMMENDED = "recommended"
    SENT = "sent"
    OPENED = "opened"
    RETURNED = "returned"
    AGREED = "agreed"
    APPROVED = "approved"
    PUBLISHED = "published"
    ON_PAPER = "on_paper"


class ReportStory(StrEnum):
    """Where a region's report stands; the late ones are late by their documents' dates."""

    EMPTY = "empty"
    HALF = "half"
    SUBMITTED = "submitted"
    SUBMITTED_LATE = "submitted_late"
    RETURNED = "returned"
    CONSIDERED = "considered"
    TRANSMITTED = "transmitted"
    TRANSMITTED_LATE = "transmitted_late"
    TRANSMITTED_UNCONSIDERED = "transmitted_unconsidered"
    ACCEPTED = "accepted"


@dataclass(frozen=True)
class Story:
    """A region's part: its list in force, its next edition, last year's report, this year's report."""

    in_force: ListStory = ListStory.PUBLISHED
    edition: ListStory = ListStory.NONE
    closed: ReportStory = ReportStory.TRANSMITTED
    running: ReportStory = ReportStory.EMPTY


L, R = ListStory, ReportStory
STORIES = {
    "100000000": Story(L.NONE, edition=L.DRAFT, closed=R.EMPTY),
    "110000000": Story(edition=L.RECOMMENDED),
    "150000000": Story(edition=L.RETURNED, running=R.HALF),
    "190000000": Story(edition=L.SENT),
    "230000000": Story(edition=L.AGREED),
    "270000000": Story(edition=L.APPROVED),
    "310000000": Story(L.ON_PAPER),
    "330000000": Story(closed=R.SUBMITTED),
    "350000000": Story(edition=L.OPENED, closed=R.ACCEPTED),
    "390000000": Story(closed=R.ACCEPTED),
    "430000000": Story(closed=R.TRANSMITTED_LATE),
    "470000000": Story(closed=R.HALF),
    "550000000": Story(L.ON_PAPER, closed=R.ACCEPTED),
    "590000000": Story(closed=R.RETURNED),
    "610000000": Story(closed=R.CONSIDERED),
    "620000000": Story(L.NONE, closed=R.EMPTY),
    "630000000": Story(closed=R.SUBMITTED_LATE),
    "710000000": Story(closed=R.ACCEPTED, running=R.HALF),
    "750000000": Story(closed=R.ACCEPTED),
    "790000000": Story(closed=R.TRANSMITTED_UNCONSIDERED),
}


@dataclass(frozen=True)
class Calendar:
    """The dates of the demonstration year, all in the past of the day on which it is built.

    `closed` is the last reporting year whose January chain is over; everything else follows from it.
    """

    today: datetime.date

    @property
    def closed(self) -> int:
        return (
            self.today.year - 1
            if self.today >= datetime.date(self.today.year, 2, 15)
            else self.today.year - 2
        )

    @property
    def running(self) -> int:
        """The reporting year that can be walked, whatever the day on which the demonstration is built."""
        return self.closed + 1

    def autumn(self, month: int, day: int) -> datetime.date:
        """A day of the closed year, in which its list came into force."""
        return datetime.date(self.closed, month, day)

    def january(self, day: int) -> datetime.date:
        return datetime.date(self.closed + 1, 1, day)

    def february(self, day: int) -> datetime.date:
        return datetime.date(self.closed + 1, 2, day)

    def ago(self, days: int) -> datetime.date:
        """A day before today, for what is under way now."""
        return self.today - datetime.timedelta(days=days)

    def quarters_on_paper(self) -> list[datetime.date]:
        """Quarters of the closed year with protocols on paper; September's meeting recommends the list."""
        return [datetime.date(self.closed, month, 18) for month in (2, 5, 12)]

    def quarters(self) -> list[datetime.date]:
        """Past quarters of the following year; January's meeting considers the report."""
        days = (datetime.date(self.closed + 1, month, 18) for month in (5, 8, 11))
        return [day for day in days if day < self.today]
