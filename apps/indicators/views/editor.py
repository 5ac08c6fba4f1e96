"""The page of a list: Annex 1 as inputs for those who draw it up, as plain words for everybody else."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from apps.grid.tables import Locked, Outcome
from apps.grid.undo import undo_of
from apps.grid.views import CellsView, TableView
from apps.indicators.models import IndicatorList, IndicatorListItem
from apps.indicators.rows import VIEWS, Sheet, shown
from apps.indicators.stamps import stamps_of
from apps.indicators.tables import ItemTable
from apps.indicators.translation import TranslationTable
from apps.ui.parts import Segment
from apps.workflow.models import HandOver, Remark


class ListMixin:
    """The list that the address names, among those that the person may see."""

    @cached_property
    def paper(self) -> IndicatorList:
        lists = IndicatorList.objects.visible_to(self.request.user).select_related(  # type: ignore[attr-defined]
            "region",
            "organisation__working_group",
            "typical_list",
            "recommendation__item__meeting__protocol",
        )
        return get_object_or_404(lists, pk=self.kwargs["pk"])  # type: ignore[attr-defined]

    @cached_property
    def remarks(self) -> list[Remark]:
        return list(Remark.objects.of(self.paper).with_people())

    def get_table(self) -> ItemTable:
        return ItemTable(self.paper, self.request.user)  # type: ignore[attr-defined]

    def get_sheet(self, outcome: Outcome | None = None, *, both: bool = False) -> Sheet:
        """The whole list, be it for all rows of the page or for one that was saved."""
        return Sheet(self.paper, self.paper.items.all(), self.remarks, outcome, both=both)


class IndicatorListDetail(LoginRequiredMixin, ListMixin, TableView):
    """Draw up, read, and see where the list stands."""

    def page(self, outcome: Outcome | None = None, status: int = 200) -> HttpResponse:
        table = self.get_table()
        prefetch_related_objects([self.paper], "items")
        letters = list(HandOver.objects.of(self.paper))
        is_open = table.may_edit(self.paper)
        sheet = self.get_sheet(outcome, both=self.is_bilingual)
        rows = sheet.rows(sheet.items, self._editable(table, sheet.items) if is_open else frozenset())
        view = "wrong" if outcome else self.request.GET.get("show", "")
        context = {
            "paper": self.paper,
            "rows": shown(rows, view),
            "total": len(rows),
            "segments": self._segments(rows, view),
            "stamps": stamps_of(self.paper, rows, letters, open_remarks=sheet.remarks.total()),
            "remarks": self.remarks,
            "letters": letters,
            "is_open": is_open,
            "would_edit": table.is_editor,
            "review": self._review(sheet) if self.paper.may_remark(self.request.user) else None,
            "edits_all": table.may_edit_all(self.paper),
            "is_bilingual": self.is_bilingual,
            "icons": static("icons.svg"),
            "undo": undo_of(self.request, table, sheet.items),
            "lacks_texts": self._lacks_texts(rows),
            "outcome": outcome,
            "refused": len(outcome.refused) if outcome else 0,
        }
        return render(self.request, "indicators/indicatorlist_detail.html", context, status=status)

    def saved(self, outcome: Outcome) -> HttpResponse:
        if outcome.cells:
            cells = outcome.cells
            said = ngettext("%(cells)s cell has been saved.", "%(cells)s cells have been saved.", cells)
            messages.success(self.request, said % {"cells": cells})
        elif "add" not in self.request.POST:
            messages.info(self.request, _("Nothing has changed."))
        here = self.request.get_full_path()
        table = self.get_table()
        if "add" in self.request.POST and table.may_edit_all(self.paper):
            [item] = table.add([{"source": IndicatorListItem.Source.OWN}])
            here = f"{self.paper.get_absolute_url()}#line-{item.pk}"
        return redirect(here)

    def locked(self, reason: Locked) -> HttpResponse:
        messages.error(self.request, str(reason))
        return redirect(self.paper.get_absolute_url())

    @property
    def is_bilingual(self) -> bool:
        return self.request.GET.get("languages") == "both"

    def _review(self, sheet: Sheet) -> dict[str, int]:
        """How far the review has come: its cycle, its days, the remarks that stand open and their rows."""
        since = self.paper.sent_on or timezone.localdate(self.paper.status_since)
        return {
            "round": Remark.objects.round_of(self.paper),
            "days": max((timezone.localdate() - since).days, 0),
            "open": sheet.remarks.total(),
            "rows": sum(1 for line in sheet.remarks if line),
        }

    def _lacks_texts(self, rows: list[dict[str, Any]]) -> int:
        """How many rows of a list from paper wait for the person to add their texts in the other language."""
        may_add = TranslationTable(self.paper, self.request.user).may_edit(self.paper)
        return sum(1 for row in rows if row["is_untranslated"]) if may_add else 0

    def _editable(self, table: ItemTable, items: list[IndicatorListItem]) -> frozenset[int]:
        if table.may_edit_all(self.paper):
            return frozenset(item.pk for item in items)
        return frozenset(table.editable(table.lines()).values_list("pk", flat=True))

    def _segments(self, rows: list[dict[str, Any]], view: str) -> list[Segment]:
        """Views of the page that would show anything, each with its count."""
        names = {
            "wrong": (_("Errors"), "wrong"),
            "check": (pgettext("filter", "To check"), "warn"),
            "empty": (_("Not filled"), "idle"),
            "untranslated": (_("No translation"), "idle"),
            "changed": (_("Changed"), "pen"),
        }
        here = self.paper.get_absolute_url()
        both = "&languages=both" if self.is_bilingual else ""
        segments = [Segment(f"{_('All')} {len(rows)}", here + both.replace("&", "?"), is_current=not view)]
        for name, (words, icon) in names.items():
            count = sum(1 for row in rows if VIEWS[name](row))
            if count or view == name:
                url = f"{here}?show={name}{both}"
                segments.append(Segment(f"{words} {count}", url, is_current=view == name, icon=icon))
        return segments


class IndicatorListCells(ListMixin, CellsView):
    """Autosave of the cells of a list."""

    row_template = "indicators/_row.html"

    def row_context(self, table: Any, lines: list[Any]) -> dict[int, dict[str, Any]]:
        rows = self.get_sheet().rows(lines, frozenset(line.pk for line in lines))
        return {int(row["key"]): {"row": row, "icons": static("icons.svg")} for row in rows}
