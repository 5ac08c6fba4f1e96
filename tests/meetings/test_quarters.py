"""The quarter meter counts held meetings with signed protocols, and nothing else (point 6)."""

import datetime

import pytest

from apps.meetings.models import Protocol
from apps.meetings.quarters import held_in, last_day_of, ordinal, quarters, quarters_of
from tests.factories.meetings import MeetingFactory, WorkingGroupFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
TODAY = datetime.date(2026, 8, 15)


def levels(group, today=TODAY, since=None):
    return [str(one.level) for one in quarters(2026, held_in(2026, [group.pk]), today, since)]


def held(group, month, day=10, status="signed", **fields):
    meeting = MeetingFactory(group=group, held_on=datetime.date(2026, month, day), **fields)
    Protocol.objects.filter(meeting=meeting).update(status=status)
    return meeting


def test_quarter_without_meeting_is_none_when_past_and_ahead_while_it_lasts(group):
    assert levels(group) == ["none", "none", "ahead", "ahead"]


def test_quarter_counts_only_with_a_signed_protocol(group):
    held(group, 2)
    held(group, 5, status="draft")
    assert levels(group) == ["with", "without", "ahead", "ahead"]


def test_quarter_that_counts_names_its_last_signed_protocol(group):
    held(group, 2)
    meeting = held(group, 3)
    Protocol.objects.filter(meeting=meeting).update(number="12")
    held(group, 5, status="draft")
    found = quarters(2026, held_in(2026, [group.pk]), TODAY)
    assert [one.protocol for one in found] == ["12", "", "", ""]


def test_quarter_ignores_cancelled_and_future_meetings(group):
    held(group, 2, status="draft", cancelled=True)
    held(group, 8, day=16, status="draft")
    assert levels(group) == ["none", "none", "ahead", "ahead"]


def test_quarter_before_the_act_is_not_applicable(group):
    assert levels(group, since=datetime.date(2026, 4, 1)) == ["na", "none", "ahead", "ahead"]


def test_quarter_belongs_to_the_day_of_the_meeting(group):
    held(group, 3, day=31)
    held(group, 7, day=1)
    assert levels(group) == ["with", "none", "with", "ahead"]


def test_last_days_of_quarters():
    assert [last_day_of(2027, number).strftime("%d.%m.%Y") for number in (1, 2, 3, 4)] == [
        "31.03.2027",
        "30.06.2027",
        "30.09.2027",
        "31.12.2027",
    ]


def test_quarters_of_many_groups_take_one_query(group, django_assert_num_queries):
    other = WorkingGroupFactory()
    held(group, 2)
    with django_assert_num_queries(1):
        found = quarters_of(2026, {group.pk: None, other.pk: None}, TODAY)
    assert [[str(one.level) for one in found[pk]] for pk in (group.pk, other.pk)] == [
        ["with", "none", "ahead", "ahead"],
        ["none", "none", "ahead", "ahead"],
    ]


def test_ordinal_counts_the_meetings_that_were_not_cancelled(group):
    first, cancelled, second = held(group, 1), held(group, 2, cancelled=True), held(group, 3)
    rows = held_in(2026, [group.pk])
    assert [ordinal(meeting, rows) for meeting in (first, cancelled, second)] == [1, 0, 2]
