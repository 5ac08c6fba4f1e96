"""Many lines of one paper changed at once: one lock, one entry of history, nothing overwritten unseen.

An upper app says what its table is, and gets the page's form, autosave and paste from `apps.grid.views`:

    class ItemTable(Table):
        paper_model, line_model, paper_field = IndicatorList, IndicatorListItem, "indicator_list"
        form_class = ItemForm

        def record(self, paper, changes): audit.record(paper, self.actor, self.action, changes=changes)
        def may_edit_all(self, paper): ...
        def concerns(self, line): ...
"""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.grid.edits import NO_COLUMN, NO_ROW, Edit, Refusal, Text, clashes, conflict, refusals
from apps.grid.forms import LineForm


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


LOCKED = _("The paper can no longer be edited.")


class Table(ABC):
    """The lines of one paper as one person may change them.

    `told` are the columns that the history keeps of a line that came or went; `section_field` is the field by
    which the lines are numbered apart, where they are; `lasting` are relations of the paper that never
    change, and are not read again under its lock.
    """

    paper_model: ClassVar[type[Any]]
    line_model: ClassVar[type[Any]]
    paper_field: ClassVar[str]
    form_class: ClassVar[type[LineForm]]
    told: ClassVar[Sequence[str]] = ()
    section_field: ClassVar[str] = ""
    lasting: ClassVar[Sequence[str]] = ()
    # What the history calls a change of cells; added, deleted and entrusted lines.
    action = "edit"
    added_as, deleted_as, entrusted_as = "added", "deleted", "edit"

    def __init__(self, paper: Any, actor: Any) -> None:
        self.paper = paper
        self.actor = actor

    # What an upper app says

    @abstractmethod
    def record(self, paper: Any, changes: dict[str, Any]) -> None:
        """Write the one entry of history: `line:<pk>` → field → `[before, after]`."""

    def may_edit(self, paper: Any) -> bool:
        """Whether the actor may change this paper's lines now; asked again on the locked row."""
        return bool(paper.is_editable)

    def may_edit_all(self, paper: Any) -> bool:
        """Whether the actor may change all lines now, and so add, delete and entrust some."""
        return self.may_edit(paper)

    def editable(self, lines: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """The lines that this actor may change, of all lines of the paper."""
        return lines

    def deletable(self, lines: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """The lines that may be deleted, of all lines of the paper."""
        return lines

    def new_line(self, paper: Any) -> dict[str, Any]:
        """What every new line of the paper says until it is told otherwise."""
        return {}

    def concerns(self, line: Any) -> Sequence[Concern]:
        """What deserves a look in a stored line: the same on the page, after a cell, and at sending."""
        return ()

    # What the grid does

    def lines(self) -> models.QuerySet[Any]:
        """All lines of the paper, in its order."""
        return self.line_model.objects.filter(**{self.paper_field: self.paper})

    def lock(self) -> Any:
        """Lock the paper's row and look at it again; raises `Locked`. Call within a transaction."""
        locked = self.paper_model.objects.select_for_update(of=("self",)).get(pk=self.paper.pk)
        for name in self.lasting:
            setattr(locked, name, getattr(self.paper, name))
        if not self.may_edit(locked):
            raise Locked(LOCKED)
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

    def store(self, outcome: Outcome) -> None:
        """Write the changed lines, and only their changed columns, in one statement."""
        if not outcome.changed:
            return
        lines = [outcome.lines[key] for key in outcome.changed]
        names = {name for fields in outcome.changed.values() for name in fields}
        columns = {column for name in names for column in self.form_class.columns_of(name)}
        for line in lines:
            line.version += 1
            line.changed_at, line.changed_by = outcome.moment, self.actor
        self.line_model.objects.bulk_update(lines, [*sorted(columns), *TOUCHED])
        self._finish(outcome, {f"line:{key}": fields for key, fields in outcome.changed.items()})

    # Beyond cells: only for those who edit the whole paper

    def change(self, action: str, deed: Callable[[Outcome], dict[str, Any]]) -> None:
        """Do something else to the lines under the same lock; `deed` returns its changes, for the history.

        Raises `Locked` where the actor may not change all lines, or may no longer.
        """
        with transaction.atomic():
            outcome = Outcome(paper=self.lock(), moment=timezone.now())
            if not self.may_edit_all(outcome.paper):
                raise Locked(LOCKED)
            if changes := deed(outcome):
                self.action = action
                try:
                    self._finish(outcome, changes)
                finally:
                    del self.action

    def add(self, rows: Iterable[Mapping[str, Any]], *, action: str = "") -> list[Any]:
        """Add lines, each a dictionary of the model's fields, after the last of those they stand among."""
        added: list[Any] = []

        def deed(outcome: Outcome) -> dict[str, Any]:
            shared = {self.paper_field: outcome.paper, **self.new_line(outcome.paper)}
            touched = {"changed_at": outcome.moment, "changed_by": self.actor}
            lines = [self.line_model(**{**shared, **row}, **touched) for row in rows]
            self._number(lines)
            added.extend(self.line_model.objects.bulk_create(lines))
            return {f"line:{line.pk}": self._told(line) for line in added}

        self.change(action or self.added_as, deed)
        return added

    def delete(self, keys: Iterable[int]) -> int:
        """Delete lines and close the gaps that they leave; their words stay in the history."""
        gone: list[Any] = []

        def deed(_outcome: Outcome) -> dict[str, Any]:
            gone.extend(self.deletable(self.lines()).filter(pk__in=list(keys)))
            self.lines().filter(pk__in=[line.pk for line in gone]).delete()
            for line in sorted(gone, key=lambda line: -line.position):
                followers = self._section(line).filter(position__gt=line.position)
                followers.update(position=models.F("position") - 1)
            return {
                f"line:{line.pk}": {name: [value, ""] for name, value in self._told(line).items()}
                for line in gone
            }

        self.change(self.deleted_as, deed)
        return len(gone)

    def entrust(self, key: int, departments: Iterable[Any]) -> None:
        """Say which departments answer for a line; its words, and their last change, stay as they are."""
        chosen = list(departments)

        def deed(_outcome: Outcome) -> dict[str, Any]:
            line = self.lines().filter(pk=key).first()
            if line is None:
                return {}
            before = sorted(map(str, line.departments.all()))
            after = sorted(map(str, chosen))
            if before == after:
                return {}
            line.departments.set(chosen)
            self.lines().filter(pk=key).update(version=models.F("version") + 1)
            return {f"line:{key}": {"departments": ["; ".join(before), "; ".join(after)]}}

        self.change(self.entrusted_as, deed)

    def _take(self, outcome: Outcome, key: int, edit: Edit) -> None:
        line = outcome.lines.get(key)
        known = edit.values.keys() & self.form_class.base_fields.keys() if line else set()
        message = NO_COLUMN if line else NO_ROW
        outcome.refused += [
            Refusal(key, name, "gone", message, typed=value)
            for name, value in edit.values.items()
            if name not in known
        ]
        if line is None:
            return
        form = self.form_class(line, {name: edit.values[name] for name in known})
        outcome.sent[key] = tuple(form.fields)
        form.is_valid()
        changes = form.changes()
        clashing = clashes(form, edit, changes)
        outcome.refused += refusals(key, form, edit)
        outcome.refused += [conflict(line, name, changes[name][0], edit.values[name]) for name in clashing]
        for name in clashing:
            del changes[name], form.cleaned_data[name]
        if changes:
            form.apply()
            outcome.changed[key] = changes

    def _number(self, lines: Iterable[Any]) -> None:
        """Give new lines their positions: one question to the database for those of one section."""
        last: dict[Any, int] = {}
        for line in lines:
            section = getattr(line, self.section_field, "")
            if section not in last:
                last[section] = self._section(line).aggregate(last=models.Max("position"))["last"] or 0
            last[section] += 1
            line.position = last[section]

    def _section(self, line: Any) -> models.QuerySet[Any]:
        """The lines among which this one has its position."""
        name = self.section_field
        return self.lines().filter(**{name: getattr(line, name)} if name else {})

    def _told(self, line: Any) -> dict[str, Any]:
        """The filled columns of a line, for its entry of history."""
        return {name: value for name in self.told if (value := getattr(line, name))}

    def _finish(self, outcome: Outcome, changes: dict[str, Any]) -> None:
        outcome.paper.version += 1
        outcome.paper.save(update_fields=["version"])
        self.record(outcome.paper, changes)


TOUCHED = ("version", "changed_at", "changed_by")
