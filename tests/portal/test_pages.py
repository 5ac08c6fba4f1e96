"""The portal's own pages: what they ask of the database, and what they show to whom."""

import datetime

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from apps.accounts.models import Role
from apps.deadlines.models import Deadline
from apps.groups.models import Member, WorkingGroup
from apps.indicators.models import IndicatorList
from apps.meetings.models import AgendaItem, Meeting, Protocol
from apps.monitoring.models import MonitoringReport, ReportLine
from apps.workflow import audit
from apps.workflow.models import Remark
from tests.factories.people import (
    LONG_AGO,
    OrganisationFactory,
    SubstitutionFactory,
    UserFactory,
    national,
    person,
)

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

JANUARY = datetime.datetime(2027, 1, 6, 4, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _january(time_machine):
    time_machine.move_to(JANUARY, tick=False)
    with override("ru"):
        yield


def page(client, user, name, **kwargs):
    client.force_login(user)
    return client.get(reverse(f"portal:{name}", **kwargs))


def region(*, papers: int = 1):
    """A region with a group, a list in force and one under way, a report half filled, and meetings."""
    akimat = OrganisationFactory()
    place = {"region": akimat.region, "organisation": akimat}
    group = WorkingGroup.objects.create(**place, name_kk="Топ", name_ru="Группа")
    IndicatorList.objects.create(
        **place, year=2026, status="published", published_on=datetime.date(2026, 4, 2)
    )
    IndicatorList.objects.create(**place, year=2027, status="returned")
    report = MonitoringReport.objects.create(**place, year=2026)
    for number in range(papers):
        ReportLine.objects.create(
            report=report, position=number, reporting_year=2026, fact="4,2" if number else ""
        )
        meeting = Meeting.objects.create(group=group, held_on=datetime.date(2026, 12, number + 1))
        Protocol.objects.create(meeting=meeting)
        with transaction.atomic():
            for paper in (report, meeting.protocol, *IndicatorList.objects.filter(region=akimat.region)):
                audit.record(paper, None, "edit")
    due = datetime.date(2027, 1, 15)
    Deadline.objects.create(
        subject=report, kind="report_submission", organisation=akimat, year=2026, due_on=due
    )
    return akimat, group, report


@pytest.mark.parametrize("papers", [1, 3])
def test_today_takes_the_same_queries_whatever_there_is(papers, client, django_assert_num_queries):
    akimat, _group, _report = region(papers=papers)
    user = person(Role.AKIMAT_STAFF, akimat)
    page(client, user, "today")
    with django_assert_num_queries(12):
        response = client.get(reverse("portal:today"))
    assert response.status_code == 200


@pytest.mark.parametrize("regions", [1, 3])
def test_regions_take_the_same_queries_whatever_there_is(regions, client, django_assert_num_queries):
    for _ in range(regions):
        akimat, _group, _report = region()
    user = person(Role.AKIMAT_STAFF, akimat)
    page(client, user, "regions")
    with django_assert_num_queries(12):
        response = client.get(reverse("portal:regions"))
    assert response.status_code == 200


@pytest.mark.parametrize("papers", [1, 3])
def test_region_takes_the_same_queries_whatever_there_is(papers, client, django_assert_num_queries):
    akimat, _group, _report = region(papers=papers)
    user = person(Role.AKIMAT_STAFF, akimat)
    address = {"args": [akimat.region.pk]}
    page(client, user, "region_detail", **address)
    with django_assert_num_queries(9):
        response = client.get(reverse("portal:region_detail", **address))
    assert response.status_code == 200


def test_today_of_staff_is_the_report_to_fill(client):
    akimat, _group, report = region(papers=3)
    response = page(client, person(Role.AKIMAT_STAFF, akimat), "today")
    step = response.context["page"].next
    assert (step.url, step.value, step.total) == (report.get_absolute_url(), 2, 3)
    assert step.due == datetime.date(2027, 1, 15)
    empty = report.lines.get(fact="")
    assert step.action_url == f"{report.get_absolute_url()}#line-{empty.pk}-fact"
    assert step.also_url == f"{report.get_absolute_url()}?show=empty"
    steps = [task.title for task in response.context["page"].groups[0].tasks]
    assert steps == [
        "Внести факт по индикаторам и мероприятиям",
        "Представить отчет в рабочую группу",
        "Передать результаты в Рабочий орган",
    ]


def test_today_says_first_what_is_overdue(client, time_machine):
    akimat, _group, report = region(papers=3)
    time_machine.move_to(datetime.datetime(2027, 1, 18, 4, tzinfo=datetime.UTC), tick=False)
    shown = page(client, person(Role.AKIMAT_STAFF, akimat), "today")
    filling, submitting, transmitting = shown.context["page"].groups[0].tasks
    told = (filling.words, filling.icon, filling.tone, filling.stage)
    assert told == ("просрочено на 3 дня", "wrong", "wrong", "2 из 3, не представлен")
    assert (submitting.tone, transmitting.tone) == ("wrong", "")
    assert '<div class="figure wrong">3<small' in shown.text
    Deadline.objects.filter(object_id=str(report.pk)).update(due_on=datetime.date(2027, 1, 18))
    assert shown.context["page"].next.due < datetime.date(2027, 1, 18)
    again = client.get(reverse("portal:today"))
    assert again.context["page"].next.tone == "doing"
    assert '<div class="figure ">' in again.text


@pytest.mark.parametrize(
    ("due_on", "shown"), [("2027-01-15", "15 янв., пт<small"), ("2026-12-30", "30 дек. 2026<small")]
)
def test_date_of_another_year_says_so(due_on, shown, client):
    akimat, _group, _report = region()
    Deadline.objects.update(due_on=due_on)
    assert shown in page(client, person(Role.AKIMAT_STAFF, akimat), "today").text


def meetings_on_today(client, akimat):
    groups = page(client, person(Role.AKIMAT_STAFF, akimat), "today").context["page"].groups
    return [(task.title, task.words) for task in groups[-1].tasks]


def test_today_of_staff_tells_the_next_meeting(client):
    akimat, group, _report = region()
    Protocol.objects.update(status="signed")
    assert meetings_on_today(client, akimat) == [("Назначить заседание этого квартала", "не назначено")]
    meeting = Meeting.objects.create(
        group=group, held_on=datetime.date(2027, 1, 28), starts_at=datetime.time(10)
    )
    Protocol.objects.create(meeting=meeting)
    following = ("II квартал 2027 года: назначить заседание", "не назначено")
    planned = "Заседание 28.01.2027, 10:00"
    assert meetings_on_today(client, akimat) == [(planned, "запланировано"), following]
    AgendaItem.objects.create(meeting=meeting, position=1, title_kk="Есеп")
    assert meetings_on_today(client, akimat) == [
        (planned, "запланировано, вопросов в повестке: 1"),
        following,
    ]


def test_today_leads_to_the_lines_where_a_report_has_none(client):
    akimat, _group, report = region(papers=0)
    step = page(client, person(Role.AKIMAT_STAFF, akimat), "today").context["page"].next
    assert (step.action, step.url) == ("Добавить строки", report.get_absolute_url())


def test_today_shows_the_remarks_that_wait_for_an_answer(client):
    akimat, _group, _report = region()
    paper = IndicatorList.objects.get(status="returned")
    reviewer = national(Role.MINISTRY_REVIEWER)
    waiting = Remark.objects.create(paper=paper, author=reviewer, text="Укажите источник")
    Remark.objects.create(paper=paper, author=reviewer, text="Отвечено", answer="Исправлено")
    shown = page(client, person(Role.AKIMAT_STAFF, akimat), "today")
    assert shown.context["page"].remarks == [waiting]
    assert f"{paper.get_absolute_url()}#remark-{waiting.pk}" in shown.text
    assert page(client, person(Role.AUDITOR, akimat), "today").context["page"].remarks == []


def secretary_of(group):
    user = UserFactory()
    Member.objects.create(
        group=group, user=user, full_name=user.full_name, category=1, capacity="secretary", starts_on=LONG_AGO
    )
    return user


def test_today_of_secretary_is_the_protocol_to_sign(client):
    _akimat, group, _report = region()
    step = page(client, secretary_of(group), "today").context["page"].next
    assert step.url == group.meetings.get().get_absolute_url()


@pytest.mark.parametrize(("ends_on", "stands_in"), [("2027-01-06", True), ("2027-01-05", False)])
def test_today_of_the_secretarys_substitute_is_the_same_while_it_lasts(client, ends_on, stands_in):
    _akimat, group, _report = region()
    substitute = SubstitutionFactory(absent=secretary_of(group), ends_on=ends_on).substitute
    today = page(client, substitute, "today").context["page"]
    assert today.has_role is stands_in
    assert bool(today.next) is stands_in
    if stands_in:
        assert today.next.url == group.meetings.get().get_absolute_url()


@pytest.mark.parametrize(
    ("status", "waits"),
    [
        ("draft", False),
        ("submitted", False),
        ("considered", True),
        ("transmitted", False),
        ("accepted", False),
    ],
)
def test_today_of_approver_waits_for_the_considered_report(status, waits, client):
    akimat, _group, report = region()
    MonitoringReport.objects.filter(pk=report.pk).update(status=status)
    tasks = page(client, person(Role.AKIMAT_APPROVER, akimat), "today").context["page"].groups[0].tasks
    transmitting = [task for task in tasks if task.mine and "передайте" in task.sentence.lower()]
    assert bool(transmitting) is waits


def test_today_of_reviewer_is_the_list_that_waits_longest(client):
    akimat, _group, _report = region()
    IndicatorList.objects.filter(status="returned").update(status="sent")
    step = page(client, national(Role.MINISTRY_REVIEWER), "today").context["page"].next
    assert step.url == IndicatorList.objects.get(status="sent", region=akimat.region).get_absolute_url()


def test_today_without_a_role_says_who_gives_access(client):
    response = page(client, UserFactory(), "today")
    assert response.status_code == 200
    assert not response.context["page"].has_role


def test_today_says_what_was_done_and_not_what_to_do(client):
    akimat, _group, report = region()
    with transaction.atomic():
        audit.record(report, None, "submit", from_state="draft", to_state="submitted")
    text = page(client, person(Role.AKIMAT_STAFF, akimat), "today").content.decode()
    assert f"{report.title}</a>: представлен в рабочую группу<br>" in text


def test_regions_are_awaited_and_quarters_are_ahead(client):
    akimat, _group, _report = region()
    user = person(Role.AKIMAT_STAFF, akimat)
    text = page(client, user, "regions").content.decode()
    assert '<li><i class="is-ahead">·</i>впереди</li>' in text
    assert '<li><i class="is-ahead">·</i>срок не наступил</li>' in text
    assert "Срок: 15 января</th>" in text
    MonitoringReport.objects.update(year=2025)
    text = client.get(reverse("portal:regions"), {"year": "2025"}).content.decode()
    assert f"Ожидается от регионов: {akimat.region.name_ru}." in text


def test_regions_are_marked_once_if_all_is_demonstration_else_each(client):
    akimat, _group, _report = region()
    region()
    user, mark = person(Role.AKIMAT_STAFF, akimat), "демонстрационный (неофициальный)"
    assert mark not in page(client, user, "regions").content.decode()
    IndicatorList.objects.update(is_demonstration=True)
    response = page(client, user, "regions")
    assert (response.context["is_demonstration"], response.content.decode().count(mark)) == (True, 1)
    IndicatorList.objects.filter(region=akimat.region).update(is_demonstration=False)
    response = page(client, user, "regions")
    assert (response.context["is_demonstration"], response.content.decode().count(mark)) == (False, 1)


def test_foreign_papers_are_not_on_the_regions_page(client):
    akimat, _group, _report = region()
    stranger = person(Role.AKIMAT_STAFF, OrganisationFactory())
    response = page(client, stranger, "region_detail", args=[akimat.region.pk])
    assert not response.context["lists"]
    assert not response.context["reports"]
    assert not response.context["meetings"]


def test_regions_file_opens_as_a_table(client):
    akimat, _group, _report = region()
    response = page(client, person(Role.AKIMAT_STAFF, akimat), "regions_csv", args=[2026])
    lines = response.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[0].split(";")[2:6] == ["Перечень", "С какого дня", "Отчет", "С какого дня"]
    assert lines[1].split(";")[:2] == [akimat.region.pk, akimat.region.name_ru]
    assert lines[1].endswith(";")
    IndicatorList.objects.update(is_demonstration=True)
    marked = page(client, person(Role.AKIMAT_STAFF, akimat), "regions_csv", args=[2026])
    assert marked.content.decode("utf-8-sig").splitlines()[1].endswith(";демонстрационный (неофициальный)")


@pytest.mark.parametrize("year", [0, 1999, 9_999_999, 10**30])
def test_year_that_no_report_can_have_does_not_exist(client, year):
    akimat, _group, _report = region()
    client.force_login(person(Role.AKIMAT_STAFF, akimat))
    assert client.get(reverse("portal:regions_csv", args=[year])).status_code == 404
    assert client.get(reverse("portal:regions"), {"year": str(year)}).status_code == 200


@pytest.mark.parametrize("name", ["today", "regions", "search"])
def test_pages_ask_to_sign_in(name, client):
    response = client.get(reverse(f"portal:{name}"))
    assert response.status_code == 302
    assert "login" in response["Location"]
