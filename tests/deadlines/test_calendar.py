"""Working days around the two dates of the report, by Kazakhstan's calendar."""

import datetime

import pytest

from apps.deadlines.calendar import is_working_day, working_day_after, working_day_before

pytestmark = pytest.mark.embedded


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2027-01-15", "2027-01-15"),  # a Friday
        ("2028-01-15", "2028-01-14"),  # a Saturday
        ("2026-02-01", "2026-01-30"),  # a Sunday
        ("2027-01-01", "2026-12-31"),  # over the turn of the year
        ("2027-01-02", "2026-12-31"),
        ("2027-01-04", "2026-12-31"),  # the day off moved from Saturday, 2 January
        ("2026-12-16", "2026-12-15"),  # Independence Day
        ("2026-01-07", "2026-01-06"),  # Orthodox Christmas
        ("2027-03-15", "2027-03-12"),  # Constitution Day, since 2027 in March
    ],
)
def test_working_day_before_goes_back_over_days_off(day, before):
    assert working_day_before(datetime.date.fromisoformat(day)) == datetime.date.fromisoformat(before)


def test_working_day_before_a_leap_day_is_the_leap_day():
    assert working_day_before(datetime.date(2028, 2, 29)) == datetime.date(2028, 2, 29)


@pytest.mark.parametrize(
    ("day", "after"),
    [
        ("2027-01-15", "2027-01-18"),  # Friday, so Monday
        ("2027-02-01", "2027-02-02"),
        ("2026-12-31", "2027-01-05"),
        ("2026-02-01", "2026-02-02"),
    ],
)
def test_working_day_after_is_the_next_day_at_work(day, after):
    assert working_day_after(datetime.date.fromisoformat(day)) == datetime.date.fromisoformat(after)


def test_a_sunday_that_the_government_made_a_working_day_is_one():
    assert not is_working_day(datetime.date(2025, 1, 3))  # the day off was moved here
    assert is_working_day(datetime.date(2025, 1, 5))
