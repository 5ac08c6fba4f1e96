"""A report on its way out: Annex 2 as the order prints it, and the letter that takes it on."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from apps.documents import blocks
from apps.documents.blocks import Cell, Text, text
from apps.documents.papers import PaperKind, register
from apps.grid.numbers import spell
from apps.meetings.signatories import acting
from apps.monitoring.models import MonitoringReport, ReportLine
from apps.ui.dates import MONTHS, date_paper, dated_paper
from apps.ui.numerals import numero
from apps.workflow.models import HandOver

Status = MonitoringReport.Status

TITLE = text(
    "Орнықты даму мақсаттарының міндеттері мен индикаторларының іске асырылуын мониторингтеу",
    "Мониторинг реализации задач и индикаторов Целей устойчивого развития",
)
LETTER = text("Ілеспе хат", "Сопроводительное письмо")
BLANK = "\xa0" * 4
ROOM = "________"
SHEETS = text("____\xa0парақта.", "на\xa0____\xa0л.")  # counted by whoever puts the paper copies together
UNDATED = text("20__ жылғы «__» ________", "«__» ________ 20__ года")
# The order itself leaves date and number of this annex blank.
CAPTION = text(
    "Қазақстан Республикасы\nҰлттық экономика\nминистрлігінің\n"
    f"2024 жылғы «{BLANK}»\n№{BLANK}бұйрығына\n2-қосымша",
    "Приложение 2\nк приказу\nМинистерства\nнациональной экономики\nРеспублики Казахстан\n"
    f"от «{BLANK}» 2024 года\n№",
)
FORM = text("Нысан", "Форма")
COLUMNS = (
    blocks.column("row_no", text("р/с №", "№ п/п"), 12, align="center", kind="ordinal"),
    blocks.column("name", text("Атауы", "Наименование"), 58),
    blocks.column("responsible", text("Жауаптылар", "Ответственные"), 42),
    blocks.column("data_source", text("Ақпарат көзі", "Источник информации"), 31),
    blocks.column("unit", text("Өлшем бірлігі", "Единица измерения"), 28),
    blocks.column("reporting_year", text("Есепті жыл", "Отчетный год"), 20, align="center", kind="number"),
    blocks.column("plan_value", text("Жоспар", "План"), 20, align="center", kind="number"),
    blocks.column("actual_value", text("Факт", "Факт"), 20, align="center", kind="number"),
    blocks.column("comment", text("Қажет болған кезде түсіндірмелер", "Пояснения при необходимости"), 36),
)
SECTIONS = {
    ReportLine.Section.INDICATORS: text("Индикаторлар", "Индикаторы"),
    ReportLine.Section.MEASURES: text("Іс-шара*", "Мероприятия*"),
}
FOOTNOTE = text(
    "* Бастамашыл топ аудандық деңгейде индикаторлар болмаған жағдайда іс-шаралар бойынша есептілік нысанын "
    "толтырады",
    "* Инициативная группа заполняет форму отчетности по мероприятиям в случае отсутствия индикаторов на "
    "районном уровне",
)
RECOMMENDATIONS = text(
    "Қазақстан Республикасы Ұлттық экономика министрлігінің 2024 жылғы 2 қазандағы №\xa0236 бұйрығымен "
    "бекітілген Әдістемелік ұсынымдардың 27-тармағына сәйкес",
    "в соответствии с пунктом 27 Методических рекомендаций, утвержденных приказом Министерства национальной "
    "экономики Республики Казахстан от 2 октября 2024 года №\xa0236,",
)
ADDRESSEE = text(
    "Орнықты даму мақсаттары жөніндегі\nүйлестіру кеңесінің жұмыс органына",
    "В Рабочий орган\nКоординационного совета\nпо Целям устойчивого развития",
)


# Annex 2


def report_snapshot(report: MonitoringReport) -> dict[str, Any]:
    """Put the report into the nine columns of the form; what the portal keeps besides is left out."""
    lines = list(report.lines.all())
    groups = [
        blocks.group([row_of(line) for line in lines if line.section == section], title)
        for section, title in SECTIONS.items()
    ]
    return {
        "dated": _day(report.submitted_on),
        "orientation": "landscape",
        "title": TITLE,
        "blocks": [
            blocks.lines("caption", CAPTION),
            blocks.lines("form", FORM),
            blocks.table(COLUMNS, groups, ordinals=True),
            blocks.paragraphs(FOOTNOTE, style="note"),
        ],
    }


def row_of(line: ReportLine) -> list[Cell]:
    return [
        blocks.ordinal(line.position),
        blocks.of(line, "name"),
        blocks.of(line, "responsible"),
        blocks.of(line, "data_source"),
        blocks.of(line, "unit"),
        blocks.value(str(line.reporting_year), Decimal(line.reporting_year)),
        _value(line.plan, line.plan_value),
        _value(line.fact, line.fact_value),
        explanations_of(line),
    ]


def _value(typed: str, exact: Decimal | None) -> Cell:
    """The value as people write it, and its number without the zeros that the column adds."""
    return blocks.value(spell(typed), None if exact is None else exact.normalize())


def explanations_of(line: ReportLine) -> Text:
    """The explanations, and the month in which the fact will exist where it does not exist yet."""
    words = blocks.of(line, "comment")
    if line.fact or line.expected_on is None:
        return words
    month = line.expected_on
    awaited = text(
        f"Деректер күтілуде: {month_of(month, 'kk')}", f"Данные ожидаются: {month_of(month, 'ru')}"
    )
    if not any(words.values()):
        return awaited
    # A language without an explanation stays empty, so that its translation is asked for.
    return {key: f"{said}\n{awaited[key]}" if said else "" for key, said in words.items()}


def month_of(day: datetime.date, language: str) -> str:
    """«2027 жылғы сәуір» / «апрель 2027 года»."""
    if language == "kk":
        return f"{day.year} жылғы {MONTHS[day.month - 1].kk}"
    with override("ru"):
        return f"{date_format(day, 'F').lower()} {day.year} года"


# The covering letter


def letter_snapshot(report: MonitoringReport) -> dict[str, Any]:
    """The akimat's letter: what it transmits on what ground, whether the group considered it, annexes."""
    letter = HandOver.objects.of(report).filter(transition="transmit").last()
    return {
        "dated": _day(letter.outgoing_date if letter else report.transmitted_on),
        "orientation": "portrait",
        "title": LETTER,
        "untitled": True,
        "blocks": [
            blocks.lines("place", _sender(report, letter), ADDRESSEE),
            blocks.paragraphs(_what_is_transmitted(report), _on_what_basis(report)),
            blocks.paragraphs(text("Қосымша:", "Приложение:"), keeps=True),
            blocks.paragraphs(*_annexes(report), style="item"),
            blocks.signatures(_signatory(report, letter)),
        ],
    }


def _day(day: datetime.date | None) -> str:
    return (day or timezone.localdate()).isoformat()


def _sender(report: MonitoringReport, letter: HandOver | None) -> Text:
    """The akimat with the number and date of its letter, or the room for them."""
    body, number = report.organisation, (letter and letter.outgoing_number) or ROOM
    kk, ru = UNDATED["kk"], UNDATED["ru"]
    if letter and letter.outgoing_date:
        kk, ru = date_paper(letter.outgoing_date, "kk"), date_paper(letter.outgoing_date, "ru")
    return text(f"{body.name_kk}\n{kk}\n{numero(number)}", f"{body.name_ru}\n{ru}\n{numero(number)}")


def _what_is_transmitted(report: MonitoringReport) -> Text:
    """The body's name begins the sentence, so that it stands in either language as it is called."""
    body = report.organisation
    return text(
        f"{body.name_kk} {RECOMMENDATIONS['kk']} Орнықты даму мақсаттарының міндеттері мен "
        f"индикаторларының іске асырылуын мониторингтеудің {report.year} жылғы нәтижелерін береді.",
        f"{body.name_ru} {RECOMMENDATIONS['ru']} передает результаты мониторинга реализации задач и "
        f"индикаторов Целей устойчивого развития за {report.year} год.",
    )


def _on_what_basis(report: MonitoringReport) -> Text:
    """The group's protocol, the room for it in a draft, or that there was none; the reason stays a mark."""
    if _is_without_consideration(report):
        return text(
            "Есеп жұмыс тобының қарауынсыз беріледі.", "Отчет передается без рассмотрения рабочей группой."
        )
    protocol = _dated_protocol(report, text("хаттамасы", "протокол заседания"))
    return text(
        f"Есепті Орнықты даму жөніндегі өңірлік жұмыс тобы қарады, негізі: отырыстың {protocol['kk']}.",
        f"Отчет рассмотрен Региональной рабочей группой по устойчивому развитию: {protocol['ru']}.",
    )


def _is_without_consideration(report: MonitoringReport) -> bool:
    return report.consideration is None and not is_letter_draft(report)


def _dated_protocol(report: MonitoringReport, nouns: Text) -> Text:
    """«… № 4 хаттамасы» / «протокол № 4 от …» after the given nouns, with room for both in a draft."""
    if report.consideration is None:
        return text(
            f"{UNDATED['kk']} {numero(ROOM)} {nouns['kk']}",
            f"{nouns['ru']} {numero(ROOM)} от {UNDATED['ru']}",
        )
    protocol = report.consideration.item.meeting.protocol
    day = protocol.dated or protocol.meeting.held_on
    return {language: dated_paper(noun, protocol.number, day, language) for language, noun in nouns.items()}


def _annexes(report: MonitoringReport) -> list[Text]:
    report_itself = text(
        f"1. {TITLE['kk']}, {report.year} жыл (2-қосымшаға сәйкес нысан бойынша), {SHEETS['kk']}",
        f"1. {TITLE['ru']} за {report.year} год (по форме согласно приложению 2), {SHEETS['ru']}",
    )
    if _is_without_consideration(report):
        return [report_itself]
    copy = _dated_protocol(report, text("хаттаманың көшірмесі", "Копия протокола"))
    return [report_itself, text(f"2. {copy['kk']}, {SHEETS['kk']}", f"2. {copy['ru']}, {SHEETS['ru']}")]


def _signatory(report: MonitoringReport, letter: HandOver | None) -> tuple[Text, Text]:
    """Who signs: the position with the body that it is of, and the name; room for both in a draft."""
    body = report.organisation
    if letter is None or not letter.signatory_name:
        return text(f"{ROOM}\n{body.name_kk}", f"{ROOM}\n{body.name_ru}"), blocks.EMPTY
    position = {
        language: _position(getattr(letter, f"signatory_position_{language}"), letter, body, language)
        for language in ("kk", "ru")
    }
    return position, blocks.same(letter.signatory_name)


def _position(typed: str, letter: HandOver, body: Any, language: str) -> str:
    """«Заместитель акима области (и.о.)», and of which body, unless it says so; nothing if untranslated."""
    if not typed:
        return ""
    words = f"{typed[0].upper()}{typed[1:]}"
    if letter.is_acting:
        words = acting(words, language)
    name = getattr(body, f"name_{language}")
    return words if any(proper in words for proper in _proper_names(name)) else f"{words}\n{name}"


def _proper_names(body: str) -> list[str]:
    """«Актюбинской» of «Акимат Актюбинской области»: what tells the body apart from others of its kind."""
    return [word for word in body.split() if word[0].isupper() and not word.startswith(("Акимат", "Аппарат"))]


# Registration


def is_letter_draft(report: MonitoringReport) -> bool:
    return report.status not in {Status.TRANSMITTED, Status.ACCEPTED}


def register_papers() -> None:
    """Make both papers known; called once, when the app loads."""
    register(
        PaperKind(
            name="report",
            model=MonitoringReport,
            snapshot=report_snapshot,
            period=lambda report: str(report.year),
            region=lambda report: report.region_id,
            title=text("Мониторинг жөніндегі есеп (2-қосымша)", "Отчет по мониторингу (приложение 2)"),
        )
    )
    register(
        PaperKind(
            name="letter",
            model=MonitoringReport,
            snapshot=letter_snapshot,
            period=lambda report: str(report.year),
            region=lambda report: report.region_id,
            title=LETTER,
            issued_by=frozenset({"transmit"}),
            is_draft=is_letter_draft,
            is_listed=False,
        )
    )
