"""What may be typed into a row of a list, and what deserves a second look in it.

The same form reads a cell, the page, a pasted block and the row's own page; the same `concerns` are shown
beside the row and listed when the list is sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.goals.models import Indicator
from apps.grid.forms import ChoiceField, IntegerField, LineForm, NumberField, OneLineField, TextField
from apps.grid.numbers import parse_number
from apps.grid.tables import Concern
from apps.indicators.models import Classification, IndicatorListItem
from apps.organisations.models import Organisation

# Annex 1 numbers its columns from the left; the row's own number is the first.
COLUMNS = {
    "code": 2,
    "national": 3,
    "regional": 4,
    "classification": 5,
    "baseline": 6,
    "target": 7,
    "responsible": 8,
}
TRANSLATED = ("national", "regional", "responsible", "unit")
FIRST_YEAR, LAST_YEAR = 1991, 2100


def words_of(name: str) -> str:
    """The heading of a column of Annex 1 as people call it."""
    headings = {
        "code": _("indicator No."),
        "national": _("national indicator"),
        "regional": _("indicator for the region"),
        "classification": _("classification"),
        "baseline": _("baseline value"),
        "target": _("target value"),
        "responsible": _("responsible LEB"),
        "unit": _("unit of measure"),
    }
    return headings[name]


class ItemForm(LineForm):
    """A row of a region's list: columns 2 to 8 of Annex 1, and beyond them unit, years and direction."""

    code = OneLineField(label=gettext_lazy("indicator No."), max_length=20)
    national_kk = TextField(label=gettext_lazy("national indicator, in Kazakh"), widget=forms.Textarea)
    national_ru = TextField(label=gettext_lazy("national indicator, in Russian"), widget=forms.Textarea)
    regional_kk = TextField(label=gettext_lazy("indicator for the region, in Kazakh"), widget=forms.Textarea)
    regional_ru = TextField(label=gettext_lazy("indicator for the region, in Russian"), widget=forms.Textarea)
    classification = ChoiceField(
        label=gettext_lazy("classification 1, 2, 3"),
        choices=[("", "–"), *Classification.choices],
        coerce=int,
        empty=None,
    )
    baseline = NumberField(label=gettext_lazy("baseline value"))
    target = NumberField(label=gettext_lazy("target value"))
    responsible_kk = TextField(label=gettext_lazy("responsible LEB, in Kazakh"), widget=forms.Textarea)
    responsible_ru = TextField(label=gettext_lazy("responsible LEB, in Russian"), widget=forms.Textarea)
    unit_kk = TextField(label=gettext_lazy("unit, in Kazakh"), max_length=120)
    unit_ru = TextField(label=gettext_lazy("unit, in Russian"), max_length=120)
    baseline_year = IntegerField(
        label=gettext_lazy("year of the baseline value"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    target_year = IntegerField(
        label=gettext_lazy("year of the target value"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    direction = ChoiceField(
        label=gettext_lazy("direction"), choices=[("", "–"), *Indicator.Direction.choices]
    )
    own_reason = TextField(label=gettext_lazy("why this indicator"), widget=forms.Textarea)


class DepartmentsForm(forms.ModelForm):
    """Which departments answer for a row: several may."""

    class Meta:
        model = IndicatorListItem
        fields = ("departments",)
        widgets = {"departments": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        akimat = self.instance.indicator_list.organisation_id
        own = Organisation.objects.active().filter(parent=akimat, kind=Organisation.Kind.DEPARTMENT)
        self.fields["departments"].queryset = own  # type: ignore[attr-defined]


def concerns(item: IndicatorListItem) -> list[Concern]:
    """Everything in one row that deserves a look: nothing here keeps a row from being stored or sent."""
    return [*_warnings(item), *_remarks(item)]


def _warnings(item: IndicatorListItem) -> Iterator[Concern]:
    for name in ("baseline", "target"):
        if parse_number(getattr(item, name)).is_malformed:
            said = _("“{value}” is not a number. Example: 2512,4").format(value=getattr(item, name))
            yield Concern("malformed", name, said)
    baseline, target = item.baseline_value, item.target_value
    if baseline is not None and target is not None:
        if baseline == target and item.direction != Indicator.Direction.NEAR:
            yield Concern("same", "target", _("The target value equals the baseline value. Leave it so?"))
        wrong_way = {"higher": target < baseline, "lower": target > baseline}
        if wrong_way.get(item.direction):
            yield Concern(
                "direction", "target", _("The target value contradicts the direction of the indicator.")
            )
    if item.baseline_year and item.target_year and item.target_year < item.baseline_year:
        yield Concern("years", "target", _("The target year is earlier than the baseline year."))


def _remarks(item: IndicatorListItem) -> Iterator[Concern]:
    empty = [name for name in COLUMNS if not _is_filled(item, name)]
    if empty:
        said = _("Not filled: {columns}").format(columns=", ".join(map(words_of, empty)))
        yield Concern("empty", empty[0], said, level="info")
    for language, message in (
        ("kk", _("No Kazakh text: {columns}")),
        ("ru", _("No Russian text: {columns}")),
    ):
        missing = missing_texts(item, language)
        if missing:
            said = message.format(columns=", ".join(map(words_of, missing)))
            yield Concern(f"untranslated_{language}", missing[0], said, level="info")
    for name in ("baseline", "target"):
        number = parse_number(getattr(item, name))
        if number.problem == "text" and not number.is_malformed:
            yield Concern("text", name, _("Text, not shown in charts"), level="info")


def _is_filled(item: IndicatorListItem, name: str) -> bool:
    if name in {"baseline", "target"} and item.is_measure:
        return True
    if name in TRANSLATED:
        return bool(getattr(item, f"{name}_kk") or getattr(item, f"{name}_ru"))
    return bool(getattr(item, name))


def missing_texts(item: Any, language: str) -> list[str]:
    """Columns that have words in the other language only."""
    other = "ru" if language == "kk" else "kk"
    return [
        name
        for name in TRANSLATED
        if getattr(item, f"{name}_{other}") and not getattr(item, f"{name}_{language}")
    ]


def repeated(items: Iterable[IndicatorListItem]) -> set[int]:
    """Keys of the rows that say the same indicator for the region twice under one number."""
    items = list(items)
    said = Counter(_identity(item) for item in items)
    return {item.pk for item in items if item.regional and said[_identity(item)] > 1}


def _identity(item: IndicatorListItem) -> tuple[str, str]:
    return item.code.casefold(), " ".join(item.regional.split()).casefold()
