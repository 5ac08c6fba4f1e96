"""Which words a file prints: of one language, or of both with Kazakh above."""

import pytest

from apps.documents.blocks import paragraphs, plain, same, shared, signatures, text, value
from apps.documents.editions import Edition, Piece, TranslationMissing, tied
from tests.documents.samples import annex_1, annex_2, letter, snapshot

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


def test_what_stands_beside_each_other_is_level_in_both_languages():
    (place,) = (block for block in letter()["blocks"] if block.get("style") == "place")
    first, second = Edition(letter(), "kk-ru").halves(place)
    assert [piece.language for half in (*first, *second) for piece in half] == ["kk", "kk", "ru", "ru"]
    assert second[1][0].words.startswith("В Рабочий орган")
    ((left, right),) = Edition(letter(), "ru").halves(place)
    assert (len(left), len(right)) == (1, 1)


def test_captions_stand_beside_each_other_only_in_two_languages():
    for language, is_beside in (("kk", False), ("ru", False), ("kk-ru", True)):
        above = Edition(annex_2(), language).blocks()[:2]
        assert [block["is_beside"] for block in above] == [is_beside] * 2


def test_title_of_file_is_one_line():
    paper = snapshot("protocol", orientation="portrait", title=text("Топ\nХАТТАМА", "ПРОТОКОЛ"), blocks=[])
    assert Edition(paper, "kk-ru").title == "Топ ХАТТАМА / ПРОТОКОЛ"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("от 2 октября 2024 года № 236", "от 2_октября 2024_года №_236"),
        ("2024 жылғы 2 қазандағы № 236", "2024_жылғы 2_қазандағы №_236"),
        ("за 2025 год", "за_2025_год"),
        ("12,5 % жоспардан", "12,5_% жоспардан"),
        ("С. Ж. Ахметов", "С._Ж._Ахметов"),
        ("№ индикатора", "№ индикатора"),
        ("код 5 мая", "код 5_мая"),
        ("в 2025 отчетном году", "в 2025 отчетном году"),
    ],
)
def test_what_belongs_on_one_line_is_tied(typed, printed):
    assert tied(typed) == printed.replace("_", "\xa0")


def test_bilingual_copy_prints_its_own_form_of_a_text():
    said = shared("1. А – әкім", "1. А – аким", "1. А – әкім / аким")
    assert Edition(annex_1(), "kk-ru").pieces(said) == [Piece("", "1. А – әкім / аким")]
    assert Edition(annex_1(), "ru").pieces(said) == [Piece("ru", "1. А – аким")]


@pytest.mark.parametrize(("last", "kept"), [("Короткая.", [True, True]), ("Длинная. " * 20, [False, True])])
def test_two_lines_of_the_text_stay_with_the_signatures(last, kept):
    paper = snapshot(
        "letter",
        orientation="portrait",
        title=text("Хат", "Письмо"),
        blocks=[paragraphs(same("Первый."), same(last)), signatures((same("Әкім"), same("А. Б.")))],
    )
    assert Edition(paper, "ru").blocks()[1]["kept"] == kept
