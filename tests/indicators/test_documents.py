"""Annex 1 to the letter."""

import io
import json

import pytest
from openpyxl import load_workbook

from apps.documents.papers import kinds, render_draft
from apps.indicators.documents import snapshot
from tests.factories.indicators import IndicatorListFactory, IndicatorListItemFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

HEADINGS = {
    "kk": [
        "№",
        "индикатор №",
        "Ұлттық индикатор",
        "Өңірге арналған индикатор",
        "Жіктеу 1,\xa02,\xa03",
        "Базалық мәні",
        "Нысаналы мәні",
        "Жауапты ЖАО",
    ],
    "ru": [
        "№",
        "№ индикатора",
        "Национальный индикатор",
        "Индикатор для региона",
        "Классификация 1,\xa02,\xa03",
        "Базовое значение",
        "Целевое значение",
        "Ответственный МИО",
    ],
}
ORDER = {
    "kk": ("Өңірлерге арналған Орнықты даму мақсаттары индикаторларының тізбесі", "ЖАО"),
    "ru": ("Перечень индикаторов Целей устойчивого развития для регионов", "МИО"),
}


@pytest.fixture
def paper():
    return IndicatorListFactory()


def test_snapshot_has_the_eight_columns_caption_and_explanations(paper):
    IndicatorListItemFactory(indicator_list=paper, code="1.2.1")
    data = snapshot(paper)
    caption, table, below = data["blocks"]
    for language, headings in HEADINGS.items():
        assert [column["heading"][language] for column in table["columns"]] == headings
        assert data["title"][language] == ORDER[language][0]
    assert caption["items"][0]["ru"].split("\n")[0] == "Приложение 1"
    assert caption["items"][0]["ru"].endswith("от «2» октября 2024 года\n№ 236")
    assert caption["items"][0]["kk"].endswith("2024 жылғы «2» қазандағы\n№ 236 бұйрығына\n1-қосымша")
    assert [item["ru"] for item in below["items"][:4]] == [
        "Классификация индикаторов:",
        "1 – актуальные индикаторы;",
        "2 – индикаторы для мониторинга;",
        "3 – мероприятия.",
    ]
    assert below["items"][4]["kk"] == "Индикаторларды жіктелуі бойынша түсіндірмелер:"
    assert len(below["items"]) == 8
    assert data["orientation"] == "landscape"
    assert table["ordinals"] is False


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_sentence_stands_in_the_order(paper, language, request):
    order = request.config.rootpath.parent / "shared" / "order" / f"order-236-{language}.txt"
    if not order.exists():
        pytest.skip("the order's text is not here")
    said = " ".join(order.read_text(encoding="utf-8").replace("- ", " ").split())
    for block in snapshot(paper)["blocks"]:
        for item in block.get("items", ()):
            assert " ".join(item[language].split()) in said


def test_row_prints_numbers_once_and_words_in_both_languages(paper):
    IndicatorListItemFactory(
        indicator_list=paper, code="1.2.1", baseline="1234.5", target="кемінде 90", target_value=None
    )
    [group] = snapshot(paper)["blocks"][1]["groups"]
    [row] = group["rows"]
    assert row[0] == {"text": "1."}
    assert row[1] == {"text": "1.2.1"}
    assert set(row[2]) == {"kk", "ru"}
    assert row[4] == {"number": "1", "kk": "1", "ru": "1"}
    assert row[5] == {"number": "1234.5", "kk": "1\xa0234,5", "ru": "1\xa0234,5"}
    assert row[6] == {"kk": "кемінде 90", "ru": "кемінде 90"}


def test_percent_is_a_number_with_its_sign_as_in_annex_2(paper):
    IndicatorListItemFactory(indicator_list=paper, baseline="12.5%", target="+5")
    [row] = snapshot(paper)["blocks"][1]["groups"][0]["rows"]
    assert row[5] == {"number": "12.5", "kk": "12,5\xa0%", "ru": "12,5\xa0%"}
    assert row[6] == {"number": "5", "kk": "+5", "ru": "+5"}


def test_what_the_order_does_not_print_stays_out(paper):
    IndicatorListItemFactory(indicator_list=paper, unit_kk="пайыз-бірлік", own_reason="себебі-мынау")
    said = json.dumps(snapshot(paper), ensure_ascii=False)
    assert "пайыз-бірлік" not in said
    assert "себебі-мынау" not in said
    assert "2030" not in said


def test_missing_translation_names_its_row_and_blocks_that_language_only(paper):
    IndicatorListItemFactory(indicator_list=paper)
    IndicatorListItemFactory(indicator_list=paper, regional_ru="", responsible_ru="")
    taken = kinds["list"].take(paper)
    assert [place["ru"] for place in taken["missing"]["ru"]] == [
        "строка 2, «Индикатор для региона»",
        "строка 2, «Ответственный МИО»",
    ]
    assert taken["missing"]["kk"] == []
    assert taken["source"] == {"id": paper.pk, "region": paper.region_id, "period": "2027"}


@pytest.mark.parametrize("hostile", ["=1+1", "<b>x</b>", "a\x0bb", "@SUM(A1)", "ә" * 2000])
def test_workbook_of_the_draft_holds_text_as_text(paper, hostile):
    IndicatorListItemFactory(indicator_list=paper, regional_kk=hostile, baseline="4,2")
    sheet = load_workbook(io.BytesIO(render_draft(paper, "list", "kk", "xlsx"))).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    # a cell higher than a row of Excel goes on in the next row
    assert hostile.replace("\x0b", "") in "".join(str(cell.value or "") for cell in cells if cell.column == 4)
    assert any(cell.value in (4.2, "4.2") and cell.data_type == "n" for cell in cells)
