"""The validator of a line, by the form of a list's row."""

from decimal import Decimal

import pytest

from apps.grid.forms import clean_text
from apps.indicators.forms import ItemForm
from apps.indicators.models import IndicatorListItem

pytestmark = pytest.mark.embedded


def bound(**typed):
    item = IndicatorListItem(code="1.2.1", baseline="4,1", baseline_value=Decimal("4.1"), classification=1)
    form = ItemForm(item, typed)
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x1b[31m\x7f", "a[31m"),
        (" й ", "й"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_text_keeps_what_was_meant(typed, kept):
    assert clean_text(typed) == kept


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("a\x00b", "U+0000"),
        ("\ud800a", "U+D800"),
        ("4\u202e21", "U+202E"),
        ("1\u200b2\u200b3", "U+200B"),
        ("\ufeffa\u2066b", "U+2066, U+FEFF"),
    ],
)
@pytest.mark.parametrize("field", ["regional_ru", "baseline", "baseline_year", "classification"])
def test_what_cannot_be_seen_is_refused_and_named(field, typed, codes):
    form = bound(**{field: typed})
    [error] = form.errors.as_data()[field]
    assert error.code == "unseen"
    assert codes in str(error.messages[0])
    assert field not in form.changes()


def test_value_is_kept_as_typed_and_as_a_number():
    form = bound(baseline=" 1 234,5 ")
    form.apply()
    assert (form.line.baseline, form.line.baseline_value) == ("1 234,5", Decimal("1234.5"))
    assert form.changes() == {}  # applied already


def test_words_take_the_place_of_the_number():
    form = bound(baseline="не менее 90")
    assert form.changes() == {"baseline": ["4,1", "не менее 90"]}
    form.apply()
    assert (form.line.baseline, form.line.baseline_value) == ("не менее 90", None)


@pytest.mark.parametrize("field", ["code", "baseline"])
def test_field_of_one_line_takes_line_breaks_for_blanks(field):
    form = bound(**{field: " 8.5.2\r\n\n 8.5.3\n"})
    form.apply()
    assert getattr(form.line, field) == "8.5.2 8.5.3"


def test_the_same_number_written_otherwise_is_no_change():
    assert bound(baseline="4.1").changes() == {}


def test_fields_that_were_not_sent_stay():
    assert set(bound(baseline="5").changes()) == {"baseline"}


def test_ambiguous_number_is_the_only_value_refused():
    [error] = bound(baseline="1.234,5").errors.as_data()["baseline"]
    assert error.code == "ambiguous"
    assert error.params["choices"] == ("1\xa0234,5", "1,2345")


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("classification", "4", "invalid_choice"),
        ("classification", "да", "invalid_choice"),
        ("regional_kk", "ә" * 10_000, "max_length"),
        ("code", "1" * 21, "max_length"),
        ("baseline", "9" * 121, "max_length"),
        ("baseline_year", "20,5", "invalid"),
        ("baseline_year", "1066", "min_value"),
        ("direction", "sideways", "invalid_choice"),
    ],
)
def test_what_no_column_holds_is_refused(field, typed, code):
    form = bound(**{field: typed})
    assert [error.code for error in form.errors.as_data()[field]] == [code]
    assert form.changes() == {}


def test_emptied_cells_are_stored_as_nothing():
    form = bound(classification="", baseline="", baseline_year="")
    form.apply()
    assert (form.line.classification, form.line.baseline, form.line.baseline_value) == (None, "", None)
    assert form.line.baseline_year is None
