"""Search over papers and their rows, within what the person may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.indicators.models import IndicatorList, IndicatorListItem
from apps.meetings.models import AgendaItem, Decision, Meeting
from apps.monitoring.models import MonitoringReport, ReportLine
from apps.organisations.models import Region
from apps.portal import finding_papers
from apps.portal.asked import Asked, asked
from apps.ui.dates import date_digits
from apps.ui.search import search

LIMIT = 50


@dataclass(frozen=True)
class Hit:
    """A row that was found: its words, where it stands, and the way there."""

    words: str
    place: str
    url: str
    is_demonstration: bool = False


@dataclass(frozen=True)
class Hits:
    title: str
    rows: list[Hit]
    more: bool


def find(user: User, words: str) -> list[Hits]:
    """Return what was found by kind of row, at most `LIMIT` of each; nine queries at most."""
    query = asked(words)
    kinds = (
        (_("Regions"), _regions(words)),
        (_("Lists"), _papers(finding_papers.lists(user, query))),
        (_("Reports"), _papers(finding_papers.reports(user, query))),
        (_("Meetings and protocols"), _meetings(user, query)),
        (_("Rows of the lists"), _items(user, words)),
        (_("Lines of the reports"), _lines(user, words)),
        (_("Questions of meetings"), _questions(user, words)),
        (_("Decisions"), _decisions(user, words)),
        (_("Members of working groups"), _members(user, words)),
    )
    return [Hits(title, rows[:LIMIT], len(rows) > LIMIT) for title, rows in kinds if rows]


def _some(rows: QuerySet[Any], words: str, *fields: str) -> list[Any]:
    return _first(search(rows, words, *fields))


def _first(rows: QuerySet[Any] | None) -> list[Any]:
    return [] if rows is None else list(rows[: LIMIT + 1])


def _regions(words: str) -> list[Hit]:
    found = _some(Region.objects.reporting(), words, "name_kk", "name_ru", "name_en", "code")
    return [
        Hit(region.name, region.code, reverse("portal:region_detail", args=[region.pk])) for region in found
    ]


def _papers(found: QuerySet[Any] | None) -> list[Hit]:
    return [
        Hit(
            str(paper.title),
            finding_papers.place_of_paper(paper),
            paper.get_absolute_url(),
            is_demonstration=paper.is_demonstration,
        )
        for paper in _first(found)
    ]


def _meetings(user: User, query: Asked) -> list[Hit]:
    return [
        Hit(finding_papers.words_of_meeting(one), _meeting(one), one.get_absolute_url())
        for one in _first(finding_papers.meetings(user, query))
    ]


def _members(user: User, words: str) -> list[Hit]:
    return [
        Hit(
            seat.full_name,
            f"{seat.get_capacity_display()} · {seat.group.name}",
            seat.group.get_absolute_url(),
        )
        for seat in _first(finding_papers.members(user, words))
    ]


def _items(user: User, words: str) -> list[Hit]:
    rows = IndicatorListItem.objects.filter(
        indicator_list__in=IndicatorList.objects.visible_to(user)
    ).select_related("indicator_list__region")
    fields = (
        "code",
        "national_kk",
        "national_ru",
        "regional_kk",
        "regional_ru",
        "responsible_kk",
        "responsible_ru",
    )
    return [
        Hit(
            f"{row.code} {row.regional or row.national}".strip(),
            f"{row.indicator_list.region.name} · {row.indicator_list.title}",
            f"{row.indicator_list.get_absolute_url()}#line-{row.pk}",
            is_demonstration=row.indicator_list.is_demonstration,
        )
        for row in _some(rows.order_by("-indicator_list__year", "position"), words, *fields)
    ]


def _lines(user: User, words: str) -> list[Hit]:
    rows = ReportLine.objects.filter(report__in=MonitoringReport.objects.read_by(user)).select_related(
        "report__region", "report__indicator_list"
    )
    fields = ("name_kk", "name_ru", "responsible_kk", "responsible_ru", "comment_kk", "comment_ru")
    return [
        Hit(
            row.name,
            f"{row.report.region.name} · {row.report.title}",
            f"{row.report.get_absolute_url()}#line-{row.pk}",
            is_demonstration=row.report.is_demonstration,
        )
        for row in _some(rows.order_by("-report__year", "position"), words, *fields)
    ]


def _questions(user: User, words: str) -> list[Hit]:
    rows = AgendaItem.objects.filter(meeting__in=Meeting.objects.visible_to(user)).select_related(
        "meeting__group"
    )
    found = _some(
        rows.order_by("-meeting__held_on", "position"), words, "title_kk", "title_ru", "heard_kk", "heard_ru"
    )
    return [Hit(row.title, _meeting(row.meeting), row.meeting.get_absolute_url()) for row in found]


def _decisions(user: User, words: str) -> list[Hit]:
    rows = Decision.objects.filter(item__meeting__in=Meeting.objects.visible_to(user)).select_related(
        "item__meeting__group"
    )
    found = _some(rows.order_by("-item__meeting__held_on", "position"), words, "text_kk", "text_ru")
    return [Hit(row.text, _meeting(row.item.meeting), row.get_absolute_url()) for row in found]


def _meeting(meeting: Meeting) -> str:
    return f"{meeting.group.name} · {date_digits(meeting.held_on)}"
