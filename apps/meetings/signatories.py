"""Who presided and who kept the minutes: seats while the protocol is a draft, a copy once it is signed."""

from __future__ import annotations

from typing import Any, NamedTuple

from apps.groups.models import Member
from apps.meetings.models import Attendance, Protocol
from apps.ui.dates import spoken

ACTING = {"kk": "м.а.", "ru": "и.о."}
DEPUTIES: dict[str, tuple[str, ...]] = {
    Member.Capacity.CHAIR: (Member.Capacity.CHAIR, Member.Capacity.DEPUTY),
    Member.Capacity.SECRETARY: (Member.Capacity.SECRETARY,),
}


def acting(position: str, language: str) -> str:
    """«заместитель акима (и.о.)» / «әкімнің орынбасары (м.а.)», once, whoever typed it already."""
    says_so = ACTING[language] in "".join(position.lower().split())
    return position if says_so or not position else f"{position} ({ACTING[language]})"


class Signatory(NamedTuple):
    """A person as the protocol names them; `is_acting` prints «м.а. / и.о.»."""

    name: str
    position_kk: str
    position_ru: str
    is_acting: bool

    def position(self, language: str) -> str:
        """The position, acting or not; empty where there are no words of that language."""
        words: str = self.position_ru if language == "ru" else self.position_kk
        return acting(words, language) if self.is_acting else words

    @property
    def words(self) -> str:
        """The position in the language of the page."""
        return self.position(spoken()) or self.position("kk")


def expected(seats: list[Any], capacity: str) -> Any:
    """Who would sign as `capacity`: whoever holds it and was not absent, else a deputy, else the holder."""
    holders = [seat for wanted in DEPUTIES[capacity] for seat in seats if seat.capacity == wanted]
    came = [seat for seat in holders if seat.attended != Attendance.State.ABSENT]
    return next(iter([*came, *holders]), None)


def signatories(
    protocol: Protocol, seats: list[Any] | None = None
) -> tuple[Signatory | None, Signatory | None]:
    """Chair and secretary of a protocol: the copy once signed, else the chosen or the expected seats."""
    if protocol.is_signed:
        return _copied(protocol, "chair"), _copied(protocol, "secretary")
    return seated(protocol, protocol.meeting.composition() if seats is None else seats)


def seated(protocol: Protocol, seats: list[Any]) -> tuple[Signatory | None, Signatory | None]:
    """Chair and secretary by the seats of the day."""
    return (
        _seated(seats, protocol.chair_id, Member.Capacity.CHAIR, protocol.chair_is_acting),
        _seated(seats, protocol.secretary_id, Member.Capacity.SECRETARY, protocol.secretary_is_acting),
    )


def copy_signatories(deed: Any) -> None:
    """Keep who signed, in which position, as it was on the day; people and seats change later."""
    protocol = deed.paper
    people = seated(protocol, protocol.meeting.composition())
    for field, signatory in zip(("chair", "secretary"), people, strict=True):
        if signatory is not None:
            setattr(protocol, f"{field}_name", signatory.name)
            setattr(protocol, f"{field}_position_kk", signatory.position_kk)
            setattr(protocol, f"{field}_position_ru", signatory.position_ru)
            setattr(protocol, f"{field}_is_acting", signatory.is_acting)


def _seated(seats: list[Any], chosen: int | None, capacity: str, is_acting: bool) -> Signatory | None:
    seat = next((seat for seat in seats if seat.pk == chosen), None) or expected(seats, capacity)
    if seat is None:
        return None
    replaced = seat.attended == Attendance.State.REPLACED and seat.representative
    return Signatory(
        seat.representative if replaced else seat.full_name,
        seat.position_kk,
        seat.position_ru,
        is_acting or bool(replaced),
    )


def _copied(protocol: Protocol, field: str) -> Signatory | None:
    name = getattr(protocol, f"{field}_name")
    if not name:
        return None
    return Signatory(
        name,
        getattr(protocol, f"{field}_position_kk"),
        getattr(protocol, f"{field}_position_ru"),
        getattr(protocol, f"{field}_is_acting"),
    )
