"""A workbook shows a number as it was typed."""

import pytest

from apps.documents.renderers.numbers import number_format

pytestmark = pytest.mark.embedded


@pytest.mark.parametrize(
    ("typed", "exact", "shown"),
    [
        ("4,2", "4.2", "0.0"),
        ("4,20", "4.2", "0.00"),
        ("4.20", "4.2", "0.00"),
        ("100", "100", "0"),
        ("0,05", "0.05", "0.00"),
        ("007", "7", "000"),
        ("2\xa0512,40", "2512.4", "#,##0.00"),
        ("1 234 567", "1234567", "#,##0"),
        ("-5", "-5", "0"),
        ("−5,5", "-5.5", '0.0;"−"0.0'),
        ("+3", "3", '"+"0'),
        ("12,5\xa0%", "12.5", '0.0"\xa0%"'),
    ],
)
def test_format_keeps_what_was_typed(typed, exact, shown):
    assert number_format(typed, exact, "kk") == f"[$-43F]{shown}"
    assert number_format(typed, exact, "ru") == f"[$-419]{shown}"


@pytest.mark.parametrize(
    ("typed", "exact"),
    [
        ("не менее 90", "90"),
        ("15–24", "15"),
        ("12,5 тыс.", "12500"),
        ("1234567890,1234567", "1234567890.1234567"),
        ('5"', "5"),
        ("", "0"),
        ("бес", "5"),
    ],
)
def test_what_no_format_can_show_stays_words(typed, exact):
    assert number_format(typed, exact, "ru") is None
