"""The rows of a list as one person may change them: cells, new rows, their order, their end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models

from apps.accounts.models import Role
from apps.grid.tables import Concern, Outcome, Table
from apps.indicators.forms import ItemForm, concerns
from apps.indicators.models import IndicatorList, IndicatorListItem
from apps.workflow import audit


class ItemTable(Table):
    """Annex 1 in the hands of the akimat's staff, who edit all of it, or of a department with its rows."""

    paper_model, line_model, paper_field = IndicatorList, IndicatorListItem, "indicator_list"
    form_class = ItemForm
    lasting = ("organisation",)
    told = (
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

    def record(self, paper: IndicatorList, changes: dict[str, Any]) -> None:
        audit.record(paper, self.actor, self.action, changes=changes)

    @property
    def is_editor(self) -> bool:
        """Whether the actor edits this list, or rows of it, while it is open."""
        wanted = ("indicators.edit_list", "indicators.edit_own_rows")
        return any(self.actor.has_perm(permission, self.paper) for permission in wanted)

    def may_edit(self, paper: IndicatorList) -> bool:
        return bool(self.is_editor and paper.is_editable)

    def may_edit_all(self, paper: IndicatorList) -> bool:
        return bool(paper.is_editable and self.actor.has_perm("indicators.edit_list", paper))

    def editable(self, lines: models.QuerySet[Any]) -> models.QuerySet[Any]:
        if self.may_edit_all(self.paper):
            return lines
        own = self.actor.organisations(Role.DEPARTMENT_EXECUTOR)
        return lines.filter(pk__in=lines.filter(departments__in=own).values("pk"))

    def concerns(self, line: IndicatorListItem) -> Sequence[Concern]:
        return concerns(line)

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

        self.change("moved", deed)
