"""Meetings of the demonstration: planned, attended, recorded and signed as a secretary does it."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from apps.meetings import planning
from apps.meetings.decisions import kinds
from apps.meetings.models import AgendaItem, Attendance, Decision, Meeting, Protocol
from apps.meetings.workflow import protocol_workflow
from apps.portal.demo.cast import RegionCast

PLACE = {"place_kk": "әкімдіктің отырыс залы", "place_ru": "зал заседаний акимата"}
REASON = gettext_lazy("Entered for the demonstration")

ROUTINE = {
    "title_kk": "Өңірлік жұмыс тобы қызметінің жылдық жоспарының орындалу барысы туралы",
    "title_ru": "О ходе исполнения годового плана деятельности Региональной рабочей группы",
}
ROUTINE_DECISION = {
    "text_kk": "Ақпарат назарға алынсын. Басқармалар индикаторлар бойынша деректерді жыл соңындағы жағдай "
    "бойынша нақтыласын.",
    "text_ru": "Принять информацию к сведению. Управлениям уточнить данные по индикаторам на конец года.",
    "responsible_kk": "Экономика басқармасы",
    "responsible_ru": "Управление экономики",
}


def hold(
    cast: RegionCast, on: datetime.date, questions: list[tuple[str, Any]], *, sign: bool = True
) -> Protocol:
    """Hold a meeting on papers (`kind of decision`, `paper`), or on the routine question without any."""
    times = {"starts_at": datetime.time(15), "ends_at": datetime.time(16, 20)}
    meeting = planning.plan(Meeting(group=cast.group, held_on=on, **times, **PLACE), cast.secretary)
    protocol = meeting.protocol
    protocol.number, protocol.dated = _next_number(cast, on), on
    protocol.save(update_fields=("number", "dated"))
    seats = list(meeting.composition())
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, member=seat, state="absent" if place == len(seats) - 1 else "present")
        for place, seat in enumerate(seats)
    )
    for place, (kind, paper) in enumerate(questions, start=1):
        _take_up(meeting, place, kind, paper)
    if not questions:
        item = AgendaItem.objects.create(meeting=meeting, position=1, **ROUTINE)
        Decision.objects.create(item=item, position=1, **ROUTINE_DECISION)
    if sign:
        protocol_workflow.perform(protocol, "sign", actor=cast.secretary, reason=str(REASON))
    return protocol


def register_on_paper(cast: RegionCast, on: datetime.date) -> Protocol:
    """Enter a protocol that was signed on paper before the portal."""
    given = {
        "group": cast.group, "held_on": on, "dated": on, "number": _next_number(cast, on),
        "chair_name": cast.chair.full_name, "secretary_name": cast.secretary.full_name,
        "agenda_kk": ROUTINE["title_kk"], "agenda_ru": ROUTINE["title_ru"],
    }  # fmt: skip
    return planning.register_on_paper(given, cast.secretary)


def _next_number(cast: RegionCast, on: datetime.date) -> str:
    numbers = Protocol.objects.filter(meeting__group=cast.group, dated__year=on.year).values_list(
        "number", flat=True
    )
    return str(max((int(number) for number in numbers if number), default=0) + 1)


def _take_up(meeting: Meeting, place: int, kind: str, paper: Any) -> None:
    question, wording = kinds[kind].agenda(paper), kinds[kind].wording(paper)
    item = AgendaItem.objects.create(
        meeting=meeting, position=place, title_kk=question["kk"], title_ru=question["ru"], subject=paper
    )
    Decision.objects.create(
        item=item, position=1, kind=kind, text_kk=wording["kk"], text_ru=wording["ru"],
        responsible_kk=meeting.group.organisation.name_kk, responsible_ru=meeting.group.organisation.name_ru,
    )  # fmt: skip
