"""Fields of forms that the portal reads in one way everywhere."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.ui.widgets import DateInput

FIRST_YEAR, LAST_YEAR = 1991, 2100


class DayField(forms.DateField):
    """A day as people type it and as pickers send it: a slip such as the year 0206 or 9999 is not stored."""

    widget = DateInput
    default_error_messages = {
        "invalid": _("This is not a date. Write it like this: 15.01.2027"),
        "year": _("Check the year: it is to be between {first} and {last}."),
    }

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
            words = str(self.error_messages["year"]).format(first=FIRST_YEAR, last=LAST_YEAR)
            raise forms.ValidationError(words, code="year")
