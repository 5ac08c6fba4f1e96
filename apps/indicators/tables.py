"""The rows of a list as one person may change them: cells, new rows, their order, their end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.utils.functional import Promise

from apps.accounts.models import Role
from apps.grid.tables import Concern, Outcome, Table
from apps.indicators.forms import ItemForm, concerns
from apps.indicators.models import IndicatorList, IndicatorListItem
from apps.organisations.models import Organisation
from apps.workflow import audit

type Text = str | Promise


class ItemTable(Table):
    """Annex 1 in the hands of the akimat's staff, who edit all of it, or of a department with its rows."""

    paper_model, line_model, paper_field = IndicatorList, IndicatorListItem, "indicator_list"
    form_class = ItemForm

    def record(self, paper: IndicatorList, changes: dict[str, Any]) -> None:
        audit.record(paper, self.actor, self.action, changes=changes)

    action = "edit"

    @property
    def edits_all(self) -> bool:
        return bool(self.actor.has_perm("indicators.edit_list", self.paper))

    @property
    def is_editor(self) -> bool:
        """Whether the actor edits this list while it is open."""
        return self.edits_all or bool(self.actor.has_perm("indicators.edit_own_rows", self.paper))

    def may_edit(self, paper: IndicatorList) -> bool:
        return bool(self.is_editor and paper.is_editable)

    def editable(self, lines: models.QuerySet[Any]) -> models.QuerySet[Any]:
        if self.edits_all:
            return lines
        own = self.actor.organisations(Role.DEPARTMENT_EXECUTOR)
        return lines.filter(pk__in=lines.filter(departments__in=own).values("pk"))

    def concerns(self, line: IndicatorListItem) -> Sequence[Concern]:
        return concerns(line)

    def lock(self) -> IndicatorList:
        """Lock the list; whose group it is has been read already."""
        seen = self.paper
        locked: IndicatorList = super().lock()
        locked.organisation = seen.organisation
        return locked

    # Beyond cells: only for those who edit the whole list

    def add(
        self, rows: Iterable[dict[str, Any]], *, action: str = "added", after: int | None = None
    ) -> list[Any]:
        """Add rows at the end, or after one row; each is a dictionary of the model's fields."""
        added: list[IndicatorListItem] = []
        rows = list(rows)

        def deed(outcome: Outcome) -> dict[str, Any]:
            place = self._make_room(after, len(rows))
            added.extend(
                IndicatorListItem.objects.bulk_create(
                    IndicatorListItem(
                        **row,
                        indicator_list=outcome.paper,
                        position=place + number,
                        changed_at=outcome.moment,
                        changed_by=self.actor,
                    )
                    for number, row in enumerate(rows)
                )
            )
            return {f"line:{item.pk}": told(item) for item in added}

        self._do(action, deed)
        return added

    def delete(self, keys: Iterable[int]) -> int:
        """Delete rows; their words stay in the history."""
        count = 0

        def deed(_outcome: Outcome) -> dict[str, Any]:
            nonlocal count
            gone = {item.pk: told(item) for item in self.lines().filter(pk__in=list(keys))}
            count = len(gone)
            self.lines().filter(pk__in=list(gone)).delete()
            return {
                f"line:{key}": {name: [value, ""] for name, value in said.items()}
                for key, said in gone.items()
            }

        self._do("deleted", deed)
        return count

    def move(self, key: int, step: int) -> None:
        """Move a row up (−1) or down (1) by one place."""

        def deed(_outcome: Outcome) -> dict[str, Any]:
            items = list(self.lines())
            places = [item.pk for item in items]
            if key not in places:
                return {}
            start = places.index(key)
            end = start + step
            if not 0 <= end < len(items):
                return {}
            items[start], items[end] = items[end], items[start]
            for number, item in enumerate(items, start=1):
                item.position = number
            IndicatorListItem.objects.bulk_update(items, ["position"])
            return {f"line:{key}": {"position": [start + 1, end + 1]}}

        self._do("moved", deed)

    def assign(self, key: int, departments: Iterable[Organisation]) -> None:
        """Say which departments answer for a row; its words and values stay as they are."""
        chosen = list(departments)

        def deed(_outcome: Outcome) -> dict[str, Any]:
            row = self.lines().get(pk=key)
            before = sorted(str(body) for body in row.departments.all())
            row.departments.set(chosen)
            after = sorted(str(body) for body in chosen)
            return {f"line:{key}": {"departments": ["; ".join(before), "; ".join(after)]}}

        self._do("edit", deed)

    def _make_room(self, after: int | None, count: int) -> int:
        """The first free position: after the row named, whose followers step down, or at the end."""
        lines = self.lines()
        row = lines.filter(pk=after).first() if after else None
        if row is None:
            last = lines.aggregate(last=models.Max("position"))["last"]
            return (last or 0) + 1
        lines.filter(position__gt=row.position).update(position=models.F("position") + count)
        return row.position + 1

    def _do(self, action: str, deed: Any) -> None:
        self.action = action
        try:
            self.change(deed)
        finally:
            del self.action


TOLD = (
    "code",
    "national_kk",
    "national_ru",
    "regional_kk",
    "regional_ru",
    "classification",
    "baseline",
    "target",
    "responsible_kk",
    "responsible_ru",
)


def told(item: IndicatorListItem) -> dict[str, Any]:
    """The filled columns of a row, for its entry of history."""
    return {name: value for name in TOLD if (value := getattr(item, name))}
