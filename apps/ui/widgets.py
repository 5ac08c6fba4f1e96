"""Widgets in the portal's look: plates instead of radio dots, a date typed as it is read."""

import datetime
from typing import Any

from django import forms
from django.utils.formats import localize_input


class Segments(forms.RadioSelect):
    """A choice of few, drawn as plates side by side; native radios beneath."""

    template_name = "ui/widgets/segments.html"


class DateInput(forms.DateInput):
    """A date typed as 15.01.2027; the browser's own picker stands beside it where scripts run."""

    template_name = "ui/widgets/date.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", "size": "10", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return localize_input(value, "%d.%m.%Y") if isinstance(value, datetime.date) else value
