"""Numbers as they come from keyboards and from Excel."""

from decimal import Decimal

import pytest

from apps.grid.numbers import format_number, parse_number, spell

pytestmark = pytest.mark.embedded


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("33,3", "33.3"),
        ("0,1234", "0.1234"),
        ("12.5", "12.5"),
        ("1 234,5", "1234.5"),
        ("1\xa0234,5", "1234.5"),
        ("1\u202f234,5", "1234.5"),
        ("1\u2009234,5", "1234.5"),
        ("1\t234,5", "1234.5"),
        ("1'234,5", "1234.5"),
        ("1’234,5", "1234.5"),
        ("1 234.5", "1234.5"),
        ("475,962", "475.962"),
        ("1,234", "1.234"),
        ("1.234", "1.234"),
        ("−5", "-5"),
        ("–5", "-5"),
        ("-5", "-5"),
        ("+5", "5"),
        ("- 5", "-5"),
        ("-0", "0"),
        ("12,5%", "12.5"),
        ("12,5\xa0%", "12.5"),
        ("007", "7"),
        ("  7 ", "7"),
        ("1 000 000", "1000000"),
        ("12345678901234567890", "12345678901234567890"),
        ("0,12345678901", "0.1234567890"),
    ],
)
def test_number_is_read_as_meant(typed, value):
    number = parse_number(typed)
    assert (number.value, number.problem) == (Decimal(value), None)
    assert number.text == typed.strip()


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("1.234,5", ("1\xa0234,5", "1,2345")),
        ("1,234.5", ("1\xa0234,5", "1,2345")),
        ("4.120,5", ("4\xa0120,5", "4,1205")),
        ("-1.234,5", ("−1\xa0234,5", "−1,2345")),
        ("1.234,5 %", ("1\xa0234,5\xa0%", "1,2345\xa0%")),
        ("1.234.567,89", ("1\xa0234\xa0567,89", "1,23456789")),
    ],
)
def test_number_with_two_readings_is_a_question(typed, choices):
    number = parse_number(typed)
    assert (number.value, number.problem, number.choices) == (None, "ambiguous", choices)
    assert {parse_number(choice).problem for choice in choices} == {None}
    assert len({parse_number(choice).value for choice in choices}) == 2


@pytest.mark.parametrize(
    "typed",
    ["не менее 90", "кемінде 90", "1,2–1,5", "в 2 раза", "да", "1e5", "NaN", "Infinity", "5 %%", "٣", "1 2"],
)
def test_words_are_legal_and_have_no_number(typed):
    number = parse_number(typed)
    assert (number.value, number.problem, spell(typed)) == (None, "text", typed)


@pytest.mark.parametrize("typed", ["###", "12,5,0", "1.234.567", "12.05.2026", "-", "%", "1 2"])
def test_slip_is_told_from_words(typed):
    assert parse_number(typed).is_malformed
    assert not parse_number("кемінде 90").is_malformed


def test_nothing_typed_is_no_problem():
    assert parse_number(" \t") == parse_number("")
    assert (parse_number("").value, parse_number("").problem) == (None, None)


def test_number_no_column_can_hold_stays_text():
    assert parse_number("9" * 25).problem == "text"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("2512.40", "2\xa0512,40"),
        ("2512,4", "2\xa0512,4"),
        ("5200", "5\xa0200"),
        ("3,0", "3,0"),
        ("-5", "−5"),
        ("-0,0", "0,0"),
        ("+5", "+5"),
        ("12.5%", "12,5\xa0%"),
        ("1234567.8", "1\xa0234\xa0567,8"),
        ("кемінде 90", "кемінде 90"),
        ("1.234,5", "1.234,5"),
        ("", ""),
    ],
)
def test_value_is_written_one_way(typed, written):
    assert spell(typed) == written
    assert spell(written) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("2512.4000000000"), "2\xa0512,4"),
        (Decimal("-0.0000000000"), "0"),
        (Decimal(-1000), "−1\xa0000"),
        (Decimal("1E+3"), "1\xa0000"),
        (None, ""),
    ],
)
def test_stored_number_is_written_without_the_column_s_zeros(value, written):
    assert format_number(value) == written
