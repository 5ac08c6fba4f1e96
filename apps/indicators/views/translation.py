"""The page on which a list from paper gets the texts that it lacks in one language."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.grid.tables import Locked, Outcome
from apps.grid.views import TableView
from apps.indicators.forms import ItemForm
from apps.indicators.models import IndicatorListItem
from apps.indicators.translation import TranslationTable, lacking
from apps.indicators.views.editor import ListMixin


class IndicatorListTranslation(LoginRequiredMixin, ListMixin, TableView):
    """Row by row what is said in one language only, and a place for the other."""

    def get_table(self) -> TranslationTable:
        table = TranslationTable(self.paper, self.request.user)
        if not table.may_edit(self.paper):
            raise Http404
        return table

    def page(self, outcome: Outcome | None = None, status: int = 200) -> HttpResponse:
        rows = enumerate(self.get_table().lines(), start=1)
        refused = outcome.refused_by_line if outcome else {}
        context = {
            "paper": self.paper,
            "rows": [_row(number, item, refused.get(item.pk, {})) for number, item in rows if lacking(item)],
        }
        return render(self.request, "indicators/indicatorlist_translation.html", context, status=status)

    def saved(self, outcome: Outcome) -> HttpResponse:
        if outcome.changed:
            messages.success(self.request, _("Texts added: {count}.").format(count=outcome.cells))
        else:
            messages.info(self.request, _("Nothing has changed."))
        return redirect(self.paper.get_absolute_url())

    def locked(self, reason: Locked) -> HttpResponse:
        messages.error(self.request, str(reason))
        return redirect(self.paper.get_absolute_url())


def _row(number: int, item: IndicatorListItem, refused: dict[str, Any]) -> dict[str, Any]:
    """A row with its empty fields, each beside the words that there are."""
    fields = [
        {
            "name": f"line-{item.pk}-{name}",
            "label": ItemForm.base_fields[name].label,
            "language": name[-2:],
            "said": getattr(item, name[:-2] + ("kk" if name.endswith("ru") else "ru")),
            "spoken": "kk" if name.endswith("ru") else "ru",
            "refusal": refused.get(name),
        }
        for name in lacking(item)
    ]
    return {"number": number, "item": item, "fields": fields}
