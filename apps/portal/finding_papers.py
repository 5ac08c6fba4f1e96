"""Papers themselves among what is found: by kind and year, by number, by day; people by their seats."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.groups.models import Member, WorkingGroup
from apps.indicators.models import IndicatorList
from apps.meetings.models import Meeting
from apps.monitoring.models import MonitoringReport
from apps.portal.asked import Asked
from apps.ui.dates import date_of
from apps.ui.numerals import numero
from apps.ui.search import occurs, search
from apps.workflow.models import HandOver

NUMBERS = ("outgoing_number", "incoming_number")
NAMES = ("region__name_kk", "region__name_ru")


def lists(user: User, query: Asked) -> QuerySet[IndicatorList] | None:
    """Lists of the years named, of the regions named, and those that a letter of that number went with."""
    if query.says_nothing_of_papers or query.months or not query.wants("list", "letter"):
        return None
    found = IndicatorList.objects.visible_to(user).select_related("region").order_by("-year", "-edition")
    if query.day:
        found = found.filter(Q(approved_on=query.day) | Q(published_on=query.day) | Q(sent_on=query.day))
    return _of_years(_with_words(found, query, *NAMES, "act_number"), query)


def reports(user: User, query: Asked) -> QuerySet[MonitoringReport] | None:
    if query.says_nothing_of_papers or query.months or not query.wants("report", "letter"):
        return None
    found = (
        MonitoringReport.objects.visible_to(user)
        .select_related("region", "indicator_list")
        .order_by("-year", "region")
    )
    if query.day:
        found = found.filter(Q(submitted_on=query.day) | Q(transmitted_on=query.day))
    return _of_years(_with_words(found, query, *NAMES), query)


def meetings(user: User, query: Asked) -> QuerySet[Meeting] | None:
    """Meetings of that day, month or year, and those whose protocol has that number, which come first."""
    if query.says_nothing_of_papers or not query.wants("protocol", "meeting"):
        return None
    found = Meeting.objects.visible_to(user).select_related("protocol", "group__region")
    if query.day:
        found = found.filter(Q(held_on=query.day) | Q(protocol__dated=query.day))
    if query.years:
        found = found.filter(held_on__year__in=query.years)
    if query.months:
        found = found.filter(held_on__month__in=query.months)
    if query.kinds == {"protocol"}:
        found = found.exclude(protocol__number="")
    fields = ("protocol__number", "group__name_kk", "group__name_ru")
    found = search(found, " ".join(query.words), *fields, *(f"group__{name}" for name in NAMES))
    exact = Case(When(protocol__number__in=query.words, then=0), default=1)
    return found.order_by(exact, "-held_on", "-pk")


def members(user: User, words: str) -> QuerySet[Member]:
    seats = Member.objects.filter(group__in=WorkingGroup.objects.visible_to(user)).select_related("group")
    return search(seats, words, "full_name").order_by("full_name", "-starts_on")


def words_of_meeting(meeting: Meeting) -> str:
    """«протокол № 4 от …», or the meeting by its date while the protocol has no number."""
    if meeting.protocol.number:
        return meeting.protocol.title
    return _("Meeting %(date)s") % {"date": date_of(meeting.held_on)}


def place_of_paper(paper: Any) -> str:
    """The region, and the letter by whose number the paper was found."""
    numbers = filter(None, (getattr(paper, "letter", "") or "").split("\n"))
    return " · ".join((paper.region.name, paper.get_status_display(), *map(numero, numbers)))


def _of_years[Rows: QuerySet[Any]](rows: Rows, query: Asked) -> Rows:
    return rows.filter(year__in=query.years) if query.years else rows


def _with_words[Rows: QuerySet[Any]](rows: Rows, query: Asked, *fields: str) -> Rows:
    """Each word stands in a field, or in the number of a letter that went with the paper."""
    letters = _letters_of(rows.model)
    numbers = [word for word in query.words if any(sign.isdigit() for sign in word)]
    for word in query.words:
        in_letter = Q(Exists(letters.filter(occurs(word, *NUMBERS)))) if word in numbers else Q()
        rows = rows.filter(occurs(word, *fields) | in_letter)
    if not numbers:
        return rows
    named = search(letters, " ".join(numbers), *NUMBERS)
    both = Concat("outgoing_number", Value("\n"), "incoming_number")
    return rows.annotate(letter=Subquery(named.annotate(numbers=both).values("numbers")[:1]))


def _letters_of(model: type[Any]) -> QuerySet[HandOver]:
    kind = ContentType.objects.get_for_model(model)
    return HandOver.objects.filter(content_type=kind, object_id=Cast(OuterRef("pk"), CharField()))
