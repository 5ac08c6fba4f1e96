"""The one validator of a line: a cell, a pasted block, a workbook and the page's form all pass here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.grid.numbers import Number, parse_number, spell
from apps.ui.texts import UNSEEN, printable


def clean_text(value: str) -> str:
    """Return what a person meant to type into one cell; raises ValidationError where that cannot be told."""
    if unseen := sorted(set(UNSEEN.findall(value))):
        raise ValidationError(
            _("The text has characters that cannot be seen: %(codes)s. Type it anew."),
            code="unseen",
            params={"codes": ", ".join(f"U+{ord(one):04X}" for one in unseen)},
        )
    return printable(value).strip()


class TextField(forms.CharField):
    """Words of a line, empty unless `required`."""

    def __init__(self, *, max_length: int = 2000, required: bool = False, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, required=required, strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")


class OneLineField(TextField):
    """Words that stand in one line: the line breaks that cells of Excel may have become blanks."""

    def to_python(self, value: Any) -> str:
        return " ".join(filter(None, map(str.strip, super().to_python(value).splitlines())))


class NumberField(OneLineField):
    """A value kept as typed and as a number (`Number`). Only what reads in two ways is refused."""

    def __init__(self, *, max_length: int = 120, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def clean(self, value: Any) -> Any:
        number = parse_number(super().clean(value))
        if number.problem == "ambiguous":
            first, second = number.choices
            raise ValidationError(
                _("The number “%(value)s” can be read in two ways. Choose: %(first)s or %(second)s"),
                code="ambiguous",
                params={"value": number.text, "first": first, "second": second, "choices": number.choices},
            )
        return number

    def prepare_value(self, value: Any) -> Any:
        return spell(value) if isinstance(value, str) else value


class IntegerField(forms.IntegerField):
    """A whole number typed in a cell, or nothing."""

    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)

    def clean(self, value: Any) -> Any:
        return super().clean(clean_text(value) if isinstance(value, str) else value)


class ChoiceField(forms.TypedChoiceField):
    """One of a few words or numbers, or nothing; `empty` is what the column keeps for nothing."""

    def __init__(self, *, coerce: Any = str, empty: Any = "", required: bool = False, **kwargs: Any) -> None:
        super().__init__(coerce=coerce, empty_value=empty, required=required, **kwargs)

    def clean(self, value: Any) -> Any:
        return super().clean(clean_text(value) if isinstance(value, str) else value)

    def validate(self, value: Any) -> None:
        """Say what may be chosen: whoever pastes a block sees no list of it."""
        if value and not self.valid_value(value):
            choices: Any = self.choices
            offered = "; ".join(_choice_words(key, words) for key, words in choices if key != "")
            raise ValidationError(
                _("There is no choice “%(value)s”. Possible: %(offered)s"),
                code="invalid_choice",
                params={"value": value, "offered": offered},
            )
        super().validate(value)


def _choice_words(key: Any, words: Any) -> str:
    """A choice as people type it: its number, where it has one, and what that stands for."""
    return f"{key} – {words}" if str(key).isdigit() else str(words)


class LineForm(forms.Form):
    """The typed values of one line, or of some of its fields: what is not in `typed` stays as it is.

        class ItemForm(LineForm):
            code = TextField(max_length=20)
            baseline = NumberField()        # writes `baseline` (text) and `baseline_value` (Decimal or None)

        form = ItemForm(item, {"baseline": "4,2"})
        if form.is_valid():
            form.changes()                  # {"baseline": ["4,1", "4,2"]}
            form.apply()                    # sets the attributes of the line; saving is the table's work

    As an ordinary form of a page it is built without `typed` and shows the line's values.
    """

    def __init__(self, line: Any, typed: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.line = line
        if typed is None:
            super().__init__(initial={name: getattr(line, name) for name in self.base_fields}, **kwargs)
            return
        super().__init__(data=dict(typed), **kwargs)
        for name in self.base_fields.keys() - typed.keys():
            del self.fields[name]

    def changes(self) -> dict[str, list[Any]]:
        """Fields whose value would differ from the stored one: `[before, after]` as people read them."""
        found = {}
        for name, value in self.cleaned_data.items():
            before, after = self.stored(name), self.shown(name, value)
            if before != after:
                found[name] = [before, after]
        return found

    def stored(self, name: str) -> Any:
        """The line's present value of a field, as people read it."""
        value = getattr(self.line, name)
        return spell(value) if isinstance(self.base_fields[name], NumberField) else value

    def shown(self, _name: str, value: Any) -> Any:
        return spell(value.text) if isinstance(value, Number) else value

    def apply(self) -> None:
        """Put the cleaned values on the line, a number beside its text."""
        for name, value in self.cleaned_data.items():
            if isinstance(value, Number):
                setattr(self.line, name, value.text)
                setattr(self.line, f"{name}_value", value.value)
            else:
                setattr(self.line, name, value)

    @classmethod
    def columns_of(cls, name: str) -> tuple[str, ...]:
        """The database columns that a field writes."""
        is_number = isinstance(cls.base_fields[name], NumberField)
        return (name, f"{name}_value") if is_number else (name,)
