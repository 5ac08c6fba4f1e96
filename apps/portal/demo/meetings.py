"""Meetings of the demonstration: planned, attended, recorded and signed as a secretary does it."""

from __future__ import annotations

import datetime
from typing import Any

from apps.accounts.models import User
from apps.groups.models import WorkingGroup
from apps.meetings import merging, planning
from apps.meetings.draft import MeetingDraft
from apps.meetings.forms import NewMeetingForm
from apps.meetings.models import Attendance, Meeting, Protocol
from apps.meetings.workflow import protocol_workflow
from apps.portal.demo.cast import RegionCast, valid

PLACE = {"place_kk": "әкімдіктің отырыс залы", "place_ru": "зал заседаний акимата"}
REASON = "Демонстрация үшін енгізілді / Внесено для демонстрации"

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
    planned = PLACE | {
        "group": cast.group.pk, "held_on": on.isoformat(), "starts_at": "15:00", "ends_at": "16:20",
        "form": Meeting.Form.IN_PERSON,
    }  # fmt: skip
    form = valid(NewMeetingForm(planned, groups=WorkingGroup.objects.filter(pk=cast.group.pk)))
    meeting = planning.plan(form.save(commit=False), cast.secretary)
    page = Page(meeting, cast.secretary)
    page.save(_minutes(cast, on, page.seats) | _agenda(page, questions))
    proposed = {waiting.key for waiting in page.draft.agenda.waiting}
    if not questions or any(f"{kind}:{paper.pk}" not in proposed for kind, paper in questions):
        page = Page(meeting, cast.secretary)
        page.save(_decisions(page, questions))
    protocol = Protocol.objects.get(meeting=meeting)
    if sign:
        protocol_workflow.perform(protocol, "sign", actor=cast.secretary, reason=REASON)
    return protocol


class Page:
    """The page of a meeting as its secretary sees it: everything that it shows is sent back with the rest."""

    def __init__(self, meeting: Meeting, secretary: User) -> None:
        self.meeting = Meeting.objects.select_related("group__organisation", "protocol").get(pk=meeting.pk)
        self.secretary = secretary
        self.seats = self.meeting.composition()
        self.draft = MeetingDraft(self.meeting, self.seats)

    def save(self, typed: dict[str, list[str]]) -> None:
        data = merging.as_sent(self.draft.every_form)
        for name, values in typed.items():
            data.setlist(name, values)
        draft = MeetingDraft(self.meeting, self.seats, data)
        if not draft.is_valid():
            raise ValueError(draft.faults)
        draft.save(self.secretary, self.draft.version)


def _minutes(cast: RegionCast, on: datetime.date, seats: list[Any]) -> dict[str, list[str]]:
    """Number and date of the protocol; all were present but the last member."""
    absent = {f"member-{seat.pk}-state": [str(Attendance.State.ABSENT)] for seat in seats[-1:]}
    return absent | {
        "protocol-number": [_next_number(cast, on)],
        "protocol-dated": [on.isoformat()],
        "all_present": ["1"],
    }


def _agenda(page: Page, questions: list[tuple[str, Any]]) -> dict[str, list[str]]:
    """The papers that are taken up, or the routine question."""
    if not questions:
        return {f"new-item-{name}": [words] for name, words in ROUTINE.items()}
    papers = [paper for _kind, paper in questions]
    return {"papers": [waiting.key for waiting in page.draft.agenda.waiting if waiting.paper in papers]}


def _decisions(page: Page, questions: list[tuple[str, Any]]) -> dict[str, list[str]]:
    """What is decided otherwise than the portal proposes."""
    asked = page.draft.questions
    if not questions:
        prefix = f"new-decision-{asked[0].question.item.pk}"
        return {f"{prefix}-{name}": [words] for name, words in ROUTINE_DECISION.items()}
    wanted = {str(paper.pk): kind for kind, paper in questions}
    return {
        f"decision-{decision.instance.pk}-kind": [wanted[one.question.item.object_id]]
        for one in asked
        for decision in one.decisions
        if decision.instance.kind != wanted[one.question.item.object_id]
    }


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
