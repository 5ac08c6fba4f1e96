"""Working days by Kazakhstan's calendar, days off that the Government moved included.

The order moves no date that falls on a day off, so a deadline stays where it is and only its reminders move.
"""

import datetime

import holidays

KAZAKHSTAN = holidays.country_holidays("KZ")
ONE_DAY = datetime.timedelta(days=1)


def is_working_day(day: datetime.date) -> bool:
    return KAZAKHSTAN.is_working_day(day)


def working_day_before(day: datetime.date) -> datetime.date:
    """Return the day itself if people work on it, otherwise the last working day before it."""
    while not is_working_day(day):
        day -= ONE_DAY
    return day


def working_day_after(day: datetime.date) -> datetime.date:
    """Return the first working day that follows."""
    day += ONE_DAY
    while not is_working_day(day):
        day += ONE_DAY
    return day
