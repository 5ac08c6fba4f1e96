"""What deserves a second look in a row: never an obstacle, always named with its column."""

from decimal import Decimal

import pytest

from apps.indicators.forms import concerns, repeated
from apps.indicators.models import IndicatorListItem
from apps.indicators.pasting import ItemPaste
from tests.factories.indicators import IndicatorListItemFactory

pytestmark = pytest.mark.embedded


def row(**changed):
    values = {"baseline": "4,2", "baseline_value": Decimal("4.2"), "target": "5", "target_value": Decimal(5)}
    return IndicatorListItemFactory.build(indicator_list=None, **values | changed)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"target": "4,2", "target_value": Decimal("4.2")}, [("same", "target", "warning")]),
        ({"target": "4,2", "target_value": Decimal("4.2"), "direction": "near"}, []),
        ({"target": "4", "target_value": Decimal(4)}, [("direction", "target", "warning")]),
        ({"direction": "lower"}, [("direction", "target", "warning")]),
        ({"target_year": 2020}, [("years", "target", "warning")]),
        ({"baseline": "###", "baseline_value": None}, [("malformed", "baseline", "warning")]),
        ({"target": "кемінде 90", "target_value": None}, [("text", "target", "info")]),
        ({"regional_ru": ""}, [("untranslated_ru", "regional", "info")]),
        ({"unit_kk": ""}, [("untranslated_kk", "unit", "info")]),
        ({"regional_ru": "", "regional_kk": ""}, [("empty", "regional", "info")]),
        ({"classification": None}, [("empty", "classification", "info")]),
        ({"baseline": "", "baseline_value": None}, [("empty", "baseline", "info")]),
        ({"baseline": "", "baseline_value": None, "classification": 3}, []),
        (
            {"code": "", "responsible_kk": "", "responsible_ru": ""},
            [("empty", "code", "info")],
        ),
    ],
)
def test_row_says_what_is_not_in_order(changed, expected):
    assert [(one.code, one.field, one.level) for one in concerns(row(**changed))] == expected


def test_empty_row_says_one_thing():
    assert [one.code for one in concerns(IndicatorListItem())] == ["empty"]


def test_same_indicator_under_one_number_is_repeated_and_two_regional_ones_are_not():
    first = row(pk=1, code="1.2.1", regional_kk="Кедейлік  деңгейі")
    again = row(pk=2, code="1.2.1", regional_kk="кедейлік деңгейі")
    other = row(pk=3, code="1.2.1", regional_kk="Ауылдағы кедейлік деңгейі")
    assert repeated([first, again, other]) == {1, 2}


def test_pasted_rows_fall_on_rows_of_their_number_and_of_their_words_first():
    first, second = row(pk=1, code="1.2.1", regional_kk="а"), row(pk=2, code="1.2.1", regional_kk="ә")
    pasted = ItemPaste([first, second], "kk").read("1.2.1\tұ\tә\n1.2.1\tұ\tб\n9.9.9\tұ\tв")
    assert [line.line for line in pasted.rows] == [second, first, None]
    assert [line.place for line in pasted.rows] == [2, 1, 0]
