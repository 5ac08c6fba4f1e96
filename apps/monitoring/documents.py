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
    blocks.column("name", text("Атауы", "Наименование"), 62),
    blocks.column("responsible", text("Жауаптылар", "Ответственные"), 42),
    blocks.column("data_source", text("Ақпарат көзі", "Источник информации"), 29),
    blocks.column("unit", text("Өлшем бірлігі", "Единица измерения"), 28),
    blocks.column("reporting_year", text("Есепті жыл", "Отчетный год"), 19, align="center"),
    blocks.column("plan_value", text("Жоспар", "План"), 18, align="center", kind="number"),
    blocks.column("actual_value", text("Факт", "Факт"), 18, align="center", kind="number"),
    blocks.column("comment", text("Қажет болған кезде түсіндірмелер", "Пояснения при необходимости"), 39),
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
    "В соответствии с пунктом 27 Методических рекомендаций, утвержденных приказом Министерства национальной "
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
        blocks.plain(line.reporting_year),
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
    return text(*("\n".join(filter(None, (words[key], awaited[key]))) for key in ("kk", "ru")))


def month_of(day: datetime.date, language: str) -> str:
    """«2027 жылғы сәуір» / «апрель 2027 года»."""
    if language == "kk":
        return f"{day.year} жылғы {MONTHS[day.month - 1].kk}"
    with override("ru"):
        return f"{date_format(day, 'F').lower()} {day.year} года"


# The covering letter


def letter_snapshot(report: MonitoringReport) -> dict[str, Any]:
    """The akimat's letter: on what ground it transmits what to the working body, on what basis, annexes."""
    letter = HandOver.objects.of(report).filter(transition="transmit").last()
    return {
        "dated": _day(letter.outgoing_date if letter else report.transmitted_on),
        "orientation": "portrait",
        "title": LETTER,
        "untitled": True,
        "blocks": [
            blocks.lines("place", _sender(report, letter), ADDRESSEE),
            blocks.paragraphs(_what_is_transmitted(report), _on_what_basis(report), *_annexes(report)),
            blocks.signatures(_signatory(letter)),
        ],
    }


def _day(day: datetime.date | None) -> str:
    return (day or timezone.localdate()).isoformat()


def _sender(report: MonitoringReport, letter: HandOver | None) -> Text:
    """The akimat with the number and date of its letter, or the room for them."""
    body, number = report.organisation, (letter and letter.outgoing_number) or "________"
    kk, ru = "20__ жылғы «__» ________", "«__» ________ 20__ года"
    if letter and letter.outgoing_date:
        kk, ru = date_paper(letter.outgoing_date, "kk"), date_paper(letter.outgoing_date, "ru")
    return text(f"{body.name_kk}\n{kk}\n{numero(number)}", f"{body.name_ru}\n{ru}\n{numero(number)}")


def _what_is_transmitted(report: MonitoringReport) -> Text:
    body = report.organisation
    return text(
        f"{RECOMMENDATIONS['kk']} {body.name_kk} Орнықты даму мақсаттарының міндеттері мен индикаторларының "
        f"іске асырылуын мониторингтеудің {report.year} жылғы нәтижелерін береді.",
        f"{RECOMMENDATIONS['ru']} {body.name_ru} передает результаты мониторинга реализации задач и "
        f"индикаторов Целей устойчивого развития за {report.year} год.",
    )


def _on_what_basis(report: MonitoringReport) -> Text:
    if report.consideration is None:
        reason = next(
            (mark["reason"] for mark in report.marks if mark["code"] == "without_consideration"), ""
        )
        return text(
            f"Есеп жұмыс тобының қарауынсыз беріледі. Себебі: {reason}",
            f"Отчет передается без рассмотрения рабочей группой. Причина: {reason}",
        )
    return text(
        "Есепті Орнықты даму жөніндегі өңірлік жұмыс тобы қарады, негізі: " + _protocol(report, "kk") + ".",
        "Отчет рассмотрен Региональной рабочей группой по устойчивому развитию: "
        + _protocol(report, "ru")
        + ".",
    )


def _protocol(report: MonitoringReport, language: str) -> str:
    protocol = report.consideration.item.meeting.protocol  # type: ignore[union-attr]
    noun = "хаттамасы" if language == "kk" else "протокол заседания"
    words = dated_paper(noun, protocol.number, protocol.dated or protocol.meeting.held_on, language)
    return f"отырыстың {words}" if language == "kk" else words


def _annexes(report: MonitoringReport) -> list[Text]:
    annexes = [
        text(
            f"Қосымша: 1. {TITLE['kk']}, {report.year} жыл (2-қосымшаға сәйкес нысан бойынша).",
            f"Приложение: 1. {TITLE['ru']} за {report.year} год (по форме согласно приложению 2).",
        )
    ]
    if report.consideration:
        annexes.append(
            text(
                f"2. Хаттамадан үзінді көшірме: {_protocol(report, 'kk')}.",
                f"2. Выписка из протокола: {_protocol(report, 'ru')}.",
            )
        )
    return annexes


def _signatory(letter: HandOver | None) -> tuple[Text, Text]:
    if letter is None or not letter.signatory_name:
        return text("Әкім", "Аким"), blocks.EMPTY
    position = blocks.of(letter, "signatory_position")
    if letter.is_acting:
        position = text(f"{position['kk']} (м.а.)", f"{position['ru']} (и.о.)")
    return position, blocks.same(letter.signatory_name)


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
