"""Pasting a block of Annex 1 from Excel into a list."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin

from apps.grid.views import PasteView
from apps.indicators.pasting import ItemPaste
from apps.indicators.views.editor import ListMixin


class IndicatorListPaste(LoginRequiredMixin, ListMixin, PasteView):
    """Rows of a block change those with the same indicator number, or, with `mode` add, are all new."""

    template_name = "indicators/indicatorlist_paste.html"

    def get_paste(self, lines: list[Any], language: str) -> ItemPaste:
        return ItemPaste(lines, language, adds_all=self.request.POST.get("mode") == "add")
