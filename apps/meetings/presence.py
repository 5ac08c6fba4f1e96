"""Who came to a meeting, counted: the order knows no quorum, so the portal states numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from apps.groups.models import Member
from apps.meetings.models import Attendance


class Presence:
    """Attendance of the seats of one meeting, as `Meeting.composition()` gives them."""

    def __init__(self, seats: Iterable[Any]) -> None:
        self.seats = list(seats)
        self.counts = Counter(seat.attended for seat in self.seats if seat.attended)

    def of(self, state: str) -> list[Any]:
        return [seat for seat in self.seats if seat.attended == state]

    @property
    def is_noted(self) -> bool:
        return bool(self.counts)

    @property
    def total(self) -> int:
        return len(self.seats)

    @property
    def unnoted(self) -> int:
        return self.total - sum(self.counts.values())

    @property
    def present(self) -> int:
        return self.counts[Attendance.State.PRESENT]

    @property
    def replaced(self) -> int:
        return self.counts[Attendance.State.REPLACED]

    @property
    def is_majority(self) -> bool:
        """Whether more than half of the seats were taken, by members or by their representatives."""
        return 2 * (self.present + self.replaced) > self.total

    @property
    def categories(self) -> list[tuple[Any, int]]:
        """How many seats each of the five categories of point 4 has."""
        counts = Counter(seat.category for seat in self.seats)
        return [(label, counts[value]) for value, label in Member.Category.choices]
