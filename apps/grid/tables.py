"""Many lines of one paper saved at once: one lock, one entry of history, nothing overwritten unseen.

An upper app says what its table is, and gets the page's form, autosave and paste from `apps.grid.views`:

    class ItemTable(Table):
        paper_model, line_model, paper_field = IndicatorList, IndicatorListItem, "indicator_list"
        form_class = ItemForm

        def record(self, paper, changes): audit.record(paper, self.actor, "edit", changes=changes)
        def concerns(self, line): ...
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.grid.forms import LineForm

type Text = str | Promise


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


@dataclass(frozen=True)
class Concern:
    """Something to look at in a stored line, never an obstacle to saving; without `field`, the whole line."""

    code: str
    field: str
    message: Text
    level: Literal["warning", "info"] = "warning"


class Locked(Exception):
    """The paper is not open for editing, so nothing was written."""


@dataclass
class Outcome:
    """What became of a save: the paper as it stands, what was sent, changed and refused, by line."""

    paper: Any
    moment: datetime.datetime
    lines: dict[int, Any] = field(default_factory=dict)
    sent: dict[int, tuple[str, ...]] = field(default_factory=dict)
    changed: dict[int, dict[str, list[Any]]] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def cells(self) -> int:
        """How many cells were written."""
        return sum(map(len, self.changed.values()))

    @property
    def refused_by_line(self) -> dict[int, dict[str, Refusal]]:
        by_line: dict[int, dict[str, Refusal]] = {}
        for refusal in self.refused:
            by_line.setdefault(refusal.line, {})[refusal.field] = refusal
        return by_line


class Table:
    """The lines of one paper as one person may change them."""

    paper_model: ClassVar[type[Any]]
    line_model: ClassVar[type[Any]]
    paper_field: ClassVar[str]
    form_class: ClassVar[type[LineForm]]

    def __init__(self, paper: Any, actor: Any) -> None:
        self.paper = paper
        self.actor = actor

    # What an upper app says

    def record(self, paper: Any, changes: dict[str, Any]) -> None:
        """Write the one entry of history: `line:<pk>` → field → `[before, after]`."""
        raise NotImplementedError(f"{type(self).__name__} records its history")

    def may_edit(self, paper: Any) -> bool:
        """Whether the actor may change this paper's lines now; asked again on the locked row."""
        return bool(paper.is_editable)

    def editable(self, lines: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """The lines that this actor may change, of all lines of the paper."""
        return lines

    def concerns(self, line: Any) -> Sequence[Concern]:
        """What deserves a look in a stored line: the same on the page, after a cell, and at sending."""
        return ()

    def after_save(self, outcome: Outcome) -> None:
        """Follow up a change within its transaction."""

    # What the grid does

    def lines(self) -> models.QuerySet[Any]:
        """All lines of the paper, in its order."""
        return self.line_model.objects.filter(**{self.paper_field: self.paper})

    def lock(self) -> Any:
        """Lock the paper's row and look at it again; raises `Locked`. Call within a transaction."""
        locked = self.paper_model.objects.select_for_update(of=("self",)).get(pk=self.paper.pk)
        if not self.may_edit(locked):
            raise Locked(_("The paper can no longer be edited."))
        self.paper = locked
        return locked

    def save(self, edits: Mapping[int, Edit]) -> Outcome:
        """Store the cells that can be stored, in one transaction; refuse the others, each with its reason.

        Raises `Locked` and writes nothing when the paper is not open for editing.
        """
        with transaction.atomic():
            outcome = Outcome(paper=self.lock(), moment=timezone.now())
            found = self.editable(self.lines()).select_related("changed_by").filter(pk__in=list(edits))
            outcome.lines = {line.pk: line for line in found}
            for key, edit in edits.items():
                self._take(outcome, key, edit)
            self.store(outcome)
        return outcome

    def change(self, deed: Callable[[Outcome], dict[str, Any]]) -> Outcome:
        """Do something else to the lines (add, move, delete) under the same lock; it returns its changes."""
        with transaction.atomic():
            outcome = Outcome(paper=self.lock(), moment=timezone.now())
            changes = deed(outcome)
            if changes:
                self._finish(outcome, changes)
        return outcome

    def store(self, outcome: Outcome) -> None:
        """Write the changed lines, and only their changed columns, in one statement."""
        if not outcome.changed:
            return
        lines = [outcome.lines[key] for key in outcome.changed]
        names = {name for fields in outcome.changed.values() for name in fields}
        columns = {column for name in names for column in self.form_class.columns_of(name)}
        for line in lines:
            self.touch(line, outcome.moment)
        self.line_model.objects.bulk_update(lines, [*sorted(columns), *TOUCHED])
        self._finish(outcome, {f"line:{key}": fields for key, fields in outcome.changed.items()})

    def touch(self, line: Any, moment: datetime.datetime) -> None:
        """Mark a line as changed now by the actor."""
        line.version += 1
        line.changed_at = moment
        line.changed_by = self.actor

    def _take(self, outcome: Outcome, key: int, edit: Edit) -> None:
        line = outcome.lines.get(key)
        if line is None:
            message = _("This row has been deleted, or you may not change it.")
            outcome.refused += [
                Refusal(key, name, "gone", message, typed=value) for name, value in edit.values.items()
            ]
            return
        form = self.form_class(line, {name: edit.values[name] for name in self._known(edit)})
        outcome.sent[key] = tuple(form.fields)
        form.is_valid()
        changes = form.changes()
        clashes = _clashes(form, edit, changes)
        outcome.refused += _refusals(key, form, edit)
        outcome.refused += [_conflict(line, name, changes[name][0], edit.values[name]) for name in clashes]
        for name in clashes:
            del changes[name], form.cleaned_data[name]
        if changes:
            form.apply()
            outcome.changed[key] = changes

    def _known(self, edit: Edit) -> Iterable[str]:
        return edit.values.keys() & self.form_class.base_fields.keys()

    def _finish(self, outcome: Outcome, changes: dict[str, Any]) -> None:
        outcome.paper.version += 1
        outcome.paper.save(update_fields=["version"])
        self.after_save(outcome)
        self.record(outcome.paper, changes)


TOUCHED = ("version", "changed_at", "changed_by")


def _clashes(form: LineForm, edit: Edit, changes: Mapping[str, list[Any]]) -> list[str]:
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


def _conflict(line: Any, name: str, theirs: Any, typed: str) -> Refusal:
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


def _refusals(key: int, form: LineForm, edit: Edit) -> list[Refusal]:
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
