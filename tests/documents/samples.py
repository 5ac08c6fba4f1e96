"""The papers of the order in both languages, filled with plausible rows of any number."""

from decimal import Decimal
from itertools import cycle
from typing import Any

from apps.documents.blocks import (
    EMPTY,
    column,
    facts,
    group,
    heading,
    lines,
    ordinal,
    paragraphs,
    plain,
    same,
    signatures,
    table,
    text,
    value,
)
from apps.documents.snapshot import SCHEMA, cleaned, untranslated
from apps.indicators import documents as annex1
from apps.monitoring import documents as annex2

INDICATORS = (
    (
        "1.2.1",
        text(
            "Табысы ең төмен күнкөріс деңгейінен төмен халықтың үлесі",
            "Доля населения, имеющего доходы ниже величины прожиточного минимума",
        ),
        text("%", "%"),
        "5,2",
    ),
    (
        "3.1.1",
        text(
            "Ана өлімінің коэффициенті (тірі туған 100 мың балаға шаққанда)",
            "Коэффициент материнской смертности (на 100 тысяч живорожденных)",
        ),
        text("100 мың тірі туғанға", "на 100 тыс. живорожденных"),
        "12,4",
    ),
    (
        "3.1.2",
        text(
            "Білікті медицина қызметкерлері қабылдаған босанулардың үлесі",
            "Доля родов, принятых квалифицированными медицинскими работниками",
        ),
        text("%", "%"),
        "99,90",
    ),
    (
        "5.5.2",
        text("Басшы лауазымдардағы әйелдердің үлесі", "Доля женщин на руководящих должностях"),
        text("%", "%"),
        "34,0",
    ),
    (
        "6.3.1",
        text(
            "Ағызылған сарқынды сулардың жалпы көлеміндегі қауіпсіз тазартылған сарқынды сулардың үлесі",
            "Доля безопасно очищаемых сточных вод в общем объеме пропущенных сточных вод",
        ),
        text("%", "%"),
        "98,0",
    ),
    (
        "8.5.1",
        text("Әйелдер мен ерлердің орташа сағаттық жалақысы", "Средний часовой заработок женщин и мужчин"),
        text("теңге", "тенге"),
        "2\xa0512,40",
    ),
    (
        "8.6.1",
        text(
            "Оқумен, жұмыспен және кәсіптік даярлықпен қамтылмаған 15–24 жастағы жастардың үлесі",
            "Доля молодежи 15–24 лет, которая не учится, не работает и не приобретает навыков",
        ),
        text("%", "%"),
        "6,5",
    ),
)
DEPARTMENTS = (
    text(
        "Ақтөбе облысының жұмыспен қамтуды үйлестіру және әлеуметтік бағдарламалар басқармасы",
        "Управление координации занятости и социальных программ Актюбинской области",
    ),
    text("Ақтөбе облысының денсаулық сақтау басқармасы", "Управление здравоохранения Актюбинской области"),
    text(
        "Ақтөбе облысының энергетика және тұрғын үй-коммуналдық шаруашылық басқармасы",
        "Управление энергетики и жилищно-коммунального хозяйства Актюбинской области",
    ),
    text("Ақтөбе облысы әкімінің аппараты", "Аппарат акима Актюбинской области"),
)
MEASURES = (
    text(
        "Хромтау қаласында модульдік тазарту құрылысжайларын іске қосу",
        "Ввод модульных очистных сооружений в городе Хромтау",
    ),
    text(
        "Аудандарда жұмыс істемейтін және оқымайтын жастарға арналған курстар өткізу",
        "Проведение курсов для неработающей и неучащейся молодежи в районах",
    ),
)
SOURCES = (
    text("Ұлттық статистика бюросы", "Бюро национальной статистики"),
    text("Денсаулық сақтау министрлігі", "Министерство здравоохранения"),
)


def typed(words: str) -> dict[str, str]:
    """A value as typed, with its number where it is one."""
    digits = words.replace("\xa0", "").replace(",", ".")
    return value(words, Decimal(digits) if digits.replace(".", "").isdigit() else None)


def snapshot(kind: str, **words: Any) -> dict[str, Any]:
    """What `PaperKind.take` makes of a paper."""
    source = {"id": 1, "region": "150000000", "period": "2026"}
    clean = cleaned(words)
    return {
        "schema": SCHEMA,
        "kind": kind,
        "source": source,
        "dated": "2026-12-18",
        **clean,
        "missing": untranslated(clean),
    }


def numbered(words: dict[str, str], number: int) -> dict[str, str]:
    return text(f"{words['kk']} ({number}-аудан)", f"{words['ru']} (район {number})")


def annex_1(rows: int = 3, *, told_apart: bool = False) -> dict[str, Any]:
    """`told_apart` gives every row words of its own, so that none is known from the row before."""
    chosen = zip(range(1, rows + 1), cycle(INDICATORS), cycle(DEPARTMENTS), strict=False)
    body = [
        [
            ordinal(number),
            plain(code),
            name,
            numbered(name, number) if told_apart else name,
            value(str(number % 3 + 1), Decimal(number % 3 + 1)),
            typed(known),
            typed("100" if number % 5 else "кемінде 90"),
            department,
        ]
        for number, (code, name, _unit, known), department in chosen
    ]
    return snapshot(
        "list",
        orientation="landscape",
        title=annex1.TITLE,
        blocks=[
            lines("caption", annex1.CAPTION),
            table(annex1.COLUMNS, [group(body)]),
            paragraphs(*annex1.CLASSES, annex1.EXPLANATIONS_HEADING, *annex1.EXPLANATIONS, together=True),
        ],
    )


def annex_2(rows: int = 3, measures: int = 2) -> dict[str, Any]:
    waiting = text("Деректер күтілуде: 2027 жылғы сәуір", "Данные ожидаются: апрель 2027 года")
    chosen = zip(range(1, rows + 1), cycle(INDICATORS), cycle(DEPARTMENTS), cycle(SOURCES), strict=False)
    indicators = [
        [
            ordinal(number),
            name,
            department,
            source,
            unit,
            value("2026", Decimal(2026)),
            typed(known),
            typed(known if number % 3 else ""),
            EMPTY if number % 3 else waiting,
        ]
        for number, (_code, name, unit, known), department, source in chosen
    ]
    done = [
        [
            ordinal(number),
            name,
            DEPARTMENTS[2],
            text("Іске қосу актісі", "Акт ввода"),
            text("бірлік", "единиц"),
            value("2026", Decimal(2026)),
            typed("1"),
            typed("1"),
            EMPTY,
        ]
        for number, name in zip(range(1, measures + 1), cycle(MEASURES), strict=False)
    ]
    sections = [
        group(rows_of, title)
        for rows_of, title in zip((indicators, done), annex2.SECTIONS.values(), strict=True)
    ]
    return snapshot(
        "report",
        orientation="landscape",
        title=annex2.TITLE,
        blocks=[
            lines("caption", annex2.CAPTION),
            lines("form", annex2.FORM),
            table(annex2.COLUMNS, sections, ordinals=True),
            paragraphs(annex2.FOOTNOTE, style="note"),
        ],
    )


def protocol() -> dict[str, Any]:
    chair = text("Ақтөбе облысы әкімінің орынбасары", "Заместитель акима Актюбинской области")
    secretary = text(
        "Ақтөбе облысының экономика және бюджеттік жоспарлау басқармасы басшысының орынбасары",
        "Заместитель руководителя управления экономики и бюджетного планирования Актюбинской области",
    )
    return snapshot(
        "protocol",
        orientation="portrait",
        title=text(
            "Ақтөбе облысының Орнықты даму жөніндегі өңірлік жұмыс тобы отырысының № 4 ХАТТАМАСЫ",
            "ПРОТОКОЛ № 4 заседания Региональной рабочей группы по устойчивому развитию Актюбинской области",
        ),
        blocks=[
            lines(
                "place",
                text("Ақтөбе қаласы", "город Актобе"),
                text("2026 жылғы 18 желтоқсан", "18 декабря 2026 года"),
            ),
            facts(
                (text("Уақыты", "Время"), same("10:00–11:20")),
                (text("Төрағалық еткен", "Председательствовал"), same("С. Ж. Ахметов")),
                (text("Хатшы", "Секретарь"), same("Ә. Қ. Нұрланова")),
                (
                    text("Қатысқандар", "Присутствовали"),
                    text("11 мүше (тізім қоса беріледі)", "11 членов (список прилагается)"),
                ),
                (text("Қатыспағандар", "Отсутствовали"), same("Г. Т. Өтегенов")),
                (text("Шақырылғандар", "Приглашенные"), text("жоқ", "нет")),
            ),
            paragraphs(text("Кворум бар.", "Кворум имеется.")),
            heading(text("КҮН ТӘРТІБІ", "ПОВЕСТКА ДНЯ")),
            paragraphs(
                text(
                    "1. Өңірлерге арналған Орнықты даму мақсаттары индикаторларының тізбесі туралы",
                    "1. О Перечне индикаторов Целей устойчивого развития для региона",
                ),
                text(
                    "2. 2026 жылға арналған мониторинг жөніндегі есепті қарау туралы",
                    "2. О рассмотрении отчета по мониторингу за 2026 год",
                ),
            ),
            heading(text("1-мәселе", "Вопрос 1")),
            facts(
                (
                    text("ТЫҢДАЛДЫ", "СЛУШАЛИ"),
                    text(
                        "Ә. Қ. Нұрланованың тізбенің жобасы туралы ақпараты.",
                        "Информацию Ә. Қ. Нұрлановой о проекте Перечня.",
                    ),
                ),
                (
                    text("ШЕШТІ", "РЕШИЛИ"),
                    text(
                        "Тізбені бекітуге ұсыну. Жауапты: экономика және бюджеттік жоспарлау басқармасы. "
                        "Орындау мерзімі: 2026 жылғы 25 желтоқсан.",
                        "Рекомендовать Перечень к утверждению. Ответственный: управление экономики и "
                        "бюджетного планирования. Срок исполнения: 25 декабря 2026 года.",
                    ),
                ),
                (
                    text("ДАУЫС БЕРДІ", "ГОЛОСОВАЛИ"),
                    text("жақтап – 11, қарсы – 0, қалыс қалды – 0", "за – 11, против – 0, воздержались – 0"),
                ),
            ),
            signatures(
                (text("Төраға,\n" + chair["kk"], "Председатель,\n" + chair["ru"]), same("С. Ж. Ахметов")),
                (
                    text("Хатшы,\n" + secretary["kk"], "Секретарь,\n" + secretary["ru"]),
                    same("Ә. Қ. Нұрланова"),
                ),
            ),
            heading(text("Қосымша. Қатысқандардың тізімі", "Приложение. Список присутствовавших")),
            table(
                [
                    column("row_no", text("№", "№"), 10, align="center", kind="ordinal"),
                    column("name", text("Тегі, аты-жөні", "Фамилия, инициалы"), 50),
                    column("position", text("Лауазымы", "Должность"), 110),
                ],
                [
                    group(
                        [
                            [ordinal(1), same("С. Ж. Ахметов"), chair],
                            [ordinal(2), same("Ә. Қ. Нұрланова"), secretary],
                        ]
                    )
                ],
            ),
        ],
    )


def letter() -> dict[str, Any]:
    return snapshot(
        "letter",
        orientation="portrait",
        untitled=True,
        title=text("Ілеспе хат", "Сопроводительное письмо"),
        blocks=[
            lines(
                "place",
                text(
                    "Ақтөбе облысының әкімдігі\n2027 жылғы 20 қаңтар\n№ 12-3/145",
                    "Акимат Актюбинской области\n20 января 2027 года\n№ 12-3/145",
                ),
                text(
                    "Орнықты даму мақсаттары жөніндегі\nүйлестіру кеңесінің жұмыс органына",
                    "В Рабочий орган\nКоординационного совета\nпо Целям устойчивого развития",
                ),
            ),
            paragraphs(
                text(
                    "Қазақстан Республикасы Ұлттық экономика министрлігінің 2024 жылғы 2 қазандағы № 236 "
                    "бұйрығымен бекітілген Қазақстан Республикасында Орнықты даму мақсаттарын жер-жерлерге "
                    "тарату жөніндегі әдістемелік ұсынымдардың 27-тармағына сәйкес Ақтөбе облысының әкімдігі "
                    "Орнықты даму мақсаттарының міндеттері мен индикаторларының іске асырылуын "
                    "мониторингтеудің 2026 жылғы нәтижелерін береді.",
                    "В соответствии с пунктом 27 Методических рекомендаций по локализации Целей устойчивого "
                    "развития в Республике Казахстан, утвержденных приказом Министерства национальной "
                    "экономики Республики Казахстан от 2 октября 2024 года № 236, акимат Актюбинской области "
                    "передает результаты мониторинга реализации задач и индикаторов Целей устойчивого "
                    "развития за 2026 год.",
                ),
                text(
                    "Есепті Өңірлік жұмыс тобы қарады (2027 жылғы 18 қаңтардағы № 1 хаттама).",
                    "Отчет рассмотрен Региональной рабочей группой (протокол № 1 от 18 января 2027 года).",
                ),
                text("Қосымша: 14 парақ.", "Приложение: на 14 листах."),
            ),
            signatures(
                (text("Облыс әкімінің орынбасары", "Заместитель акима области"), same("С. Ж. Ахметов"))
            ),
        ],
    )


PAPERS = {"list": annex_1, "report": annex_2, "protocol": protocol, "letter": letter}
