"""The national table: who stands where, since when."""

import datetime

import pytest
from django.utils.translation import override

from apps.deadlines.models import Deadline
from apps.groups.models import WorkingGroup
from apps.indicators.models import IndicatorList
from apps.meetings.models import Meeting, Protocol
from apps.monitoring.models import MonitoringReport, ReportLine
from apps.portal.pace import a_year_before, headline, pace
from apps.portal.standing import HANDED, standings
from tests.factories.people import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

JANUARY = datetime.date(2027, 1, 20)


def region_with_report(**fields):
    akimat = OrganisationFactory()
    report = MonitoringReport.objects.create(organisation=akimat, region=akimat.region, year=2026, **fields)
    ReportLine.objects.create(report=report, position=1, reporting_year=2026, fact="4,2")
    ReportLine.objects.create(report=report, position=2, reporting_year=2026)
    return report


@pytest.mark.parametrize(
    ("today", "submitted_on", "tone"),
    [
        (datetime.date(2027, 1, 15), None, "is-ahead"),
        (datetime.date(2027, 1, 16), None, "wrong"),
        (JANUARY, datetime.date(2027, 1, 15), "is-time"),
        (JANUARY, datetime.date(2027, 1, 16), "late"),
    ],
)
def test_submission_is_judged_by_the_documents_date(today, submitted_on, tone):
    region_with_report(submitted_on=submitted_on)
    (row,) = standings(2026, language="ru", today=today)
    assert row.submitted.tone == tone


def test_submission_is_judged_by_the_date_moved_for_the_region():
    report = region_with_report(submitted_on=datetime.date(2027, 1, 20))
    region_with_report(submitted_on=datetime.date(2027, 1, 20))
    Deadline.objects.create(
        subject=report,
        kind="report_submission",
        organisation=report.organisation,
        year=2026,
        due_on=datetime.date(2027, 1, 20),
    )
    tones = {row.region: row.submitted.tone for row in standings(2026, language="ru", today=JANUARY)}
    assert tones.pop(report.region) == "is-time"
    assert list(tones.values()) == ["late"]


def test_standings_count_facts_and_awaited_data():
    region_with_report()
    (row,) = standings(2026, language="ru", today=JANUARY)
    assert (row.filled, row.total) == (1, 2)


@pytest.mark.parametrize("regions", [1, 3])
def test_standings_take_seven_queries(regions, django_assert_num_queries):
    for _ in range(regions):
        report = region_with_report()
        place = {"organisation": report.organisation, "region": report.region}
        WorkingGroup.objects.create(**place, name_kk="Топ", name_ru="Группа")
    with django_assert_num_queries(8):
        assert len(standings(2026, language="kk", today=JANUARY)) == regions


def test_list_under_way_hides_the_one_in_force():
    akimat = OrganisationFactory()
    place = {"region": akimat.region, "organisation": akimat, "year": 2026}
    IndicatorList.objects.create(**place, status="published", published_on=datetime.date(2026, 4, 2))
    IndicatorList.objects.create(**place, status="returned", edition=2)
    (row,) = standings(2026, language="ru", today=JANUARY)
    assert (row.in_force.edition, row.under_way.edition) == (1, 2)
    assert row.listed.tone == "late"


def test_quarter_is_met_by_a_signed_protocol_alone():
    akimat = OrganisationFactory()
    group = WorkingGroup.objects.create(
        organisation=akimat, region=akimat.region, name_kk="Топ", name_ru="Группа"
    )
    held = Meeting.objects.create(group=group, held_on=datetime.date(2026, 3, 31))
    Protocol.objects.create(meeting=held, status="signed")
    Protocol.objects.create(meeting=Meeting.objects.create(group=group, held_on=datetime.date(2026, 4, 1)))
    cancelled = datetime.datetime(2026, 7, 1, tzinfo=datetime.UTC)
    Meeting.objects.create(group=group, held_on=datetime.date(2026, 7, 1), cancelled_at=cancelled)
    (row,) = standings(2026, language="ru", today=JANUARY)
    tones = [row.quarter(2026, number).tone for number in (1, 2, 3, 4)]
    assert tones == ["is-time", "late", "wrong", "wrong"]
    assert row.quarter(2027, 1).tone == "is-ahead"


def test_pace_counts_and_fills_twenty_segments():
    for day in (14, 15, 16):
        region_with_report(submitted_on=datetime.date(2027, 1, day))
    counted = pace(standings(2026, language="ru", today=JANUARY), "submitted")
    assert (counted["count"], counted["in_time"], counted["late"]) == (3, 2, 1)
    assert [segment["kind"] for segment in counted["segments"]] == ["has", "has", "after"]


@pytest.mark.parametrize(
    ("status", "fact", "words"),
    [
        ("draft", "", "басталған жоқ"),
        ("draft", "4,2", "толтырылуда"),
        ("returned", "", "пысықтауға қайтарылды"),
        ("accepted", "4,2", "жұмыс органы қабылдады"),
    ],
)
def test_report_that_nobody_has_filled_in_has_not_begun(status, fact, words):
    akimat = OrganisationFactory()
    report = MonitoringReport.objects.create(
        organisation=akimat, region=akimat.region, year=2026, status=status
    )
    ReportLine.objects.create(report=report, position=1, reporting_year=2026, fact=fact)
    (row,) = standings(2026, language="kk", today=JANUARY)
    assert row.reported.words == words


def test_a_year_that_is_over_is_told_by_the_list_that_governed_it():
    akimat = OrganisationFactory()
    place = {"region": akimat.region, "organisation": akimat}
    governed = IndicatorList.objects.create(
        **place, year=2025, status="superseded", published_on="2025-03-01", superseded_on="2026-04-01"
    )
    IndicatorList.objects.create(**place, year=2026, status="published", published_on="2026-04-01")
    IndicatorList.objects.create(**place, year=2027, status="returned")
    (row,) = standings(2025, language="ru", today=datetime.date(2026, 11, 26))
    assert (row.in_force, row.under_way) == (governed, None)
    (row,) = standings(2026, language="ru", today=datetime.date(2026, 11, 26))
    assert (row.in_force.year, row.under_way.year) == (2026, 2027)


def test_a_year_without_reports_is_nobodys_fault():
    OrganisationFactory()
    rows = standings(2024, language="ru", today=JANUARY)
    assert {(row.submitted.tone, row.transmitted.tone, row.trouble) for row in rows} == {
        ("is-none", "is-none", "")
    }
    assert pace(rows, "submitted")["lacking"] == []
    with override("ru"):
        assert headline(rows, is_current=False) == "Отчеты за 2024 год в портале не открывались"


@pytest.mark.parametrize(
    ("submitted", "transmitted", "sentence"),
    [
        (0, 0, "Отчет в рабочую группу еще не представил ни один регион из 6"),
        (1, 0, "Отчет в рабочую группу представил 1 регион из 6, в Рабочий орган не передал ни один"),
        (2, 1, "Отчет в рабочие группы представили 2 региона из 6, в Рабочий орган передал 1"),
        (5, 2, "Отчет в рабочие группы представили 5 регионов из 6, в Рабочий орган передали 2"),
    ],
)
def test_headline_counts_in_a_sentence(submitted, transmitted, sentence):
    day = datetime.date(2027, 1, 14)
    for number in range(6):
        region_with_report(
            submitted_on=day if number < submitted else None,
            transmitted_on=day if number < transmitted else None,
        )
    with override("ru"):
        rows = standings(2026, language="ru", today=JANUARY)
        assert headline(rows, is_current=False) == sentence
        assert headline(rows, is_current=True) == f"{sentence}, заседание I квартала не провел ни один"


def test_headline_says_who_has_met_this_quarter():
    report = region_with_report()
    place = {"organisation": report.organisation, "region": report.region}
    group = WorkingGroup.objects.create(**place, name_kk="Топ", name_ru="Группа")
    Protocol.objects.create(meeting=Meeting.objects.create(group=group, held_on=JANUARY))
    with override("kk"):
        sentence = headline(standings(2026, language="kk", today=JANUARY), is_current=True)
    assert sentence == (
        "1 өңірдің бірде-бірі есепті жұмыс тобына әлі жолдаған жоқ, 1 өңірі I тоқсанның отырысын өткізді"
    )


@pytest.mark.parametrize(("on", "before"), [((2026, 1, 20), 1), ((2026, 1, 21), 0)])
def test_bar_shows_the_year_before_on_this_day(on, before):
    report = region_with_report()
    place = {"organisation": report.organisation, "region": report.region}
    MonitoringReport.objects.create(**place, year=2025, submitted_on=datetime.date(*on))
    counted = pace(standings(2026, language="ru", today=JANUARY), "submitted")
    assert (counted["count"], counted["before"]) == (0, before)
    assert counted["before_x"] == f"{100 * before:.2f}%"


def test_bar_names_the_date_while_it_is_ahead():
    region_with_report()
    due = {stage: pace(standings(2026, language="ru", today=JANUARY), stage)["due"] for stage in HANDED}
    assert due == {"submitted": None, "transmitted": datetime.date(2027, 2, 1)}


def test_day_of_the_year_before_is_there_on_a_leap_day():
    assert a_year_before(datetime.date(2028, 2, 29)) == datetime.date(2027, 2, 28)
    assert a_year_before(JANUARY) == datetime.date(2026, 1, 20)
