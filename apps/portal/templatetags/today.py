"""Figures that are told from today."""

import datetime

from django import template
from django.utils.translation import ngettext

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
