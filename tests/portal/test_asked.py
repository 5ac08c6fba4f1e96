"""A query taken apart, by hand."""

import datetime

import pytest

from apps.portal.asked import Asked, asked, beginnings

DAY = datetime.date(2026, 12, 18)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("хаттама", Asked(kinds=frozenset({"protocol"}))),
        ("протокол № 4", Asked(("4",), frozenset({"protocol"}))),
        ("протокол №4", Asked(("4",), frozenset({"protocol"}))),
        ("протокол № 4 от 18 декабря 2026 года", Asked(("4",), frozenset({"protocol"}), day=DAY)),
        ("2026 жылғы 18 желтоқсандағы № 4 хаттама", Asked(("4",), frozenset({"protocol"}), day=DAY)),
        ("18.12.2026", Asked(day=DAY)),
        ("31.02.2026", Asked(("31.02.2026",))),
        ("31 февраля 2026", Asked(("31",), years=(2026,), months=(2,))),
        ("заседания в декабре 2026", Asked((), frozenset({"meeting"}), (2026,), (12,))),
        ("Отчёт за 2026 год", Asked((), frozenset({"report"}), (2026,))),
        ("2026 жылғы есеп", Asked((), frozenset({"report"}), (2026,))),
        ("перечень 2027", Asked((), frozenset({"list"}), (2027,))),
        ("ТІЗБЕСІ", Asked(kinds=frozenset({"list"}))),
        ("исх. № 12-3/999", Asked(("12-3/999",), frozenset({"letter"}))),
        ("01-5/77", Asked(("01-5/77",))),
        ("март", Asked(("март",))),
        ("Ахметов", Asked(("ахметов",))),
        ("", Asked()),
        ("№", Asked()),
    ],
)
def test_query_is_taken_apart(query, wanted):
    assert asked(query) == wanted


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("население", "населен"),
        ("Тұрғындардың үлесі", "Тұрғындард үлесі"),
        ("протокол № 4", "протокол № 4"),
        ("заседание декабря 2026", "заседание декабря 2026"),
        ("12-3/145 город", "12-3/145 город"),
    ],
)
def test_endings_of_long_words_are_left_off(query, wanted):
    assert beginnings(query) == wanted
