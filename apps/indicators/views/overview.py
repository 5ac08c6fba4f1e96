"""Lists beside each other, and the typical list that they are drawn up from."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from apps.accounts.models import Role
from apps.indicators.beginning_forms import year_to_draw_up
from apps.indicators.models import IndicatorList, TypicalList
from apps.organisations.models import Organisation
from apps.ui.parts import Choice


def akimats_of(user: Any) -> QuerySet[Organisation]:
    """Akimats whose lists the person draws up."""
    own = Organisation.objects.filter(pk__in=user.organisations(Role.AKIMAT_STAFF), region__is_reporting=True)
    return own.select_related("region")


def bodies_to_begin_for(user: Any) -> QuerySet[Organisation]:
    """Own akimats of regions whose list is not under way now."""
    under_way = IndicatorList.objects.under_way().values("region")
    return akimats_of(user).exclude(region__in=under_way)


def beginnings(*, has_earlier: bool) -> list[Choice]:
    """The three ways to begin a list, and the fourth for what exists on paper."""
    create = reverse("indicators:indicatorlist_create")
    last_edition = Choice(
        _("From the last edition"),
        f"{create}?way=copy",
        _("Rows, values and departments are taken over; stamps are not."),
        "copy",
    )
    return [
        Choice(
            _("From the typical list"),
            f"{create}?way=typical",
            _("Choose the rows; numbers, names and units come with them, in both languages."),
            "plus",
        ),
        *([last_edition] if has_earlier else []),
        Choice(
            _("From Excel"),
            f"{create}?way=paste",
            _("Copy the table in Excel and paste it; you see the rows before they are stored."),
            "paste",
        ),
        Choice(
            _("Approved on paper already"),
            reverse("indicators:indicatorlist_on_paper"),
            _("Rows by paste, the act and its scan; marked as entered retrospectively."),
            "file",
        ),
    ]


class IndicatorListList(LoginRequiredMixin, ListView):
    """The lists that one may see, newest edition first within a region; and the ways to begin one."""

    template_name = "indicators/indicatorlist_list.html"
    context_object_name = "papers"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[IndicatorList]:
        lists = IndicatorList.objects.visible_to(self.request.user).select_related("region", "typical_list")
        if region := self.request.GET.get("region"):
            lists = lists.filter(region=region[:9])
        sort = "region__sort_ru" if self.request.LANGUAGE_CODE == "ru" else "region__sort_kk"
        return lists.annotate(rows=Count("items")).order_by(sort, "region", "-year", "-edition")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bodies = list(bodies_to_begin_for(self.request.user))
        years = set(IndicatorList.objects.filter(organisation__in=bodies).values_list("year", flat=True))
        return super().get_context_data(
            bodies=bodies,
            choices=beginnings(has_earlier=bool(years)) if bodies else [],
            is_begun=year_to_draw_up() in years,
            year=year_to_draw_up(),
            may_enter=bool(bodies) or akimats_of(self.request.user).exists(),
            typical=TypicalList.objects.visible_to(self.request.user).in_force(),
            **kwargs,
        )


class TypicalListDetail(LoginRequiredMixin, DetailView):
    """The typical list as the regions may use it (point 17)."""

    template_name = "indicators/typicallist_detail.html"
    context_object_name = "paper"

    def get_queryset(self) -> QuerySet[TypicalList]:
        return TypicalList.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(items=self.object.items.all(), **kwargs)
