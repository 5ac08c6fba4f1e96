"""Annex 2 word for word, and the letter that takes it to the working body."""

import datetime

import pytest

from apps.documents.papers import kinds
from apps.monitoring.documents import month_of
from apps.workflow.models import HandOver
from tests.factories.monitoring import LineFactory, ReportFactory, decision_on
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

BLANK = "\xa0" * 4


@pytest.fixture
def report():
    return ReportFactory(
        organisation__name_kk="Ақтөбе облысының әкімдігі",
        organisation__name_ru="Акимат Актюбинской области",
        submitted_on=datetime.date(2027, 1, 14),
    )


def blocks(paper) -> dict[str, dict]:
    return {block["type"]: block for block in paper["blocks"]}


def test_the_form_is_the_orders_to_the_letter(report):
    paper = kinds["report"].take(report)
    assert paper["orientation"] == "landscape"
    assert paper["title"] == {
        "kk": "Орнықты даму мақсаттарының міндеттері мен индикаторларының іске асырылуын мониторингтеу",
        "ru": "Мониторинг реализации задач и индикаторов Целей устойчивого развития",
    }
    caption, form, table, footnote = paper["blocks"]
    assert caption["style"] == "caption"
    assert caption["items"][0]["kk"].endswith(f"2024 жылғы «{BLANK}»\n№{BLANK}бұйрығына\n2-қосымша")
    assert caption["items"][0]["ru"].endswith(f"от «{BLANK}» 2024 года\n№")
    assert (form["style"], form["items"]) == ("form", [{"kk": "Нысан", "ru": "Форма"}])
    assert [column["heading"]["kk"] for column in table["columns"]] == [
        "р/с №",
        "Атауы",
        "Жауаптылар",
        "Ақпарат көзі",
        "Өлшем бірлігі",
        "Есепті жыл",
        "Жоспар",
        "Факт",
        "Қажет болған кезде түсіндірмелер",
    ]
    assert [column["heading"]["ru"] for column in table["columns"]] == [
        "№ п/п",
        "Наименование",
        "Ответственные",
        "Источник информации",
        "Единица измерения",
        "Отчетный год",
        "План",
        "Факт",
        "Пояснения при необходимости",
    ]
    assert table["ordinals"] is True
    assert [group["title"] for group in table["groups"]] == [
        {"kk": "Индикаторлар", "ru": "Индикаторы"},
        {"kk": "Іс-шара*", "ru": "Мероприятия*"},
    ]
    assert footnote["items"] == [
        {
            "kk": "* Бастамашыл топ аудандық деңгейде индикаторлар болмаған жағдайда іс-шаралар бойынша "
            "есептілік нысанын толтырады",
            "ru": "* Инициативная группа заполняет форму отчетности по мероприятиям в случае отсутствия "
            "индикаторов на районном уровне",
        }
    ]


def test_rows_are_numbered_in_each_section_and_keep_what_was_typed(report):
    LineFactory(report=report, position=1, fact="2512.40", fact_value="2512.4", comment_kk="Баға өсті")
    LineFactory(report=report, position=2, plan="кемінде 90", plan_value=None)
    LineFactory(report=report, position=1, measure=True)
    indicators, measures = blocks(kinds["report"].take(report))["table"]["groups"]
    assert [row[0] for row in indicators["rows"]] == [{"text": "1."}, {"text": "2."}]
    assert [row[0] for row in measures["rows"]] == [{"text": "1."}]
    first, second = indicators["rows"]
    assert first[5] == {"number": "2026", "kk": "2026", "ru": "2026"}
    assert first[7] == {"number": "2512.4", "kk": "2\xa0512,40", "ru": "2\xa0512,40"}
    assert second[6] == {"kk": "кемінде 90", "ru": "кемінде 90"}


def test_what_the_portal_keeps_besides_stays_out_of_the_form(report):
    LineFactory(report=report, fact_status="estimate")
    row = blocks(kinds["report"].take(report))["table"]["groups"][0]["rows"][0]
    assert len(row) == 9
    assert not any("оценка" in cell.get("ru", "") for cell in row)


def test_a_row_says_when_its_data_will_exist(report):
    LineFactory(report=report, awaited=True)
    row = blocks(kinds["report"].take(report))["table"]["groups"][0]["rows"][0]
    assert row[7] == {"kk": "", "ru": ""}
    assert row[8] == {
        "kk": "Деректер күтілуде: 2027 жылғы сәуір",
        "ru": "Данные ожидаются: апрель 2027 года",
    }


@pytest.mark.parametrize(("month", "ru"), [(1, "январь"), (5, "май"), (8, "август"), (12, "декабрь")])
def test_months_stand_in_the_nominative(month, ru):
    assert month_of(datetime.date(2027, month, 1), "ru") == f"{ru} 2027 года"


def test_a_line_without_translation_is_named_under_the_language_that_lacks_it(report):
    LineFactory(report=report, comment_ru="Рост цен")
    missing = kinds["report"].take(report)["missing"]
    assert missing["ru"] == []
    [place] = missing["kk"]
    assert place["kk"] == "Индикаторлар, 1-жол, «Қажет болған кезде түсіндірмелер»"


def test_an_empty_report_still_is_the_form(report):
    table = blocks(kinds["report"].take(report))["table"]
    assert [group["rows"] for group in table["groups"]] == [[], []]


def words(paper, language: str) -> str:
    said = []
    for block in paper["blocks"]:
        for item in block["items"]:
            said += [item[language]] if language in item else [part[language] for part in item.values()]
    return "\n".join(said)


def hand_over(report, **fields) -> HandOver:
    return HandOver.objects.create(
        paper=report,
        transition="transmit",
        entered_by=UserFactory(),
        outgoing_number="12-3/201",
        outgoing_date=datetime.date(2027, 1, 28),
        signatory_name="С. Ж. Ахметов",
        signatory_position_kk="облыс әкімінің орынбасары",
        signatory_position_ru="заместитель акима области",
        **fields,
    )


def test_the_letter_cites_the_point_the_protocol_and_its_annexes(report):
    report.consideration = decision_on(report)
    hand_over(report)
    paper = kinds["letter"].take(report)
    assert paper["dated"] == "2027-01-28"
    kk, ru = words(paper, "kk"), words(paper, "ru")
    assert "Акимат Актюбинской области\n28 января 2027 года\n№\xa012-3/201" in ru
    assert "В Рабочий орган\nКоординационного совета\nпо Целям устойчивого развития" in ru
    assert (
        "Акимат Актюбинской области в соответствии с пунктом 27 Методических рекомендаций, утвержденных "
        "приказом Министерства национальной экономики Республики Казахстан от 2 октября 2024 года №\xa0236, "
        "передает результаты мониторинга"
    ) in ru
    assert "протокол заседания №\xa04 от 21 января 2027 года" in ru
    assert "2027 жылғы 28 қаңтар\n№\xa012-3/201" in kk
    assert "үйлестіру кеңесінің жұмыс органына" in kk
    assert "Ақтөбе облысының әкімдігі Қазақстан Республикасы Ұлттық экономика министрлігінің" in kk
    assert "1. Мониторинг реализации задач" in ru
    assert "(по форме согласно приложению 2), на\xa0____\xa0л." in ru
    assert "(2-қосымшаға сәйкес нысан бойынша), ____\xa0парақта." in kk
    assert "2. Копия протокола №\xa04 от 21 января 2027 года, на\xa0____\xa0л." in ru
    assert "2. 2027 жылғы 21 қаңтардағы №\xa04 хаттаманың көшірмесі, ____\xa0парақта." in kk
    assert "ыписка" not in ru
    assert "отырыстың 2027 жылғы 21 қаңтардағы №\xa04 хаттамасы" in kk
    assert "Облыс әкімінің орынбасары\nАқтөбе облысының әкімдігі\nС. Ж. Ахметов" in kk


def sent(report):
    """The report as it is once its letter has gone."""
    report.status = "transmitted"
    return report


def test_the_letter_says_that_the_group_has_not_considered_the_report(report):
    """The reason is one text in one language: it stays with the mark in the portal."""
    report.add_mark("without_consideration", "Отырыс өткізілмеді")
    hand_over(report)
    paper = kinds["letter"].take(sent(report))
    kk, ru = words(paper, "kk"), words(paper, "ru")
    assert "Есеп жұмыс тобының қарауынсыз беріледі." in kk
    assert "Отчет передается без рассмотрения рабочей группой." in ru
    assert "Отырыс өткізілмеді" not in kk + ru
    assert "хаттама" not in kk
    assert "протокол" not in ru.lower()


def test_whoever_signs_for_another_is_called_acting_once(report):
    report.consideration = decision_on(report)
    letter = hand_over(report, is_acting=True)
    paper = kinds["letter"].take(report)
    assert "Облыс әкімінің орынбасары (м.а.)\n" in words(paper, "kk")
    assert "Заместитель акима области (и.о.)\n" in words(paper, "ru")
    letter.signatory_position_ru = "И. о. акима Актюбинской области"
    letter.save()
    assert "\nИ. о. акима Актюбинской области\nС. Ж. Ахметов" in words(kinds["letter"].take(report), "ru")


def test_a_position_without_translation_is_asked_for(report):
    report.consideration = decision_on(report)
    letter = hand_over(report, is_acting=True)
    letter.signatory_position_kk = ""
    letter.save()
    missing = kinds["letter"].take(report)["missing"]
    assert [place["ru"] for place in missing["kk"]] == [
        "«Заместитель акима области (и.о.) Акимат Актюбинской области»"
    ]
    assert missing["ru"] == []


def test_an_explanation_without_translation_is_asked_for_beside_the_awaited_month(report):
    LineFactory(report=report, awaited=True, comment_kk="Есеп қыркүйекте шығады", comment_ru="")
    taken = kinds["report"].take(report)
    [place] = taken["missing"]["ru"]
    assert place["ru"] == "Индикаторы, строка 1, «Пояснения при необходимости»"
    assert blocks(taken)["table"]["groups"][0]["rows"][0][8] == {
        "kk": "Есеп қыркүйекте шығады\nДеректер күтілуде: 2027 жылғы сәуір",
        "ru": "",
    }


def test_a_letter_not_yet_sent_leaves_room_for_all_that_is_not_known(report):
    paper = kinds["letter"].take(report)
    kk, ru = words(paper, "kk"), words(paper, "ru")
    assert "№\xa0________" in ru
    assert "протокол заседания №\xa0________ от «__» ________ 20__ года" in ru
    assert "20__ жылғы «__» ________ №\xa0________ хаттамасы" in kk
    assert "без рассмотрения" not in ru
    assert "қарауынсыз" not in kk
    assert "Аким\n" not in ru
    assert kinds["letter"].latest(report) is None


@pytest.mark.parametrize("state", ["submitted", "considered", "transmitted", "accepted"])
def test_the_letter_is_a_draft_until_it_is_sent(state):
    sent = state in {"transmitted", "accepted"}
    assert kinds["letter"].is_draft(ReportFactory(**{state: True})) is not sent
