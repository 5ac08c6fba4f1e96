"""The protocol as a paper, in Kazakh and in Russian, with the requisites of the rules of record keeping."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

from apps.documents.blocks import (
    Block,
    Text,
    facts,
    heading,
    of,
    paragraphs,
    same,
    shared,
    signatures,
    text,
)
from apps.documents.papers import PaperKind
from apps.meetings.models import AgendaItem, Attendance, Decision, Meeting, Protocol
from apps.meetings.presence import Presence
from apps.meetings.signatories import Signatory, signatories
from apps.ui.dates import date_paper
from apps.ui.numerals import NBSP, numero

BLANK = "______"
SHORT = 600  # letters, some seven lines: what was heard then stays on the page where the decisions begin
FORMS = {
    Meeting.Form.IN_PERSON: text("бетпе-бет", "очно"),
    Meeting.Form.ONLINE: text("онлайн", "онлайн"),
    Meeting.Form.MIXED: text("аралас", "смешанно"),
    Meeting.Form.ABSENTIA: text("сырттай (сауалнама парақтары арқылы)", "заочно (опросными листами)"),
}
RETROSPECTIVE = text("ретроспективті түрде енгізілді", "внесено ретроспективно")


def snapshot(protocol: Protocol) -> dict[str, Any]:
    """Put the protocol into words: introductory part, questions with their decisions, signatures."""
    meeting = protocol.meeting
    items = list(meeting.agenda.prefetch_related("decisions"))
    presence = Presence(meeting.composition())
    chair, secretary = signatories(protocol, presence.seats)
    return {
        "dated": (protocol.dated or meeting.held_on).isoformat(),
        "orientation": "portrait",
        "title": title(protocol),
        "blocks": [
            *([paragraphs(RETROSPECTIVE, style="mark")] if protocol.is_retrospective else []),
            requisites(protocol, presence, chair, secretary),
            *attendees(presence),
            *(agenda(items) if items else []),
            *(block for item in items if is_told(item, protocol) for block in question(item)),
            signatures(
                (text("Төраға", "Председатель"), named(chair)), (text("Хатшы", "Секретарь"), named(secretary))
            ),
        ],
    }


def title(protocol: Protocol) -> Text:
    """The group's name, then «отырысының № 1 ХАТТАМАСЫ» / «ПРОТОКОЛ № 1 заседания»."""
    group, number = of(protocol.meeting.group, "name"), numero(protocol.number or BLANK)
    return text(
        f"{group['kk']}\nотырысының {number} ХАТТАМАСЫ",
        f"{group['ru']}\nПРОТОКОЛ {number} заседания",
    )


def requisites(
    protocol: Protocol, presence: Presence, chair: Signatory | None, secretary: Signatory | None
) -> Block:
    meeting = protocol.meeting
    pairs = [
        (text("Хаттаманың күні", "Дата протокола"), day(protocol.dated)),
        (held_label(meeting), when(meeting)),
        (text("Өткізілген нысаны", "Форма проведения"), FORMS[Meeting.Form(meeting.form)]),
    ]
    if meeting.place_kk or meeting.place_ru:
        pairs.insert(0, (text("Өткізілген орны", "Место проведения"), of(meeting, "place")))
    if chair:
        pairs.append((text("Төрағалық еткен", "Председательствовал"), introduced(chair)))
    if secretary:
        pairs.append((text("Хатшы", "Секретарь"), introduced(secretary)))
    if presence.is_noted:
        pairs.append((text("Топ мүшелері", "Члены группы"), turnout(presence)))
    return facts(*pairs)


def turnout(presence: Presence) -> Text:
    """How many came; «Кворум бар» only where a majority did, since the order gives no rule."""
    total, present, replaced = presence.total, presence.present, presence.replaced
    kk = f"барлығы – {total}, қатысқаны – {present}, өкілі қатысқаны – {replaced}."
    ru = f"всего – {total}, присутствовало – {present}, через представителя – {replaced}."
    if not presence.is_majority:
        return text(kk, ru)
    return text(f"{kk} Кворум бар.", f"{ru} Кворум имеется.")


def attendees(presence: Presence) -> Iterator[Block]:
    """Who took part, who was replaced by whom, who was absent."""
    for words, state in (
        (text("Қатысқандар:", "Присутствовали:"), Attendance.State.PRESENT),
        (text("Өкілдері қатысқандар:", "Присутствовали представители:"), Attendance.State.REPLACED),
        (text("Қатыспағандар:", "Отсутствовали:"), Attendance.State.ABSENT),
    ):
        if seats := presence.of(state):
            yield heading(words)
            lines = (seat_line(number, seat) for number, seat in enumerate(seats, 1))
            yield paragraphs(*lines, style="item")


def seat_line(number: int, seat: Any) -> Text:
    """«1. Name – position»; the bilingual copy names a person once, with the position in both languages."""
    name, positions = f"{number}. {unbroken(seat.full_name)}", of(seat, "position")
    if not any(positions.values()):
        return same(name)
    said = {}
    for language, deputy in (("kk", "өкілі"), ("ru", "представитель")):
        replaced = f"; {deputy}: {unbroken(seat.representative)}" if seat.representative else ""
        said[language] = f"{positions[language]}{replaced}" if positions[language] else ""
    kk, ru = (f"{name} – {words}" if words else "" for words in said.values())
    return shared(kk, ru, f"{name} – {said['kk']} / {said['ru']}")


def agenda(items: list[AgendaItem]) -> list[Block]:
    questions = [prefixed(f"{item.position}. ", of(item, "title")) for item in items]
    return [heading(text("КҮН ТӘРТІБІ", "ПОВЕСТКА ДНЯ")), paragraphs(*questions, style="item")]


def is_told(item: AgendaItem, protocol: Protocol) -> bool:
    """Whether a question has more than its title, which the agenda says already.

    Of a protocol signed before the portal only the agenda may be known; a new one keeps its place to write.
    """
    told = (item.heard_kk, item.heard_ru, item.spoke_kk, item.spoke_ru)
    return not protocol.is_retrospective or any(told) or bool(item.decisions.all())


def question(item: AgendaItem) -> Iterator[Block]:
    """One question: what was heard, who spoke where that is written, and the numbered decisions."""
    words = of(item, "title")
    yield heading(prefixed(f"{item.position}. ", words))
    heard = of(item, "heard") if item.heard_kk or item.heard_ru else words
    yield told(text("ТЫҢДАЛДЫ", "СЛУШАЛИ"), heard)
    if item.spoke_kk or item.spoke_ru:
        yield told(text("СӨЗ СӨЙЛЕДІ", "ВЫСТУПИЛИ"), of(item, "spoke"))
    if decisions := list(item.decisions.all()):
        yield paragraphs(text("ШЕШТІ:", "РЕШИЛИ:"), style="strong")
        yield paragraphs(*(line for decision in decisions for line in decided(item, decision)))


def told(label: Text, words: Text) -> Block:
    """«Label: words», kept with what follows where it is short."""
    return paragraphs(labelled(label, words), keeps=max(map(len, words.values())) <= SHORT)


def decided(item: AgendaItem, decision: Decision) -> Iterator[Text]:
    """A decision, then who carries it out until when, then the votes: each where it is given."""
    yield prefixed(f"{item.position}.{decision.position}. ", of(decision, "text"))
    duty: list[Text] = []
    if decision.responsible_kk or decision.responsible_ru:
        duty.append(labelled(text("Жауапты", "Ответственный"), of(decision, "responsible")))
    if decision.due_on:
        duty.append(labelled(text("орындау мерзімі", "срок исполнения"), day(decision.due_on)))
    if duty:
        yield joined(duty)
    votes = [
        (text(f"{kk} – {count}", f"{ru} – {count}"))
        for kk, ru, count in (
            ("жақтап", "за", decision.votes_for),
            ("қарсы", "против", decision.votes_against),
            ("қалыс қалды", "воздержались", decision.votes_abstained),
        )
        if count is not None
    ]
    if votes:
        yield labelled(text("ДАУЫС БЕРДІ", "ГОЛОСОВАЛИ"), joined(votes, ", "))


def day(value: datetime.date | None) -> Text:
    return text(date_paper(value, "kk"), date_paper(value, "ru")) if value else same(BLANK)


def held_label(meeting: Meeting) -> Text:
    """What the day of the meeting is called, and the hour where it is known."""
    if hours_of(meeting):
        return text("Отырыстың күні, уақыты", "Дата, время заседания")
    return text("Отырыс күні", "Дата заседания")


def hours_of(meeting: Meeting) -> list[str]:
    return [f"{hour:%H:%M}" for hour in (meeting.starts_at, meeting.ends_at) if hour]


def when(meeting: Meeting) -> Text:
    return {
        language: ", ".join(filter(None, (words, "–".join(hours_of(meeting)))))
        for language, words in day(meeting.held_on).items()
    }


def named(signatory: Signatory | None) -> Text:
    return same(unbroken(signatory.name) if signatory else BLANK)


def introduced(signatory: Signatory) -> Text:
    """«Name, position»; the name alone where nobody said the position."""
    name = unbroken(signatory.name)
    positions = {language: signatory.position(language) for language in ("kk", "ru")}
    if not any(positions.values()):
        return same(name)
    return {language: f"{name}, {position}" if position else "" for language, position in positions.items()}


def unbroken(name: str) -> str:
    """Keep initials on the line of their surname."""
    return re.sub(r"(?<=\w\.)\s+(?=\w)", NBSP, name)


def labelled(label: Text, words: Text) -> Text:
    """«Label: words» in each language that has the words."""
    return {language: f"{label[language]}: {said}" if said else "" for language, said in words.items()}


def joined(parts: list[Text], between: str = "; ") -> Text:
    """«a; b.» in each language that has all the parts."""
    spoken = {language: [part[language] for part in parts] for language in ("kk", "ru")}
    return {language: f"{between.join(said)}." if all(said) else "" for language, said in spoken.items()}


def prefixed(prefix: str, words: Text) -> Text:
    return {language: f"{prefix}{said}" if said else "" for language, said in words.items()}


protocol_kind = PaperKind(
    name="protocol",
    model=Protocol,
    snapshot=snapshot,
    period=lambda protocol: str(protocol.meeting.held_on.year),
    region=lambda protocol: protocol.region_id,
    related=("meeting__group",),
    title=text("Отырыс хаттамасы", "Протокол заседания"),
)
