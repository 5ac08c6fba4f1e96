"""Taking back the last paste: what it did is kept in the session until the next one or the next step."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest

from apps.grid.tables import Edit
from apps.indicators.models import IndicatorList
from apps.indicators.tables import ItemTable

KEY = "pasted"


def remember(
    request: HttpRequest, paper: IndicatorList, changed: dict[int, dict[str, list[Any]]], added: list[int]
) -> None:
    """Keep what a paste did: `[before, after]` of its cells, and the keys of its new rows."""
    cells = {str(key): fields for key, fields in changed.items()}
    request.session[KEY] = {"paper": _moment_of(paper), "changed": cells, "added": added}


def undo_of(request: HttpRequest, paper: IndicatorList) -> dict[str, int] | None:
    """Say what can be taken back on this list, if anything."""
    kept = request.session.get(KEY)
    if not kept or kept["paper"] != _moment_of(paper):
        return None
    return {"cells": sum(map(len, kept["changed"].values())), "rows": len(kept["added"])}


@transaction.atomic
def undo(request: HttpRequest, table: ItemTable) -> bool:
    """Put back the cells that nobody has touched since, and take out the rows that were added."""
    kept = request.session.get(KEY)
    if not kept or kept["paper"] != _moment_of(table.paper):
        return False
    if kept["changed"]:
        table.save({int(key): _back(fields) for key, fields in kept["changed"].items()})
    if kept["added"]:
        table.delete(kept["added"])
    del request.session[KEY]
    return True


def _moment_of(paper: IndicatorList) -> list[Any]:
    """The list as long as it stays in its state: what was sent since is no longer taken back."""
    return [paper.pk, paper.status_since.isoformat()]


def _back(fields: dict[str, list[Any]]) -> Edit:
    return Edit(
        {name: _typed(before) for name, (before, _after) in fields.items()},
        was={name: _typed(after) for name, (_before, after) in fields.items()},
    )


def _typed(value: Any) -> str:
    return "" if value is None else str(value)
