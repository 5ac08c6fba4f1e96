"""Figures and dates that are told from today."""

import datetime

from django import template
from django.utils.translation import ngettext

from apps.ui.dates import Day, as_day, date_short, spoken, weekday_short

register = template.Library()


@register.filter
def days_until(due: datetime.date, today: datetime.date) -> int:
    """The days between today and a date, without a sign."""
    return abs((due - today).days)


@register.filter
def days_words(due: datetime.date, today: datetime.date) -> str:
    """What the figure counts: days before the date, or days after it."""
    days = abs((due - today).days)
    if due < today:
        return ngettext("day after the date", "days after the date", days)
    return ngettext("day before the date", "days before the date", days)


@register.filter
def date_near(value: Day | None, today: datetime.date) -> str:
    """«15 қаң.» / «15 янв.», and with its year where that is another than today's."""
    if not value:
        return ""
    if as_day(value).year == today.year:
        return date_short(value)
    return _with_year(as_day(value))


@register.filter
def due_near(due: datetime.date, today: datetime.date) -> str:
    """«15 қаң., жм» / «15 янв., пт» within the year, «15 янв. 2026» in another: there no weekday helps."""
    near = date_near(due, today)
    return f"{near}, {weekday_short(due)}" if due.year == today.year else near


def _with_year(day: datetime.date) -> str:
    """«2026 ж. 15 қаң.» / «15 янв. 2026»."""
    if spoken() == "ru":
        return f"{date_short(day)} {day.year}"
    return f"{day.year} ж. {date_short(day)}"
