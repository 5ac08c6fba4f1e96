"""Today, the national table, a region's page, and search over papers and their rows."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import product
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import DetailView, TemplateView, View

from apps.accounts.models import User
from apps.groups.models import WorkingGroup
from apps.indicators.models import IndicatorList
from apps.meetings.models import Meeting
from apps.monitoring.campaign import year_to_open
from apps.monitoring.models import MonitoringReport
from apps.organisations.models import Region
from apps.portal.asked import beginnings
from apps.portal.finding import find
from apps.portal.pace import headline, pace
from apps.portal.standing import standings
from apps.portal.today import today_of
from apps.ui.dates import date_digits
from apps.workflow.models import Paper

STAGES = ("submitted", "transmitted", "listed")
FIRST_YEAR = 2024
YEARS = range(FIRST_YEAR, 2100)


def signed_in(request: HttpRequest) -> User:
    """The person behind a page that asked to sign in first."""
    return cast("User", request.user)


class TodayView(LoginRequiredMixin, TemplateView):
    template_name = "portal/today.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        page = today_of(signed_in(self.request), today)
        return super().get_context_data(page=page, today=today, **kwargs)


class RegionsView(LoginRequiredMixin, TemplateView):
    """Who stands where since when; the same address gives the same view, so that a letter can cite it."""

    template_name = "portal/regions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        current = year_to_open(today)
        year = self.chosen_year(current)
        stage = self.request.GET.get("stage", "")
        stage = stage if stage in STAGES else STAGES[0]
        rows = standings(year, language=get_language() or "kk", today=today)
        listed = [row for row in rows if row.under_way or row.in_force]
        quarters = [*product((year - 1, year), range(1, 5)), (year + 1, 1)]
        return super().get_context_data(
            headline=headline(rows, is_current=year == current),
            rows=rows,
            tiles=[(row, getattr(row, stage)) for row in rows],
            stage=stage,
            year=year,
            years=range(current - 2, current + 1),
            now=timezone.now(),
            today=today,
            submitted=pace(rows, "submitted"),
            transmitted=pace(rows, "transmitted"),
            quarters=quarters,
            quarter_years=Counter(quarter_year for quarter_year, _number in quarters).items(),
            heat=[(row, [(*when, row.quarter(*when)) for when in quarters]) for row in rows],
            troubled=[row for row in rows if row.trouble],
            unopened=any(row.report is None for row in rows),
            is_demonstration={row.is_demonstration for row in listed} == {True},
            **kwargs,
        )

    def chosen_year(self, current: int) -> int:
        asked = self.request.GET.get("year", "")
        return next((year for year in range(FIRST_YEAR, current) if str(year) == asked), current)


class RegionsCsvView(LoginRequiredMixin, View):
    """The national table as a file that a spreadsheet opens as it is: semicolons, a byte-order mark."""

    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        if year not in YEARS:
            raise Http404
        response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="regions-{year}.csv"'
        table = csv.writer(response, delimiter=";")
        table.writerow(
            [
                _("KATO code"),
                _("Region"),
                _("List"),
                _("Since"),
                _("Report"),
                _("Since"),
                _("Lines with a fact"),
                _("Note"),
            ]
        )
        for row in standings(year, language=get_language() or "kk"):
            report, paper = row.report, row.under_way or row.in_force
            table.writerow(
                [
                    row.region.pk,
                    row.region.name,
                    row.listed.words,
                    self.day(paper),
                    row.reported.words,
                    self.day(report),
                    f"{row.filled}/{row.total}" if report else "",
                    _("demonstration (unofficial)") if row.is_demonstration else "",
                ]
            )
        return response

    def day(self, paper: Paper | None) -> str:
        return date_digits(paper.stands_since) if paper else ""


class RegionView(LoginRequiredMixin, DetailView):
    """One region: its lists, reports, group and meetings, as far as the person may see them."""

    template_name = "portal/region.html"
    context_object_name = "region"

    def get_queryset(self) -> Any:
        return Region.objects.reporting()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, region = self.request.user, self.object
        return super().get_context_data(
            lists=IndicatorList.objects.visible_to(user).filter(region=region).order_by("-year", "-edition"),
            reports=MonitoringReport.objects.visible_to(user)
            .filter(region=region)
            .select_related("indicator_list")
            .order_by("-year"),
            group=WorkingGroup.objects.visible_to(user).filter(region=region).first(),
            meetings=Meeting.objects.visible_to(user)
            .filter(group__region=region)
            .select_related("protocol", "group")[:12],
            **kwargs,
        )


class SearchView(LoginRequiredMixin, TemplateView):
    """Papers and rows with the words of the query, or with words like them."""

    template_name = "portal/search.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look for the words as they are typed, then, on a page that says so, for their beginnings."""
        words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
        begun = beginnings(words)
        is_alike = "alike" in request.GET and begun != words
        found = find(signed_in(request), begun if is_alike else words) if words else None
        if found == [] and begun != words and not is_alike:
            return redirect(f"{request.path}?{urlencode({'q': words, 'alike': 1})}")
        return self.render_to_response(
            self.get_context_data(words=words, found=found, begun=begun if is_alike else "")
        )
