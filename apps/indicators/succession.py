"""Which list of a region follows which: each is in force from its day until the next one begins (decision 3).

`published` is the last list of this line and `superseded` every other, also one whose last day is ahead: what
is in force on a day is said by the dates alone (ADR 14).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.indicators.models import IndicatorList
from apps.ui.dates import date_paper, date_since

ONE_DAY = datetime.timedelta(days=1)

# What upper apps do when the lists in force of a region change: `with follower(region's key, actor): …` locks
# their papers before the list is published, and lets them follow once it is, in the same transaction.
type Follower = Callable[[str, Any], AbstractContextManager[None]]
followers: list[Follower] = []


@dataclass(frozen=True)
class Place:
    """Where a list falls in the line of its region: after which one, and before which one."""

    paper: IndicatorList
    begins: datetime.date
    before: IndicatorList | None
    after: IndicatorList | None

    @property
    def ends(self) -> datetime.date | None:
        """The day on which the next list begins; none while there is no next one."""
        return self.after.published_on if self.after else None

    @property
    def shortened(self) -> IndicatorList | None:
        """The list before, where it would otherwise be in force beyond the day on which this one begins."""
        until = self.before.superseded_on if self.before else None
        return None if until and until <= self.begins else self.before

    @property
    def is_ahead_of_its_year(self) -> bool:
        """Whether the list would govern the report for a year before its own."""
        return self.begins.year < self.paper.year and (self.ends or datetime.date.max).year > self.begins.year

    @property
    def replaces_a_later_year(self) -> bool:
        return bool(self.shortened and self.shortened.year > self.paper.year)

    def told(self) -> list[str]:
        """Say from when until when the list and its neighbours are in force, and for which reports."""
        said = [_told(self.paper, self.begins, self.ends)]
        if self.shortened and self.shortened.published_on:
            said.insert(0, _told(self.shortened, self.shortened.published_on, self.begins))
        if self.after and self.ends:
            said.append(_told(self.after, self.ends, self.after.superseded_on))
        return said


def begins_by_itself(paper: IndicatorList) -> datetime.date:
    """The day on which a list comes into force where nobody says otherwise.

    Today, for a list from paper or of a past year the date of its act; never before its year has begun.
    """
    today = timezone.localdate()
    is_of_old = paper.is_retrospective or paper.year < today.year
    day = paper.approved_on if is_of_old and paper.approved_on else today
    return max(day, datetime.date(paper.year, 1, 1))


def outlook_of_publication(paper: IndicatorList) -> list[str]:
    """What publication brings about, if the day on which the list comes into force is left as it is."""
    return place_of(paper, begins_by_itself(paper)).told()


def place_of(paper: IndicatorList, begins: datetime.date) -> Place:
    """Find the neighbours of a list that would be in force from that day on (one query)."""
    line = IndicatorList.objects.filter(region=paper.region_id, published_on__isnull=False)
    others = sorted(line.exclude(pk=paper.pk), key=lambda one: _rank(one, one.published_on))
    own = _rank(paper, begins)
    before = [one for one in others if _rank(one, one.published_on) < own]
    after = [one for one in others if _rank(one, one.published_on) > own]
    return Place(paper, begins, before[-1] if before else None, after[0] if after else None)


def years_governed(begins: datetime.date, ends: datetime.date | None) -> str:
    """The years on whose 31 December the list is in force: «2026», «2024–2025», «2027 and later»."""
    first = begins.year
    if ends is None:
        return _("{year} and later").format(year=first)
    last = ends.year - 1
    if last < first:
        return "–"
    return str(first) if first == last else f"{first}–{last}"


def _rank(paper: IndicatorList, begins: datetime.date | None) -> tuple[datetime.date, int, int]:
    """Lists that begin on the same day follow by year and edition."""
    return begins or datetime.date.max, paper.year, paper.edition


def _told(paper: IndicatorList, begins: datetime.date, ends: datetime.date | None) -> str:
    given = {
        "list": paper.title,
        "since": date_since(begins),
        "last": date_paper(ends - ONE_DAY) if ends else "",
        "years": years_governed(begins, ends),
    }
    if ends is None:
        return _("{list}: in force {since}; reporting years: {years}").format(**given)
    if ends <= begins:
        return _("{list}: not in force on any day").format(**given)
    return _("{list}: in force {since}, last day – {last}; reporting years: {years}").format(**given)
