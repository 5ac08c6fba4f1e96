"""The one validator of a report's line, for the page, a cell and a paste."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from apps.grid.forms import ChoiceField, IntegerField, LineForm, NumberField, TextField
from apps.monitoring.models import ReportLine
from apps.organisations.models import Organisation

_YEAR_FIRST = re.compile(r"(?P<year>20[0-9]{2})-(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?")
_MONTH_FIRST = re.compile(r"(?:(?P<day>[0-9]{1,2})\.)?(?P<month>[0-9]{1,2})[./](?P<year>20[0-9]{2})")


class MonthField(TextField):
    """A month as pickers send it (2027-04) and as people type it (04.2027); kept as its first day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=10, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = _YEAR_FIRST.fullmatch(text) or _MONTH_FIRST.fullmatch(text)
        try:
            if found:
                day = datetime.date(int(found["year"]), int(found["month"]), int(found["day"] or 1))
                return day.replace(day=1)
        except ValueError:
            pass  # such as 31.02.2027
        raise ValidationError(
            _("“%(value)s” is not a month. Write it like this: 04.2027"),
            code="month",
            params={"value": text},
        )


def label_of(name: str) -> Any:
    fields = (*ReportLine._meta.concrete_fields, *ReportLine._meta.many_to_many)
    labels = {field.name: field.verbose_name for field in fields}
    return capfirst(labels[name])


def words(name: str, *, max_length: int = 2000) -> TextField:
    """A column of words in one language, labelled as the model names it."""
    rows = 3 if name.startswith(("name", "comment")) else 2
    widget = forms.Textarea({"rows": rows, "lang": name[-2:]})
    return TextField(label=label_of(name), max_length=max_length, widget=widget)


class ReportLineForm(LineForm):
    """Columns 2 to 9 of Annex 2, and beyond the form what the fact is and when data are expected."""

    name_kk = words("name_kk")
    name_ru = words("name_ru")
    responsible_kk = words("responsible_kk")
    responsible_ru = words("responsible_ru")
    data_source_kk = words("data_source_kk")
    data_source_ru = words("data_source_ru")
    unit_kk = words("unit_kk", max_length=120)
    unit_ru = words("unit_ru", max_length=120)
    reporting_year = IntegerField(
        label=label_of("reporting_year"), min_value=2000, max_value=2100, required=True
    )
    plan = NumberField(label=label_of("plan"))
    fact = NumberField(label=label_of("fact"))
    comment_kk = words("comment_kk", max_length=5000)
    comment_ru = words("comment_ru", max_length=5000)
    fact_status = ChoiceField(
        label=label_of("fact_status"), choices=[("", "–"), *ReportLine.FactStatus.choices]
    )
    expected_on = MonthField(label=label_of("expected_on"), widget=forms.TextInput({"type": "month"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "expected_on" in self.initial:
            self.initial["expected_on"] = self.stored("expected_on")

    def pairs(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """The columns with words, Kazakh beside Russian."""
        for name in ("name", "responsible", "data_source", "unit", "comment"):
            yield self[f"{name}_kk"], self[f"{name}_ru"]

    def values(self) -> Iterator[forms.BoundField]:
        for name in ("reporting_year", "plan", "fact", "fact_status", "expected_on"):
            yield self[name]

    def stored(self, name: str) -> Any:
        value = super().stored(name)
        return value.strftime("%Y-%m") if isinstance(value, datetime.date) else value

    def shown(self, name: str, value: Any) -> Any:
        value = super().shown(name, value)
        if name == "expected_on":
            return value.strftime("%Y-%m") if value else None
        return value


class DepartmentsForm(forms.ModelForm):
    """Whom a line is entrusted to: departments of the akimat that see it as their own."""

    class Meta:
        model = ReportLine
        fields = ("departments",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        report = self.instance.report
        answering = Organisation.objects.active().filter(
            region=report.region_id,
            kind__in=(Organisation.Kind.DEPARTMENT, Organisation.Kind.TERRITORIAL_DEPARTMENT),
        )
        self.fields["departments"] = forms.ModelMultipleChoiceField(
            answering,
            label=label_of("departments"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
