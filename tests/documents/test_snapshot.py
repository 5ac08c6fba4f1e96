"""A snapshot is clean, complete and always the same text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.documents.blocks import column, group, paragraphs, plain, same, table, text, value
from apps.documents.snapshot import canonical, cleaned, fingerprint, untranslated
from tests.documents import samples

pytestmark = pytest.mark.embedded


def test_same_paper_has_same_fingerprint_whatever_the_order_of_its_keys():
    paper = {"b": {"kk": "Тізбе", "ru": "Перечень"}, "a": ["1,5"]}
    assert fingerprint(paper) == fingerprint(dict(reversed(paper.items())))
    assert canonical(paper) == '{"a":["1,5"],"b":{"kk":"Тізбе","ru":"Перечень"}}'


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("а\x00б\x0bв\x1f", "абв"),
        ("бір\r\nекі\rүш\u2028төрт", "бір\nекі\nүш\nтөрт"),
        ("кет\u202eаракп", "кетаракп"),
        ("\ud800Қала", "Қала"),
        ("й".join("\u0438\u0306"), "ий\u0306"),
        ("\u0438\u0306", "й"),
        ("Ә Ғ Қ Ң Ө Ұ Ү Һ І ₸ № «»\xa0– −5", "Ә Ғ Қ Ң Ө Ұ Ү Һ І ₸ № «»\xa0– −5"),
    ],
)
def test_words_are_cleaned_of_what_no_format_can_carry(typed, kept):
    assert cleaned({"rows": [[typed]]}) == {"rows": [[kept]]}


@given(st.text())
def test_cleaning_twice_changes_nothing(words):
    once = cleaned(words)
    assert cleaned(once) == once
    once.encode()


def test_places_without_words_are_named_in_both_languages():
    columns = [
        column("no", text("№", "№"), 10),
        column("name", text("Атауы", "Наименование"), 50),
        column("plan", text("Жоспар", "План"), 20, kind="number"),
    ]
    rows = [[plain("1."), text("Ана өлімі", ""), value("4,2")], [plain("2."), text("", ""), same("")]]
    missing = untranslated(
        {
            "title": text("Тізбе", "Перечень"),
            "blocks": [
                paragraphs(text("", "Пояснения " * 20)),
                table(columns, [group(rows, text("Іс-шара*", "Мероприятия*"))]),
            ],
        }
    )
    assert missing["ru"] == [{"kk": "Іс-шара, 1-жол, «Атауы»", "ru": "Мероприятия, строка 1, «Наименование»"}]
    (place,) = missing["kk"]
    assert place["kk"] == place["ru"]
    assert place["ru"].startswith("«Пояснения Пояснения")
    assert place["ru"].endswith("…»")


@pytest.mark.parametrize("kind", samples.PAPERS)
def test_samples_are_translated_throughout(kind):
    assert samples.PAPERS[kind]()["missing"] == {"kk": [], "ru": []}
