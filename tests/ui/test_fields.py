"""A day that nobody can mean is not stored, whichever form it is typed into."""

import pytest
from django import forms
from django.utils.translation import override

from apps.ui.fields import DayField

pytestmark = pytest.mark.embedded


@pytest.mark.parametrize("typed", ["01.01.0001", "15.01.0206", "31.12.9999", "15.01.1990", "15.01.2101"])
def test_day_of_an_impossible_year_is_a_slip(typed):
    with pytest.raises(forms.ValidationError) as refused:
        DayField().clean(typed)
    assert [error.code for error in refused.value.error_list] == ["year"]
    assert "1991" in refused.value.messages[0]


@pytest.mark.parametrize("typed", ["15.01.2027", "15.01.27", "2027-01-15"])
def test_day_of_this_century_is_taken(typed):
    assert DayField().clean(typed).isoformat() == "2027-01-15"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_what_is_no_day_is_answered_with_a_model(language):
    with override(language), pytest.raises(forms.ValidationError) as refused:
        DayField().clean("сәрсенбі")
    assert "15.01.2027" in refused.value.messages[0]
