"""A report on its way out: Annex 2 as the order prints it, and the letter that takes it on."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from apps.documents import blocks
from apps.documents.blocks import Cell, Text, text
from apps.documents.papers import PaperKind, register
from apps.grid.numbers import spell
from apps.monitoring.models import MonitoringReport, ReportLine
from apps.organisations.models import Organisation
from apps.ui.dates import MONTHS, date_paper, dated_paper
from apps.workflow.models import HandOver

Status = MonitoringReport.Status

TITLE = text(
    "Орнықты даму мақсаттарының міндеттері мен индикаторларының іске асырылуын мониторингтеу",
    "Мониторинг реализации задач и индикаторов Целей устойчивого развития",
)
# The order itself leaves date and number of this annex blank.
CAPTION = (
    text("Қазақстан Республикасы", "Приложение 2"),
    text("Ұлттық экономика", "к приказу"),
    text("министрлігінің", "Министерства"),
    text("2024 жылғы «    »", "национальной экономики"),
    text("№    бұйрығына", "Республики Казахстан"),
    text("2-қосымша", "от «    » 2024 года"),
    text("", "№"),
)
FORM = text("Нысан", "Форма")
COLUMNS = (
    blocks.column("row_no", text("р/с №", "№ п/п"), 10, align="center", kind="ordinal"),
    blocks.column("name", text("Атауы", "Наименование"), 62),
    blocks.column("responsible", text("Жауаптылар", "Ответственные"), 38),
    blocks.column("data_source", text("Ақпарат көзі", "Источник информации"), 32),
    blocks.column("unit", text("Өлшем бірлігі", "Единица измерения"), 23),
    blocks.column("reporting_year", text("Есепті жыл", "Отчетный год"), 18, align="center"),
    blocks.column("plan", text("Жоспар", "План"), 21, align="right", kind="number"),
    blocks.column("fact", text("Факт", "Факт"), 23, align="right", kind="number"),
    blocks.column("comment", text("Қажет болған кезде түсіндірмелер", "Пояснения при необходимости"), 40),
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
    "Қазақстан Республикасы Ұлттық экономика министрлігінің 2024 жылғы 2 қазандағы № 236 бұйрығымен "
    "бекітілген Әдістемелік ұсынымдардың 27-тармағына сәйкес",
    "В соответствии с пунктом 27 Методических рекомендаций, утвержденных приказом Министерства национальной "
    "экономики Республики Казахстан от 2 октября 2024 года № 236,",
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
            blocks.lines("caption", *CAPTION),
            blocks.lines("form", FORM),
            blocks.heading(TITLE),
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
        blocks.value(spell(line.plan), line.plan_value),
        fact_of(line),
        blocks.of(line, "comment"),
    ]


def fact_of(line: ReportLine) -> Cell:
    """The fact as typed; where it does not exist yet, the month in which it will."""
    if line.fact or line.expected_on is None:
        return blocks.value(spell(line.fact), line.fact_value)
    return text(
        f"деректер күтілуде: {month_of(line.expected_on, 'kk')}",
        f"данные ожидаются: {month_of(line.expected_on, 'ru')}",
    )


def month_of(day: datetime.date, language: str) -> str:
    """«2027 ж. сәуір» / «апрель 2027 г.»."""
    if language == "kk":
        return f"{day.year} ж. {MONTHS[day.month - 1].kk}"
    with override("ru"):
        return f"{date_format(day, 'F').lower()} {day.year} г."


# The covering letter


def letter_snapshot(report: MonitoringReport) -> dict[str, Any]:
    """The akimat's letter: on what ground it transmits what to the working body, on what basis, annexes."""
    letter = HandOver.objects.of(report).filter(transition="transmit").last()
    return {
        "dated": _day(letter.outgoing_date if letter else report.transmitted_on),
        "orientation": "portrait",
        "title": text("Ілеспе хат", "Сопроводительное письмо"),
        "blocks": [
            blocks.lines("place", blocks.of(report.organisation, "name"), _number_and_date(letter)),
            blocks.lines("stamp", *_addressee()),
            blocks.paragraphs(_what_is_transmitted(report), _on_what_basis(report)),
            blocks.paragraphs(*_annexes(report)),
            blocks.signatures(_signatory(letter)),
        ],
    }


def _day(day: datetime.date | None) -> str:
    return (day or timezone.localdate()).isoformat()


def _number_and_date(letter: HandOver | None) -> Text:
    if letter is None or letter.outgoing_date is None:
        return text("20__ жылғы «__» ________ № ________", "от «__» ________ 20__ года № ________")
    number = letter.outgoing_number or "________"
    return text(
        f"{date_paper(letter.outgoing_date, 'kk')} № {number}",
        f"{date_paper(letter.outgoing_date, 'ru')} № {number}",
    )


def _addressee() -> tuple[Text, ...]:
    """The order names the working body and does not say who it is: its name follows the reference data."""
    body = Organisation.objects.council_working_body()
    return (
        text("Орнықты даму мақсаттары жөніндегі", "В Рабочий орган"),
        text("үйлестіру кеңесінің", "Координационного совета"),
        text("жұмыс органына", "по Целям устойчивого развития"),
        text(f"({body.short_kk or body.name_kk})", f"({body.short_ru or body.name_ru})"),
    )


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
    noun = "отырыстың хаттамасы" if language == "kk" else "протокол заседания"
    return dated_paper(noun, protocol.number, protocol.dated or protocol.meeting.held_on, language)


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
        position = text(f"{position['kk']} м.а.", f"И.о. {position['ru']}")
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
            title=TITLE,
        )
    )
    register(
        PaperKind(
            name="letter",
            model=MonitoringReport,
            snapshot=letter_snapshot,
            period=lambda report: str(report.year),
            region=lambda report: report.region_id,
            title=text("Ілеспе хат", "Сопроводительное письмо"),
            issued_by=frozenset({"transmit"}),
            is_draft=is_letter_draft,
            is_listed=False,
        )
    )
