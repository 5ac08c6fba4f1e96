"""What was typed into a line, and what was not stored of it: each refused cell with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.grid.forms import LineForm

type Text = str | Promise

NO_ROW = _("This row has been deleted, or you may not change it.")
NO_COLUMN = _("There is no such column any more. Reload the page.")


@dataclass(frozen=True)
class Edit:
    """What was typed into one line: `values` by field, and what the typist had seen.

    `was` gives the value seen in each cell (autosave knows it); `version` the line's version on the page (the
    plain form knows only that). With neither the edit stands on whatever is stored now.
    """

    values: Mapping[str, str]
    was: Mapping[str, str] | None = None
    version: int | None = None


@dataclass(frozen=True)
class Refusal:
    """A cell that was not stored, and what to do next. `theirs` is the value another person left there."""

    line: int
    field: str
    code: str
    message: Text
    typed: str = ""
    choices: tuple[str, ...] = ()
    theirs: str | None = None


def clashes(form: LineForm, edit: Edit, changes: Mapping[str, list[Any]]) -> list[str]:
    """Fields that another person changed since the typist looked: by value seen, else by version."""
    if edit.was is not None:
        return [name for name in changes if name in edit.was and not _same(form, name, edit.was[name])]
    if edit.version is not None and edit.version != form.line.version:
        return list(changes)
    return []


def _same(form: LineForm, name: str, seen: str) -> bool:
    """Whether the value that the typist saw is the stored one, both as people read them."""
    field_of = form.base_fields[name]
    try:
        return bool(form.shown(name, field_of.clean(seen)) == form.stored(name))
    except ValidationError:
        return False


def conflict(line: Any, name: str, theirs: Any, typed: str) -> Refusal:
    message = _("Another user has changed this cell: {name}, {time}. Which value should stay?")
    time = timezone.localtime(line.changed_at).strftime("%d.%m.%Y %H:%M")
    return Refusal(
        line.pk,
        name,
        "conflict",
        message.format(name=line.changed_by or "–", time=time),
        typed=typed,
        theirs="" if theirs is None else str(theirs),
    )


def refusals(key: int, form: LineForm, edit: Edit) -> list[Refusal]:
    """The cells that the form did not take, each with the first thing that is wrong in it."""
    return [
        Refusal(
            key,
            name,
            error.code or "invalid",
            " ".join(error.messages),
            typed=edit.values[name],
            choices=tuple((error.params or {}).get("choices", ())),
        )
        for name, errors in form.errors.as_data().items()
        for error in errors[:1]
    ]


def column_of(name: str) -> str:
    """The column of a form to which a field belongs: words have a field for each language."""
    return name.removesuffix("_kk").removesuffix("_ru")


def said_of(refusal: Refusal, columns: Mapping[str, Any]) -> dict[str, Any]:
    """A refusal as a row of a page says it; `columns` says how the paper calls its columns."""
    return {
        "name": f"line-{refusal.line}-{refusal.field}",
        "field": refusal.field,
        "column": columns.get(column_of(refusal.field)),
        "message": refusal.message,
        "choices": refusal.choices,
        "theirs": refusal.theirs,
        "is_conflict": refusal.code == "conflict",
    }
