"""One row with everything that the table leaves out; and rows taken over from the typical list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from apps.goals.models import Goal, Observation
from apps.grid.edits import Edit
from apps.grid.tables import Locked
from apps.grid.views import WholeTableMixin
from apps.indicators.drafting import add_from_typical
from apps.indicators.forms import DepartmentsForm, ItemForm, concerns
from apps.indicators.models import IndicatorListItem, TypicalList, TypicalListItem
from apps.indicators.tables import ItemTable
from apps.indicators.views.editor import ListMixin
from apps.ui.requests import whole

FIELDS = list(ItemForm.base_fields)


class ItemUpdate(LoginRequiredMixin, ListMixin, View):
    """A row in both languages with all that the table leaves out, beside the official figures."""

    @cached_property
    def table(self) -> ItemTable:
        table = self.get_table()
        if not table.may_edit(self.paper):
            raise Http404
        return table

    @cached_property
    def edits_all(self) -> bool:
        return self.table.may_edit_all(self.paper)

    @cached_property
    def item(self) -> IndicatorListItem:
        return get_object_or_404(self.table.editable(self.table.lines()), pk=self.kwargs["item"])

    def get(self, request: HttpRequest, pk: int, item: int) -> HttpResponse:
        return self._page(ItemForm(self.item), DepartmentsForm(instance=self.item))

    def post(self, request: HttpRequest, pk: int, item: int) -> HttpResponse:
        try:
            return self._act(request.POST.get("do", "save"))
        except Locked as reason:
            messages.error(request, str(reason))
            return redirect(self.paper.get_absolute_url())

    def _act(self, deed: str) -> HttpResponse:
        key, here = self.item.pk, self.paper.get_absolute_url()
        if deed == "save":
            return self._save()
        if not self.edits_all:
            raise Http404
        if deed == "delete":
            self.table.delete([key])
            messages.success(self.request, _("The row has been deleted; its words stay in the history."))
            return redirect(here)
        self.table.move(key, {"up": -1, "down": 1}.get(deed, 0))
        return redirect(f"{here}#line-{key}")

    def _save(self) -> HttpResponse:
        given = self.request.POST
        typed = {name: given.get(name, "") for name in FIELDS if name in given}
        form = ItemForm(self.item, typed)
        departments = DepartmentsForm(given, instance=self.item)
        if not form.is_valid() or not departments.is_valid():
            return self._page(form, departments, status=422)
        edit = Edit(typed, version=whole(given.get("version")) or 0)
        with transaction.atomic():
            outcome = self.table.save({self.item.pk: edit})
            if self.edits_all and not outcome.refused:
                self.table.entrust(self.item.pk, departments.cleaned_data["departments"])
        for refusal in outcome.refused:
            form.add_error(refusal.field, str(refusal.message))
        if outcome.refused:
            return self._page(form, departments, status=409)
        messages.success(self.request, _("The row has been saved."))
        return redirect(f"{self.paper.get_absolute_url()}#line-{self.item.pk}")

    def _page(self, form: ItemForm, departments: DepartmentsForm, status: int = 200) -> HttpResponse:
        keys = list(self.table.lines().values_list("pk", flat=True))
        place = keys.index(self.item.pk)
        official = Observation.objects.official_for(self.paper.region, [self.item.code])
        context: dict[str, Any] = {
            "paper": self.paper,
            "item": self.item,
            "number": place + 1,
            "total": len(keys),
            "before": keys[place - 1] if place else None,
            "after": keys[place + 1] if place + 1 < len(keys) else None,
            "form": form,
            "departments": departments if self.edits_all else None,
            "concerns": concerns(self.item),
            "official": list(official)[-6:],
        }
        return render(self.request, "indicators/indicatorlistitem_update.html", context, status=status)


class ItemsFromTypicalList(LoginRequiredMixin, ListMixin, WholeTableMixin, View):
    """Choose rows of the typical list in force that the list does not have yet."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        chosen = {whole(key) for key in request.POST.getlist("items")} - {None}
        items = list(self.offered.filter(pk__in=chosen)) if chosen else []
        if not items:
            return self._page(error=_("Choose at least one row."), status=422)
        try:
            added = add_from_typical(self.table, items, items[0].typical_list)
        except Locked as reason:
            messages.error(request, str(reason))
            return redirect(self.paper.get_absolute_url())
        messages.success(request, _("Rows added: {rows}.").format(rows=len(added)))
        return redirect(f"{self.paper.get_absolute_url()}#line-{added[0].pk}")

    @cached_property
    def typical(self) -> TypicalList | None:
        return TypicalList.objects.visible_to(self.request.user).in_force()

    @property
    def offered(self) -> Any:
        items = TypicalListItem.objects.filter(typical_list=self.typical).select_related("typical_list")
        return items.order_by("position")

    def _page(self, *, error: str = "", status: int = 200) -> HttpResponse:
        there = set(self.paper.items.values_list("code", "regional_kk"))
        rows = [item for item in self.offered if (item.code, item.regional_kk) not in there]
        context: dict[str, Any] = {
            "paper": self.paper,
            "typical": self.typical,
            "groups": by_goal(rows),
            "chosen": frozenset(),
            "error": error,
        }
        return render(self.request, "indicators/indicatorlist_add.html", context, status=status)


def by_goal(items: list[TypicalListItem]) -> list[tuple[Goal | None, list[TypicalListItem]]]:
    """Rows under their goals; a goal is read from the indicator's number (one query)."""
    goals = {goal.number: goal for goal in Goal.objects.all()}
    groups: dict[int | None, list[TypicalListItem]] = {}
    for item in items:
        groups.setdefault(item.goal_number if item.goal_number in goals else None, []).append(item)
    return [(goals.get(number) if number else None, rows) for number, rows in groups.items()]
