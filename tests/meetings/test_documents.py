"""The protocol as a paper: the requisites of domain and rules, in both languages, nothing invented."""

import datetime
import io

import docx
import pytest

from apps.documents.papers import kinds, render_draft
from apps.meetings.models import Decision, Protocol
from tests.factories.meetings import AgendaItemFactory, AttendanceFactory, DecisionFactory, MeetingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def words(protocol, language):
    """All that the paper says in a language, in order."""

    def spoken(part):
        if isinstance(part, dict) and {"kk", "ru"} <= set(part):
            yield part[language]
        elif isinstance(part, dict):
            for value in part.values():
                yield from spoken(value)
        elif isinstance(part, list):
            for value in part:
                yield from spoken(value)

    taken = kinds["protocol"].take(protocol)
    return [taken["title"][language], *spoken(taken["blocks"])]


@pytest.fixture
def told(meeting, group):
    """A protocol that has everything: attendance of three sorts, what was heard, votes, a term."""
    states = ["present", "present", "present", "replaced", "absent"]
    for seat, state in zip(group.members.order_by("pk"), states, strict=True):
        AttendanceFactory(
            meeting=meeting,
            member=seat,
            state=state,
            representative="Б. Әлиев" if state == "replaced" else "",
        )
    item = AgendaItemFactory(
        meeting=meeting,
        title_kk="Есеп туралы",
        title_ru="Об отчете",
        heard_kk="Ә. Серік",
        heard_ru="Ә. Серик",
        spoke_kk="И. Назаров",
        spoke_ru="И. Назаров",
    )
    DecisionFactory(
        item=item, due_on=datetime.date(2027, 2, 1), votes_for=4, votes_against=0, votes_abstained=1
    )
    return meeting.protocol


def test_protocol_in_kazakh(told):
    said = words(told, "kk")
    assert said[0] == "Орнықты даму жөніндегі өңірлік жұмыс тобы\nотырысының №\xa01 ХАТТАМАСЫ"
    for expected in (
        "Әкімдік, 214-зал",
        "2026 жылғы 22 қазан, 15:00–16:20",
        "аралас",
        "Ж.\xa0Бекмағамбетов, облыс әкімінің орынбасары",
        "барлығы – 5, қатысқаны – 3, өкілі қатысқаны – 1. Кворум бар.",
        "КҮН ТӘРТІБІ",
        "1. Есеп туралы",
        "ТЫҢДАЛДЫ: Ә. Серік",
        "СӨЗ СӨЙЛЕДІ: И. Назаров",
        "ШЕШТІ:",
        "1.1. Ақпарат назарға алынсын",
        "Жауапты: Экономика басқармасы; орындау мерзімі: 2027 жылғы 1 ақпан.",
        "ДАУЫС БЕРДІ: жақтап – 4, қарсы – 0, қалыс қалды – 1.",
    ):
        assert expected in said
    assert said[-4:] == ["Төраға", "Ж.\xa0Бекмағамбетов", "Хатшы", "Н.\xa0Қалиева"]


def test_protocol_in_russian(told):
    said = words(told, "ru")
    assert said[0] == "Региональная рабочая группа по устойчивому развитию\nПРОТОКОЛ №\xa01 заседания"
    for expected in (
        "22 октября 2026 года, 15:00–16:20",
        "ПОВЕСТКА ДНЯ",
        "СЛУШАЛИ: Ә. Серик",
        "ВЫСТУПИЛИ: И. Назаров",
        "РЕШИЛИ:",
        "1.1. Принять информацию к сведению",
        "Ответственный: Управление экономики; срок исполнения: 1 февраля 2027 года.",
        "ГОЛОСОВАЛИ: за – 4, против – 0, воздержались – 1.",
    ):
        assert expected in said


def test_protocol_is_portrait_and_complete(told):
    taken = kinds["protocol"].take(told)
    assert (taken["orientation"], taken["dated"]) == ("portrait", "2026-10-22")
    assert taken["source"] == {"id": told.pk, "region": told.region_id, "period": "2026"}
    assert taken["missing"] == {"kk": [], "ru": []}


def test_missing_words_block_their_language_alone(told):
    told.meeting.agenda.update(title_ru="")
    missing = kinds["protocol"].take(told)["missing"]
    assert missing["ru"]
    assert not missing["kk"]


def test_empty_draft_has_blanks_and_no_attendance(group):
    protocol = MeetingFactory(group=group, protocol__number="", protocol__dated=None).protocol
    said = words(protocol, "kk")
    assert "№\xa0______" in said[0]
    assert not any("Кворум" in line or "Қатыс" in line for line in said)


def test_quorum_is_not_said_of_half(told):
    told.meeting.attendance.filter(state="replaced").update(state="absent")
    told.meeting.attendance.filter(state="present", member__capacity="chair").update(state="absent")
    assert not any("Кворум" in line for line in words(told, "kk"))


def test_question_without_report_names_itself_as_heard(meeting):
    AgendaItemFactory(meeting=meeting, title_kk="Әртүрлі")
    assert "ТЫҢДАЛДЫ: Әртүрлі" in words(meeting.protocol, "kk")


def test_representative_signs_as_acting(told):
    told.meeting.attendance.filter(member__capacity="chair").update(
        state="replaced", representative="Қ. Омаров"
    )
    said = words(told, "kk")
    assert "Қ.\xa0Омаров, облыс әкімінің орынбасары (м.а.)" in said
    assert "Қ.\xa0Омаров" in said[-4:]


def test_retrospective_protocol_says_so_and_names_who_signed_without_a_position(protocol):
    Protocol.objects.update(is_retrospective=True, status="signed", chair_name="Ж. Бекмағамбетов")
    said = words(Protocol.objects.get(), "ru")
    assert "внесено ретроспективно" in said
    assert said.count("Ж.\xa0Бекмағамбетов") == 2


def test_question_of_which_only_the_title_is_known_stands_on_the_agenda_alone(protocol):
    AgendaItemFactory(meeting=protocol.meeting, title_kk="Жоспар туралы", title_ru="О плане")
    Protocol.objects.update(is_retrospective=True, status="signed")
    said = words(Protocol.objects.get(), "ru")
    assert [line for line in said if "О плане" in line] == ["1. О плане"]
    protocol.meeting.agenda.update(heard_ru="информация секретаря")
    assert "СЛУШАЛИ: информация секретаря" in words(Protocol.objects.get(), "ru")


@pytest.mark.parametrize(
    ("starts_at", "label"), [(None, "Дата заседания"), ("10:00", "Дата, время заседания")]
)
def test_label_names_the_time_only_where_it_is_known(protocol, starts_at, label):
    type(protocol.meeting).objects.update(starts_at=starts_at, ends_at=None)
    said = words(Protocol.objects.get(), "ru")
    assert label in said
    assert len([line for line in said if line.startswith("Дата") and line.endswith("заседания")]) == 1


def test_votes_that_nobody_counted_are_not_told(told):
    Decision.objects.update(votes_for=4, votes_against=None, votes_abstained=None)
    assert "ГОЛОСОВАЛИ: за – 4." in words(told, "ru")


def test_bilingual_copy_names_those_who_came_once(told):
    content = render_draft(told, "protocol", "kk-ru", "docx")
    lines = [each.text for each in docx.Document(io.BytesIO(content)).paragraphs]
    named = [line for line in lines if line.startswith("1. Ж.\xa0Бекмағамбетов")]
    assert named == ["1. Ж.\xa0Бекмағамбетов – облыс әкімінің орынбасары / заместитель акима области"]


def test_what_was_heard_stays_with_the_decisions_where_it_is_short(told):
    def kept():
        taken = kinds["protocol"].take(told)["blocks"]
        return ["keeps" in block for block in taken if "СЛУШАЛИ" in str(block)]

    assert kept() == [True]
    told.meeting.agenda.update(heard_ru="Очень подробный доклад. " * 40)
    assert kept() == [False]


@pytest.mark.parametrize("language", ["kk", "ru", "kk-ru"])
@pytest.mark.parametrize("file_format", ["pdf", "docx", "xlsx", "json"])
def test_protocol_is_rendered_in_every_form(told, language, file_format):
    content = render_draft(told, "protocol", language, file_format)
    assert content[:4] in (b"%PDF", b"PK\x03\x04") or content[:1] == b"{"
