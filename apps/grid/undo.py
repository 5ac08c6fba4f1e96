"""Taking back the last paste, as long as that destroys nobody's work.

What a paste did is kept in the session until the next paste, the next step of the paper, or its undoing.
Three rules keep an undo from being a surprise:

1. It takes back only what is still as the paste left it: a cell that was touched since stays, and so does a
   new line.
2. It does what the page said that it would do: where anything was stored since the page was drawn, it does
   nothing, and the page says anew what is left to take back.
3. The key for it works only while the paste is the last thing that was stored in the paper; afterwards there
   is the button alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from apps.grid.edits import Edit
from apps.grid.tables import Outcome, Table

KEY = "pasted"


@dataclass
class Undo:
    """What would be taken back: cells by line, each `[before, after]`, and new lines; how much stays."""

    changed: dict[int, dict[str, list[Any]]] = field(default_factory=dict)
    added: list[int] = field(default_factory=list)
    stayed_cells: int = 0
    stayed_rows: int = 0
    is_latest: bool = False

    @property
    def cells(self) -> int:
        return sum(map(len, self.changed.values()))

    @property
    def rows(self) -> int:
        return len(self.added)


def remember(request: HttpRequest, table: Table, outcome: Outcome | None, added: Iterable[Any]) -> None:
    """Keep what a paste did: its cells as `[before, after]`, its new lines, the paper's version after it."""
    changed = outcome.changed if outcome else {}
    request.session[KEY] = {
        "paper": _moment_of(table.paper),
        "version": table.paper.version,
        "changed": {str(key): fields for key, fields in changed.items()},
        "added": [line.pk for line in added],
    }


def undo_of(request: HttpRequest, table: Table, lines: Iterable[Any]) -> Undo | None:
    """Say what can be taken back, if anything, of the paper whose lines are these."""
    kept = request.session.get(KEY)
    if not kept or kept["paper"] != _moment_of(table.paper) or not table.may_edit_all(table.paper):
        return None
    found = Undo(is_latest=kept["version"] == table.paper.version)
    by_key = {line.pk: line for line in lines}
    for key, fields in kept["changed"].items():
        line = by_key.get(int(key))
        form = table.form_class(line) if line else None
        same = {
            name: two for name, two in fields.items() if form and _typed(form.stored(name)) == _typed(two[1])
        }
        found.stayed_cells += len(fields) - len(same)
        if same:
            found.changed[int(key)] = same
    found.added = [key for key in kept["added"] if key in by_key and by_key[key].version == 1]
    found.stayed_rows = sum(1 for key in kept["added"] if key in by_key) - len(found.added)
    return found if found.changed or found.added else None


@transaction.atomic
def undo(request: HttpRequest, table: Table, version: int) -> Undo | None:
    """Take back what the page of that version offered; None where the paper has another one, or has nothing.

    Raises `Locked` where the actor may no longer change the paper.
    """
    if table.lock().version != version:
        return None
    found = undo_of(request, table, table.lines())
    if found is None:
        return None
    if found.changed:
        table.save({key: _back(fields) for key, fields in found.changed.items()})
    if found.added:
        table.delete(found.added)
    del request.session[KEY]
    return found


def _moment_of(paper: Any) -> list[Any]:
    """The paper as long as it stays in its state: what was sent since is no longer taken back."""
    return [paper._meta.label_lower, paper.pk, paper.status_since.isoformat()]


def _back(fields: dict[str, list[Any]]) -> Edit:
    return Edit({name: _typed(before) for name, (before, _after) in fields.items()})


def _typed(value: Any) -> str:
    return "" if value is None else str(value)
