"""Annex 1 as data: the order's eight columns, its caption and explanations to the letter, nothing else.

Units, years, direction, status and remarks stay in the portal: the official form has no place for them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.documents import blocks
from apps.documents.blocks import text
from apps.documents.papers import PaperKind, register
from apps.grid.numbers import parse_number, spell
from apps.indicators.models import IndicatorList, IndicatorListItem

TITLE = text(
    "Өңірлерге арналған Орнықты даму мақсаттары индикаторларының тізбесі",
    "Перечень индикаторов Целей устойчивого развития для регионов",
)
CAPTION = text(
    "Қазақстан Республикасы\nҰлттық экономика\nминистрлігінің\n2024 жылғы «2» қазандағы\n"
    "№ 236 бұйрығына\n1-қосымша",
    "Приложение 1\nк приказу\nМинистерства\nнациональной экономики\nРеспублики Казахстан\n"
    "от «2» октября 2024 года\n№ 236",
)
COLUMNS = (
    blocks.column("row_no", text("№", "№"), 9, align="center", kind="ordinal"),
    blocks.column("code", text("индикатор №", "№ индикатора"), 22.5, align="center"),
    blocks.column("national", text("Ұлттық индикатор", "Национальный индикатор"), 54),
    blocks.column("regional", text("Өңірге арналған индикатор", "Индикатор для региона"), 60),
    blocks.column(
        "classification",
        text("Жіктеу 1,\xa02,\xa03", "Классификация 1,\xa02,\xa03"),
        29.5,
        align="center",
        kind="number",
    ),
    blocks.column("baseline", text("Базалық мәні", "Базовое значение"), 20.5, align="center", kind="number"),
    blocks.column("target", text("Нысаналы мәні", "Целевое значение"), 20.5, align="center", kind="number"),
    blocks.column("responsible", text("Жауапты ЖАО", "Ответственный МИО"), 51),
)
CLASSES = (
    text("Индикаторлардың жіктелуі:", "Классификация индикаторов:"),
    text("1 – өзекті индикаторлар;", "1 – актуальные индикаторы;"),
    text("2 – мониторингке арналған индикаторлар;", "2 – индикаторы для мониторинга;"),
    text("3 – іс-шаралар.", "3 – мероприятия."),
)
EXPLANATIONS_HEADING = text(
    "Индикаторларды жіктелуі бойынша түсіндірмелер:", "Пояснения по классификации индикаторов:"
)
EXPLANATIONS = (
    text(
        "Өзекті индикаторлар – бұл мемлекеттік жоспарлау жүйесінің құжаттарына міндетті интеграциялау үшін "
        "айқындалған басым мәселелер бойынша индикаторлар. Бұл индикаторлар мемлекеттің басым міндеттеріне "
        "сәйкес келеді және олар бойынша пәрменді және тиімді шаралар қабылдау бөлігінде жүйелі жұмыс "
        "жүргізу қажет.",
        "Актуальные индикаторы – это индикаторы по приоритетным вопросам, которые определены для "
        "обязательной интеграции в документы системы государственного планирования. Эти индикаторы "
        "соответствуют приоритетным задачам государства и по ним необходимо провести системную работу в "
        "части принятия действенных и эффективных мер.",
    ),
    text(
        "Мониторингке арналған индикаторлар – бұл тиісті мемлекеттік органдардың мониторинг жүргізуі "
        "жеткілікті болатын индикаторлар. Бұл топқа оң динамикасы бар және қол жеткізілу дәрежесі жоғары "
        "индикаторлар, сондай-ақ жүйелі шаралар іске асырылатын индикаторлар белгіленді. Мұндай "
        "индикаторлар бойынша мемлекеттік жоспарлау жүйесінің құжаттарына міндетті интеграциялау "
        "талап етілмейді.",
        "Индикаторы для мониторинга – это индикаторы, по которым достаточно проведение мониторинга "
        "соответствующими государственными органами. В эту группу определены индикаторы с положительной "
        "динамикой и высокой степенью достижения индикатора, а также индикаторы, по которым реализуются "
        "системные меры. По таким индикаторам не требуется обязательная интеграция в документы системы "
        "государственного планирования.",
    ),
    text(
        "Іс-шаралар – бұл ұлттық индикаторларды іске асыруға бағытталған шаралар.",
        "Мероприятия – это меры, направленные на реализацию национальных индикаторов.",
    ),
)


def snapshot(paper: IndicatorList) -> dict[str, Any]:
    """Put the list into words as it now stands."""
    rows = [row(number, item) for number, item in enumerate(paper.items.all(), start=1)]
    return {
        "dated": (paper.approved_on or paper.agreed_on or paper.sent_on or timezone.localdate()).isoformat(),
        "orientation": "landscape",
        "title": TITLE,
        "blocks": [
            blocks.lines("caption", CAPTION),
            blocks.table(COLUMNS, [blocks.group(rows)]),
            blocks.paragraphs(*CLASSES, EXPLANATIONS_HEADING, *EXPLANATIONS, together=True),
        ],
    }


def row(number: int, item: IndicatorListItem) -> list[blocks.Cell]:
    """The eight cells of a row."""
    return [
        blocks.ordinal(number),
        blocks.plain(item.code),
        blocks.of(item, "national"),
        blocks.of(item, "regional"),
        class_cell(item.classification),
        typed(item.baseline),
        typed(item.target),
        blocks.of(item, "responsible"),
    ]


def class_cell(classification: int | None) -> blocks.Cell:
    return blocks.value(str(classification), Decimal(classification)) if classification else blocks.EMPTY


def typed(value: str) -> blocks.Cell:
    """A value as people read it, and its number where it is one: «12,5 %» is 12.5 with its sign."""
    return blocks.value(spell(value), parse_number(value).value)


register(
    PaperKind(
        name="list",
        model=IndicatorList,
        snapshot=snapshot,
        period=lambda paper: str(paper.year),
        region=lambda paper: paper.region_id,
        title=_("Annex 1"),
    )
)
