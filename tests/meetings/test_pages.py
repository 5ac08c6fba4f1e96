"""The pages of meetings answer whom they should, in a fixed number of queries, in both languages."""

import datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import override

from apps.documents.papers import kinds
from apps.meetings.models import Protocol
from tests.factories.meetings import (
    AgendaItemFactory,
    AttendanceFactory,
    DecisionFactory,
    MeetingFactory,
    MemberFactory,
    account,
    full_group,
)
from tests.factories.monitoring import ListFactory, ReportFactory
from tests.factories.people import national

pytestmark = pytest.mark.django_db
MEETING_QUERIES, SETTLED_QUERIES, LIST_QUERIES = 12, 12, 9


def filled(group, rows, status="draft"):
    """A meeting with so many questions, decisions and papers of both kinds on its agenda and waiting."""
    body = group.organisation
    meeting = MeetingFactory(group=group)
    MemberFactory.create_batch(rows, group=group)
    for seat in group.members.all():
        AttendanceFactory(meeting=meeting, member=seat)
    for number in range(rows):
        report = ReportFactory(submitted=True, organisation=body, year=2010 + number)
        item = AgendaItemFactory(
            meeting=meeting, content_type=ContentType.objects.get_for_model(report), object_id=report.pk
        )
        DecisionFactory.create_batch(2, item=item)
        ReportFactory(submitted=True, organisation=body, year=2020 + number)
    ListFactory(draft=True, organisation=body)
    Protocol.objects.filter(meeting=meeting).update(status=status)
    if status != "draft":
        kinds["protocol"].issue(meeting.protocol)
    return meeting


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("status", "queries"), [("draft", MEETING_QUERIES), ("signed", SETTLED_QUERIES)])
def test_meeting_page_asks_as_much_for_one_row_as_for_three(
    client, group, secretary, django_assert_num_queries, rows, status, queries
):
    meeting = filled(group, rows, status)
    client.force_login(secretary)
    client.get(meeting.get_absolute_url())
    with django_assert_num_queries(queries):
        client.get(meeting.get_absolute_url())


@pytest.mark.parametrize("meetings", [1, 3])
@pytest.mark.parametrize("groups", [1, 3])
def test_list_page_asks_as_much_for_one_meeting_as_for_three(
    client, django_assert_num_queries, meetings, groups
):
    for group in [full_group() for _ in range(groups)]:
        MeetingFactory.create_batch(meetings, group=group)
    client.force_login(national("auditor"))
    url = reverse("meetings:meeting_list") + f"?year=2026&group={group.pk}"
    client.get(url)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(client.get(url).context["meetings"]) == meetings


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("name", ["meeting_list", "meeting_create", "protocol_on_paper"])
def test_pages_speak_both_languages(client, secretary, meeting, language, name):
    client.force_login(secretary)
    url = reverse(f"meetings:{name}").replace("/kk/", f"/{language}/")
    page = client.get(url)
    assert page.status_code == 200
    assert f'lang="{language}"' in page.text


def test_strangers_find_no_meeting_and_visitors_sign_in(client, meeting):
    url = meeting.get_absolute_url()
    assert client.get(url).status_code == 302
    client.force_login(account(full_group(), "secretary"))
    for page in (url, f"{url}cancel/", f"{url}attach/"):
        assert client.get(page).status_code == 404
    assert client.post(url).status_code == 404


def test_list_shows_the_year_that_is_asked_for(client, secretary, group):
    MeetingFactory(group=group, held_on=datetime.date(2025, 3, 3))
    kept = MeetingFactory(group=group, held_on=datetime.date(2026, 3, 3))
    client.force_login(secretary)
    for asked in ("?year=2026", "?year=x", "", "?year=99999999999", "?year=²", "?year=" + "9" * 5000):
        page = client.get(reverse("meetings:meeting_list") + asked)
        assert page.status_code == 200
    assert list(client.get(reverse("meetings:meeting_list") + "?year=2026").context["meetings"]) == [kept]


def test_quorum_is_named_only_where_a_majority_came(client, secretary, group, meeting):
    client.force_login(secretary)
    seats = list(group.members.all())
    for seat in seats[:2]:
        AttendanceFactory(meeting=meeting, member=seat)
    for seat in seats[2:]:
        AttendanceFactory(meeting=meeting, member=seat, state="absent")
    assert "Кворум" not in client.get(meeting.get_absolute_url()).text
    meeting.attendance.filter(member=seats[2]).update(state="replaced")
    assert "Кворум бар: 5 мүше" in client.get(meeting.get_absolute_url()).text


@pytest.mark.parametrize(
    ("language", "heading", "section"),
    [
        ("kk", "<h1>2026 жылғы 22 қазандағы отырыс</h1>", "басталған жоқ"),
        ("ru", "<h1>Заседание 22 октября 2026 года</h1>", "не начато"),
    ],
)
def test_meeting_is_held_on_its_day_and_its_sections_are_neuter(
    client, secretary, meeting, language, heading, section
):
    client.force_login(secretary)
    with override(language):
        text = client.get(meeting.get_absolute_url()).text
    assert heading in text
    assert f'aria-label="{section}"' in text


def test_missing_category_is_pointed_at(client, secretary, group, meeting):
    client.force_login(secretary)
    assert "сарапшылар мен белсенді азаматтар" in client.get(group.get_absolute_url()).text


def test_page_keeps_to_the_strict_policy(client, secretary, group):
    client.force_login(secretary)
    text = client.get(filled(group, 1).get_absolute_url()).text
    for forbidden in (" style=", " onclick=", "hx-on", "javascript:"):
        assert forbidden not in text
