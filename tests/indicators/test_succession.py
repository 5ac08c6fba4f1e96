"""The line of a region's lists: each in force from its day until the next one begins."""

import datetime

import pytest
import time_machine

from apps.indicators.models import IndicatorList
from apps.indicators.workflow import indicator_list_workflow
from apps.monitoring import campaign
from apps.monitoring.models import MonitoringReport
from apps.organisations import fixtures
from apps.organisations.models import Organisation
from apps.workflow.models import AuditEntry
from tests.factories.indicators import IndicatorListFactory, IndicatorListItemFactory
from tests.indicators.test_pages import url

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

NOVEMBER = "2026-11-20T09:00:00+05:00"


def day(text):
    return datetime.date.fromisoformat(text)


def approved(akimat, year, *, act="2026-11-02", **fields):
    paper = IndicatorListFactory(
        organisation=akimat, approved=True, year=year, approved_on=day(act) if act else None, **fields
    )
    IndicatorListItemFactory(indicator_list=paper)
    return paper


def from_paper(akimat, year, act, **fields):
    return approved(akimat, year, act=act, is_retrospective=True, **fields)


def publish(paper, actor, on=None):
    data = {"published_on": day(on)} if on else {}
    return indicator_list_workflow.perform(paper, "publish", actor=actor, data=data)


def in_force(text):
    return [paper.year for paper in IndicatorList.objects.in_force_on(day(text))]


def line():
    lists = IndicatorList.objects.order_by("published_on", "year", "edition")
    return [
        (one.year, one.status, str(one.published_on), str(one.superseded_on) if one.superseded_on else None)
        for one in lists
    ]


@time_machine.travel(NOVEMBER)
def test_old_list_from_paper_leaves_the_current_one_in_force(akimat, people):
    publish(approved(akimat, 2026), people["staff"])
    old = publish(from_paper(akimat, 2024, "2023-12-20"), people["staff"])
    assert line() == [
        (2024, "superseded", "2024-01-01", "2026-11-20"),
        (2026, "published", "2026-11-20", None),
    ]
    assert AuditEntry.objects.of(old).latest("pk").to_state == "superseded"
    for text, years in (
        ("2023-12-31", []),
        ("2024-01-01", [2024]),
        ("2026-11-19", [2024]),
        ("2026-11-20", [2026]),
    ):
        assert in_force(text) == years, text


@time_machine.travel(NOVEMBER)
def test_list_between_two_others_ends_the_first_and_is_ended_by_the_second(akimat, people):
    publish(approved(akimat, 2026), people["staff"], "2026-01-10")
    first = publish(from_paper(akimat, 2024, "2024-03-01"), people["staff"])
    publish(from_paper(akimat, 2025, "2025-02-01"), people["staff"])
    assert line() == [
        (2024, "superseded", "2024-03-01", "2025-02-01"),
        (2025, "superseded", "2025-02-01", "2026-01-10"),
        (2026, "published", "2026-01-10", None),
    ]
    assert AuditEntry.objects.of(first).latest("pk").action == "supersede"
    assert (in_force("2025-01-31"), in_force("2025-02-01"), in_force("2026-01-10")) == (
        [2024],
        [2025],
        [2026],
    )


@time_machine.travel(NOVEMBER)
def test_list_of_the_coming_year_begins_with_it_and_the_running_year_keeps_its_own(akimat, people):
    publish(approved(akimat, 2026), people["staff"], "2026-01-10")
    coming = publish(approved(akimat, 2027), people["staff"])
    assert line() == [
        (2026, "superseded", "2026-01-10", "2027-01-01"),
        (2027, "published", "2027-01-01", None),
    ]
    assert (in_force("2026-12-31"), in_force("2027-01-01")) == ([2026], [2027])
    current = IndicatorList.objects.get(year=2026)
    assert (current.is_in_force, coming.is_in_force) == (True, False)
    assert "2026 ж. 31 желтоқсан" in current.get_status_display()
    assert "2027 жылғы 1 қаңтардан" in coming.get_status_display()
    assert (current.stands_since, coming.stands_since) == (day("2026-01-10"), day("2027-01-01"))


def test_words_of_the_state_follow_the_day(akimat, people):
    with time_machine.travel(NOVEMBER):
        publish(approved(akimat, 2026), people["staff"], "2026-01-10")
        publish(approved(akimat, 2027), people["staff"])
    with time_machine.travel("2027-01-01T09:00:00+05:00"):
        earlier, coming = IndicatorList.objects.order_by("year")
        assert (earlier.is_in_force, coming.is_in_force) == (False, True)
        assert earlier.get_status_display() == "жаңа редакциямен ауыстырылды"
        assert coming.get_status_display() == "жарияланды (қолданыста)"
        assert earlier.stands_since == day("2027-01-01")


@time_machine.travel(NOVEMBER)
def test_amended_list_of_the_running_year_ends_where_the_coming_one_begins(akimat, people):
    publish(approved(akimat, 2026), people["staff"], "2026-01-10")
    publish(approved(akimat, 2027), people["staff"])
    publish(approved(akimat, 2026, edition=2), people["staff"])
    assert line() == [
        (2026, "superseded", "2026-01-10", "2026-11-20"),
        (2026, "superseded", "2026-11-20", "2027-01-01"),
        (2027, "published", "2027-01-01", None),
    ]


@time_machine.travel(NOVEMBER)
def test_two_lists_of_one_day_follow_by_edition(akimat, people):
    publish(approved(akimat, 2026), people["staff"], "2026-03-01")
    publish(approved(akimat, 2026, edition=2), people["staff"], "2026-03-01")
    assert IndicatorList.objects.in_force_on(day("2026-03-01")).get().edition == 2


@pytest.mark.parametrize(
    ("year", "from_act", "wanted"),
    [
        (2026, {}, "2026-11-20"),
        (2027, {}, "2027-01-01"),
        (2025, {}, "2026-11-02"),
        (2024, {"is_retrospective": True, "act": "2024-02-01"}, "2024-02-01"),
        (2024, {"is_retrospective": True, "act": "2023-12-20"}, "2024-01-01"),
        (2025, {"act": ""}, "2026-11-20"),
    ],
)
@time_machine.travel(NOVEMBER)
def test_day_in_force_by_itself(akimat, people, year, from_act, wanted):
    assert publish(approved(akimat, year, **from_act), people["staff"]).published_on == day(wanted)


@time_machine.travel(NOVEMBER)
def test_report_of_the_running_year_follows_its_own_list(people):
    fixtures.load()
    akimat = Organisation.objects.get(kind="akimat", region="150000000")
    running = publish(approved(akimat, 2026), people["staff"], "2026-01-10")
    campaign.open_year(2026)
    coming = publish(approved(akimat, 2027), people["staff"])
    opened = campaign.open_year(2026)
    campaign.open_year(2027)
    reports = MonitoringReport.objects.filter(region="150000000").order_by("year")
    assert [report.indicator_list for report in reports] == [running, coming]
    assert opened.followed == 0


# The page that asks


@pytest.fixture
def page_of(client, people):
    client.force_login(people["staff"])

    def page(paper):
        return f"/ru/papers/indicators.indicatorlist/{paper.pk}/steps/publish/"

    return page


def send(client, address, paper, **given):
    return client.post(address, {"expected_version": paper.version, **given})


@time_machine.travel(NOVEMBER)
def test_page_says_from_when_and_which_reports_each_list_governs(client, akimat, people, page_of):
    publish(approved(akimat, 2026), people["staff"], "2026-01-10")
    text = client.get(page_of(approved(akimat, 2027))).content.decode()
    assert 'value="01.01.2027"' in text
    assert "с 10 января 2026 года, последний день – 31 декабря 2026 года; отчетные годы: 2026" in text
    assert "с 1 января 2027 года; отчетные годы: 2027 и последующие" in text


@time_machine.travel(NOVEMBER)
def test_list_that_would_govern_the_report_of_an_earlier_year_is_asked_about(client, akimat, people, page_of):
    publish(approved(akimat, 2026), people["staff"], "2026-01-10")
    paper = approved(akimat, 2027)
    asked = send(client, page_of(paper), paper, published_on="01.12.2026")
    assert asked.status_code == 422
    assert 'name="day_confirmed"' in asked.content.decode()
    assert in_force("2026-12-31") == [2026]
    send(client, page_of(paper), paper, published_on="01.12.2026", day_confirmed="on")
    assert in_force("2026-12-31") == [2027]


@time_machine.travel(NOVEMBER)
def test_list_of_an_earlier_year_does_not_replace_a_later_one_unasked(client, akimat, people, page_of):
    publish(approved(akimat, 2026), people["staff"], "2026-01-10")
    paper = approved(akimat, 2025)
    assert send(client, page_of(paper), paper, published_on="19.11.2026").status_code == 422
    assert send(client, page_of(paper), paper, published_on="01.02.2025").status_code == 302
    assert (in_force("2025-12-31"), in_force("2026-12-31")) == ([2025], [2026])


@time_machine.travel(NOVEMBER)
def test_pages_show_both_lists_with_their_days(client, akimat, people):
    publish(approved(akimat, 2026), people["staff"], "2026-01-10")
    publish(approved(akimat, 2027), people["staff"])
    client.force_login(people["staff"])
    for address in (url("indicatorlist_list"), "/kk/"):
        text = client.get(address).content.decode()
        assert "соңғы күні – 2026 ж. 31 желтоқсан" in text, address
        assert "2027 жылғы 1 қаңтардан" in text, address
