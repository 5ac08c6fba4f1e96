"""Pasting a block from Excel: the block, a preview of what it changes, then the change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.grid.tables import Locked
from apps.indicators.forms import COLUMNS, ItemForm
from apps.indicators.models import IndicatorListItem
from apps.indicators.pasting import Pasted, edits, rows_to_add
from apps.indicators.tables import ItemTable
from apps.indicators.undo import remember, undo
from apps.indicators.views.editor import ListMixin


class IndicatorListPaste(LoginRequiredMixin, ListMixin, View):
    """`text` is the block; `line` and `field` the cell on which it falls, if it was pasted into the table."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self._require_open()
        return self._page()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        table = self._require_open()
        if "undo" in request.POST:
            return self._undo(table)
        pasted = self._read(table)
        if not pasted.rows:
            return self._page(pasted, status=422)
        is_stale = request.POST.get("version") != str(self.paper.version)
        if "confirm" not in request.POST or is_stale:
            return self._page(pasted, is_stale="confirm" in request.POST)
        try:
            self._store(table, pasted)
        except Locked as reason:
            messages.error(request, str(reason))
        return redirect(self.paper.get_absolute_url())

    def _require_open(self) -> ItemTable:
        table = self.get_table()
        if not table.may_edit(self.paper) or not table.edits_all:
            raise Http404
        return table

    def _read(self, table: ItemTable) -> Pasted:
        given = self.request.POST
        items: list[IndicatorListItem] = list(table.lines())
        field = given.get("field", "")
        if field in ItemForm.base_fields:
            keys = [str(item.pk) for item in items]
            place = keys.index(given["line"]) if given.get("line") in keys else len(items)
            return Pasted.read(
                given.get("text", ""),
                language=field[-2:] if field[-3:] in {"_kk", "_ru"} else "",
                onto=items[place:],
                whole=items,
                start=field,
            )
        matching = items if given.get("mode") == "match" else ()
        return Pasted.read(given.get("text", ""), language=given.get("language", ""), matching=matching)

    @transaction.atomic
    def _store(self, table: ItemTable, pasted: Pasted) -> None:
        changes, rows = edits(pasted), rows_to_add(pasted)
        outcome = table.save(changes) if changes else None
        added = table.add(rows, action="pasted") if rows else []
        changed = outcome.changed if outcome else {}
        remember(self.request, self.paper, changed, [item.pk for item in added])

    def _undo(self, table: ItemTable) -> HttpResponse:
        try:
            if undo(self.request, table):
                messages.success(self.request, _("The paste has been undone."))
        except Locked as reason:
            messages.error(self.request, str(reason))
        return redirect(self.paper.get_absolute_url())

    def _page(
        self, pasted: Pasted | None = None, *, is_stale: bool = False, status: int = 200
    ) -> HttpResponse:
        given: Any = self.request.POST
        context = {
            "paper": self.paper,
            "pasted": pasted,
            "is_stale": is_stale,
            "text": given.get("text", ""),
            "mode": given.get("mode", "match"),
            "language": given.get("language") or self.request.LANGUAGE_CODE,
            "line": given.get("line", ""),
            "field": given.get("field", ""),
            "columns": list(COLUMNS),
        }
        return render(self.request, "indicators/indicatorlist_paste.html", context, status=status)
