"""Which words a file prints: of one language, or of both with Kazakh above."""

import pytest

from apps.documents.blocks import paragraphs, plain, same, text, value
from apps.documents.editions import Edition, Piece, TranslationMissing
from tests.documents.samples import annex_1, annex_2, snapshot

pytestmark = pytest.mark.embedded


@pytest.fixture
def half_translated():
    return snapshot(
        "list",
        orientation="portrait",
        title=text("Тізбе", "Перечень"),
        blocks=[paragraphs(text("Тек қазақша", ""), text("Екеуі де", "Оба"))],
    )


def test_language_that_lacks_words_has_no_file(half_translated):
    with pytest.raises(TranslationMissing) as missing:
        Edition(half_translated, "ru")
    assert missing.value.language == "ru"
    assert missing.value.named("kk") == ["«Тек қазақша»"]


def test_missing_words_block_only_their_language(half_translated):
    assert Edition(half_translated, "kk").pieces(text("Тек қазақша", "")) == [Piece("kk", "Тек қазақша")]
    both = Edition(half_translated, "kk-ru")
    assert both.printed(text("Тек қазақша", "")) == "Тек қазақша\n[нет перевода]"
    assert both.printed(text("", "Только по-русски")) == "[аудармасы жоқ]\nТолько по-русски"


def test_bilingual_copy_has_kazakh_above_and_numbers_once():
    both = Edition(annex_1(), "kk-ru")
    assert both.printed(text("Атауы", "Наименование")) == "Атауы\nНаименование"
    assert both.printed(value("4,2")) == "4,2"
    assert both.printed(plain("1.2.1")) == "1.2.1"
    assert both.printed(text("Факт", "Факт")) == "Факт"
    assert both.pieces(text("", "")) == []


def test_fact_said_alike_in_both_languages_is_printed_once_under_both_names():
    both = Edition(annex_1(), "kk-ru")
    name = text("Хатшы", "Секретарь")
    assert both.pairs(name, same("Ә. Қ. Нұрланова")) == [
        (Piece("", "Хатшы / Секретарь"), Piece("kk", "Ә. Қ. Нұрланова"))
    ]
    assert both.pairs(name, text("жоқ", "нет")) == [
        (Piece("kk", "Хатшы"), Piece("kk", "жоқ")),
        (Piece("ru", "Секретарь"), Piece("ru", "нет")),
    ]


def test_title_stands_below_caption_and_form():
    order = [(block["type"], block.get("style")) for block in Edition(annex_2(), "ru").blocks()]
    assert order == [
        ("lines", "caption"),
        ("lines", "form"),
        ("title", None),
        ("table", None),
        ("paragraphs", "note"),
    ]


def test_title_of_file_is_one_line():
    paper = snapshot("protocol", orientation="portrait", title=text("Топ\nХАТТАМА", "ПРОТОКОЛ"), blocks=[])
    assert Edition(paper, "kk-ru").title == "Топ ХАТТАМА / ПРОТОКОЛ"
