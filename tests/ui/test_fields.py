"""A day that nobody can mean is not stored, whichever form it is typed into."""

import pytest
from django import forms

from apps.ui.fields import DayField
from apps.workflow.forms import DayField as LettersDayField

pytestmark = pytest.mark.embedded


@pytest.mark.parametrize("field", [DayField(), LettersDayField()])
@pytest.mark.parametrize("typed", ["01.01.0001", "15.01.0206", "31.12.9999", "15.01.1990", "15.01.2101"])
def test_day_of_an_impossible_year_is_a_slip(field, typed):
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(typed)
    assert [error.code for error in refused.value.error_list] == ["year"]
    assert "1991" in refused.value.messages[0]


@pytest.mark.parametrize("field", [DayField(), LettersDayField()])
def test_day_of_this_century_is_taken(field):
    assert field.clean("15.01.2027").isoformat() == "2027-01-15"
