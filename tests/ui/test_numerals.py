"""Numbers: comma, no-break spaces, a true minus."""

from decimal import ROUND_CEILING, Decimal

import pytest

from apps.ui import numerals

pytestmark = pytest.mark.embedded


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("2512.4"), "2\xa0512,4"),
        (Decimal("4.20"), "4,20"),
        (1234567, "1\xa0234\xa0567"),
        ("-5", "−5"),
        (Decimal("-0.0"), "0,0"),
        (Decimal("1E+3"), "1\xa0000"),
        (0, "0"),
        (None, ""),
        ("", ""),
        ("кемінде 90", "кемінде 90"),
        ("NaN", "NaN"),
    ],
)
def test_number_is_written_as_people_write_it(value, written):
    assert numerals.number(value) == written


def test_number_rounds_only_when_asked():
    assert numerals.number(Decimal("14.286"), 1) == "14,3"
    assert numerals.percent(Decimal("14.286"), 1) == "14,3\xa0%"


def test_numero_keeps_the_number_of_a_chancellery_as_typed():
    assert numerals.numero("12-3/145") == "№\xa012-3/145"


@pytest.mark.parametrize(
    ("size", "written"),
    [(1, "1\xa0КБ"), (300_000, "293\xa0КБ"), (10 * 2**20, "10\xa0МБ"), (1_600_000, "1,5\xa0МБ")],
)
def test_file_size_is_in_words_of_both_languages(size, written):
    assert numerals.file_size(size) == written


def test_file_that_is_too_large_never_looks_as_if_it_were_just_right():
    assert numerals.file_size(20 * 2**20 + 1, ROUND_CEILING) == "20,1\xa0МБ"


def test_roman_numbers_quarters():
    assert [numerals.roman(quarter) for quarter in (1, 2, 3, 4)] == ["I", "II", "III", "IV"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("5.5628751281", "5,5629"),
        ("97.1291866029", "97,129"),
        ("0.0012345678", "0,001235"),
        ("-3.1415926536", "−3,1416"),
        ("817500.2500000000", "817\xa0500"),
        ("99999.96", "100\xa0000"),
    ],
)
def test_figure_is_rounded_for_the_eye_and_whole_for_the_ear(value, shown):
    whole = numerals.number(Decimal(value).normalize())
    figure = numerals.figure(Decimal(value))
    assert f'title="{whole}"' in figure
    assert f'<span aria-hidden="true">{shown}</span><span class="hidden">{whole}</span>' in figure


@pytest.mark.parametrize(
    ("value", "shown"), [("4.2000000000", "4,2"), ("1E+3", "1\xa0000"), ("0", "0"), ("0.5563", "0,5563")]
)
def test_short_figure_is_written_as_it_is(value, shown):
    assert numerals.figure(Decimal(value)) == shown
