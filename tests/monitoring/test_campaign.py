"""Opening the reporting year: once or many times, the same rows (points 22 and 27)."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Role
from apps.deadlines.models import Deadline
from apps.groups.models import WorkingGroup
from apps.indicators.models import IndicatorListItem
from apps.indicators.workflow import indicator_list_workflow
from apps.monitoring import campaign
from apps.monitoring.models import MonitoringReport, ReportLine
from apps.organisations import fixtures
from apps.organisations.models import Region
from apps.workflow.models import AuditEntry
from tests.factories.monitoring import ItemFactory, LineFactory, ListFactory, ReportFactory
from tests.factories.people import OrganisationFactory, body_of, national, person

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

AKTOBE = "150000000"


@pytest.fixture
def akimat():
    """The akimat of Aktobe, one of the twenty that the project ships."""
    fixtures.load()
    return body_of(Region.objects.get(pk=AKTOBE))


def aktobe(year: int = 2026) -> MonitoringReport:
    return MonitoringReport.objects.get(region=AKTOBE, year=year)


def test_a_year_opens_on_a_merely_migrated_database():
    opened = campaign.open_year(2026)
    assert (opened.reports, opened.deadlines, opened.followed) == (20, 40, 0)
    assert MonitoringReport.objects.filter(year=2026, status="draft").count() == 20
    assert set(Deadline.objects.values_list("kind", "due_on")) == {
        ("report_submission", datetime.date(2027, 1, 15)),
        ("report_transmission", datetime.date(2027, 2, 1)),
    }
    assert AuditEntry.objects.filter(action="open").count() == 20


def test_the_same_year_twice_changes_nothing(akimat, django_assert_num_queries):
    listed = ListFactory(organisation=akimat)
    ItemFactory.create_batch(3, indicator_list=listed)
    campaign.open_year(2026)
    before = list(ReportLine.objects.values_list("pk", "position", "version"))
    with django_assert_num_queries(15):
        opened = campaign.open_year(2026)
    assert (opened.reports, opened.deadlines, opened.followed) == (0, 0, 0)
    assert list(ReportLine.objects.values_list("pk", "position", "version")) == before
    assert AuditEntry.objects.filter(action="open").count() == 20


def test_lines_come_from_the_list_in_force_on_31_december(akimat):
    listed = ListFactory(organisation=akimat)
    ItemFactory(indicator_list=listed, position=1, regional_ru="Первый", classification=1)
    ItemFactory(indicator_list=listed, position=2, regional_ru="Курсы", classification=3)
    ItemFactory(indicator_list=listed, position=3, regional_ru="Второй", classification=2)
    campaign.open_year(2026)
    lines = list(aktobe().lines.values_list("section", "position", "name_ru", "reporting_year"))
    assert lines == [
        ("indicators", 1, "Первый", 2026),
        ("indicators", 2, "Второй", 2026),
        ("measures", 1, "Курсы", 2026),
    ]
    assert aktobe().indicator_list == listed


@pytest.mark.parametrize(
    ("published_on", "superseded_on"),
    [("2027-01-05", None), ("2026-02-01", "2026-12-31"), (None, None)],
)
def test_a_list_out_of_force_that_day_gives_no_lines(akimat, published_on, superseded_on):
    ItemFactory(
        indicator_list=ListFactory(
            organisation=akimat,
            status="published" if published_on else "draft",
            published_on=published_on,
            superseded_on=superseded_on,
        )
    )
    campaign.open_year(2026)
    assert aktobe().indicator_list is None
    assert not aktobe().lines.exists()


def test_a_row_without_words_of_the_region_bears_those_of_the_country(akimat):
    ItemFactory(
        indicator_list=ListFactory(organisation=akimat),
        regional_kk="",
        regional_ru="",
        national_kk="Жұмыссыздық деңгейі",
        national_ru="Уровень безработицы",
    )
    campaign.open_year(2026)
    assert aktobe().lines.get().name_kk == "Жұмыссыздық деңгейі"


def test_last_years_line_of_the_same_row_lends_its_words_and_plan(akimat):
    old = ItemFactory(
        indicator_list=ListFactory(
            organisation=akimat, year=2025, status="superseded", superseded_on="2026-03-01"
        )
    )
    LineFactory(
        report=ReportFactory(organisation=akimat, year=2025),
        item=old,
        plan="12,5",
        plan_value="12.5",
        fact="11,8",
        comment_ru="Причина прошлого года",
        data_source_ru="Отчет управления",
    )
    listed = ListFactory(organisation=akimat, edition=2)
    ItemFactory(indicator_list=listed, key=old.key)
    campaign.open_year(2026)
    line = aktobe().lines.get()
    assert (line.plan, line.plan_value) == ("12,5", 12.5)
    assert line.data_source_ru == "Отчет управления"
    assert (line.fact, line.comment_ru) == ("", "")


def test_a_target_of_the_very_year_is_the_plan(akimat):
    listed = ListFactory(organisation=akimat)
    ItemFactory(indicator_list=listed, target="4,5", target_value="4.5", target_year=2026)
    ItemFactory(indicator_list=listed, target="4,0", target_value="4", target_year=2030)
    campaign.open_year(2026)
    assert list(aktobe().lines.values_list("plan", flat=True)) == ["4,5", ""]


def test_departments_of_a_row_answer_for_its_line(akimat):
    department = OrganisationFactory(department=True, region=akimat.region)
    item = ItemFactory(indicator_list=ListFactory(organisation=akimat))
    item.departments.add(department)
    campaign.open_year(2026)
    assert list(aktobe().lines.get().departments.all()) == [department]


def test_a_report_under_way_follows_a_list_published_late_in_the_year(akimat):
    first = ListFactory(organisation=akimat)
    kept, dropped, filled = ItemFactory.create_batch(3, indicator_list=first)
    campaign.open_year(2026)
    ReportLine.objects.filter(item__in=(kept, filled)).update(fact="5", fact_value=5)
    type(first).objects.filter(pk=first.pk).update(status="superseded", superseded_on="2026-12-20")
    second = ListFactory(organisation=akimat, edition=2, published_on="2026-12-20")
    new = ItemFactory(indicator_list=second, position=1, regional_ru="Новый")
    moved = ItemFactory(indicator_list=second, position=2, key=kept.key, regional_ru="Уточненное имя")
    opened = campaign.open_year(2026)
    assert (opened.reports, opened.followed) == (0, 1)
    lines = list(aktobe().lines.values_list("position", "item", "name_ru", "fact"))
    assert lines == [
        (1, new.pk, "Новый", ""),
        (2, moved.pk, "Уточненное имя", "5"),
        (3, None, filled.regional_ru, "5"),
    ]
    assert not ReportLine.objects.filter(item=dropped).exists()
    assert campaign.open_year(2026).followed == 0


@pytest.mark.servers
def test_opening_locks_reports_before_the_heads_of_chains(akimat):
    """The order of the kernel, with reports that are new and one that follows another list."""
    campaign.open_year(2026)
    MonitoringReport.objects.filter(region="110000000").delete()
    ListFactory(organisation=akimat)
    with CaptureQueriesContext(connection) as asked:
        opened = campaign.open_year(2026)
    assert (opened.reports, opened.followed) == (1, 1)
    locks = [query["sql"] for query in asked if "FOR UPDATE" in query["sql"]]
    of_reports = [place for place, sql in enumerate(locks) if 'FROM "monitoring_monitoringreport"' in sql]
    of_chains = [place for place, sql in enumerate(locks) if 'FROM "workflow_auditchain"' in sql]
    assert of_reports
    assert of_chains
    assert max(of_reports) < min(of_chains)


def test_a_submitted_report_stays_with_its_list(akimat):
    first = ListFactory(organisation=akimat)
    ItemFactory(indicator_list=first)
    campaign.open_year(2026)
    MonitoringReport.objects.update(status="submitted")
    type(first).objects.filter(pk=first.pk).update(status="superseded", superseded_on="2026-12-20")
    ListFactory(organisation=akimat, edition=2, published_on="2026-12-20")
    assert campaign.open_year(2026).followed == 0
    assert aktobe().indicator_list == first


def test_a_moved_date_stays_moved(akimat):
    campaign.open_year(2026)
    Deadline.objects.update(due_on="2027-01-25", moved_from="2027-01-15")
    campaign.open_year(2026)
    assert set(Deadline.objects.values_list("due_on", flat=True)) == {datetime.date(2027, 1, 25)}


@pytest.mark.parametrize(
    ("today", "year"),
    [("2026-10-31", 2025), ("2026-11-01", 2026), ("2026-12-31", 2026), ("2027-01-01", 2026)],
)
def test_the_year_on_everybodys_desk_changes_in_november(today, year):
    assert campaign.year_to_open(datetime.date.fromisoformat(today)) == year


def test_the_command_says_what_it_opened_and_who_answers_for_it(capsys):
    national(Role.OPERATOR, email="operator@example.kz")
    call_command("open_year", "2026", "--as", "operator@example.kz")
    call_command("open_year", "2026")
    assert capsys.readouterr().out == (
        "reports 20 deadlines 40 followed 0\nreports 0 deadlines 0 followed 0\n"
    )
    assert AuditEntry.objects.filter(action="open", actor__email="operator@example.kz").count() == 20


def test_the_ministry_administrator_may_have_the_year_opened(capsys):
    """The right is that of architecture §3 to the national view; other commands are the operators'."""
    national(Role.MINISTRY_ADMINISTRATOR, email="administrator@example.kz")
    call_command("open_year", "2026", "--as", "administrator@example.kz")
    assert AuditEntry.objects.filter(action="open", actor__email="administrator@example.kz").count() == 20
    with pytest.raises(CommandError, match=r"may not|бере алмайды"):
        call_command("load_fixtures", "--as", "administrator@example.kz")


@pytest.mark.parametrize("year", ["1999", "soon", "20 26", "-1"])
def test_the_command_refuses_what_is_no_reporting_year(year):
    with pytest.raises(CommandError, match=r"no reporting year|required"):
        call_command("open_year", year)
    assert not MonitoringReport.objects.exists()


@pytest.mark.parametrize("email", ["nobody@example.kz", "staff@example.kz"])
def test_the_command_refuses_a_stranger(email):
    person(Role.AKIMAT_STAFF, OrganisationFactory(), email="staff@example.kz")
    with pytest.raises(CommandError, match=email):
        call_command("open_year", "2026", "--as", email)
    assert not MonitoringReport.objects.exists()


def test_groups_are_not_made_by_opening_a_year():
    campaign.open_year(2026)
    assert not WorkingGroup.objects.exists()
    assert not IndicatorListItem.objects.exists()


def publish(akimat, **given):
    paper = ListFactory(organisation=akimat, status="approved", published_on=None, **given)
    ItemFactory(indicator_list=paper, regional_ru="Новый")
    approver = person(Role.AKIMAT_APPROVER, akimat)
    return indicator_list_workflow.perform(
        paper, "publish", actor=approver, data={"published_on": datetime.date(2026, 3, 1)}
    )


def test_a_report_under_way_follows_a_list_as_soon_as_it_is_published(akimat):
    campaign.open_year(2026)
    campaign.open_year(2025)
    paper = publish(akimat)
    assert aktobe().indicator_list == paper
    assert list(aktobe().lines.values_list("name_ru", flat=True)) == ["Новый"]
    assert aktobe(2025).indicator_list is None
    assert AuditEntry.objects.of(aktobe()).filter(action="follow_list").exists()


def test_a_submitted_report_does_not_follow_a_publication(akimat):
    campaign.open_year(2026)
    MonitoringReport.objects.filter(region=AKTOBE).update(status="submitted")
    publish(akimat)
    assert aktobe().indicator_list is None


@pytest.mark.servers
def test_publication_locks_reports_before_the_heads_of_chains(akimat):
    """The list that is superseded by it writes into the chain within the step."""
    publish(akimat)
    campaign.open_year(2026)
    with CaptureQueriesContext(connection) as asked:
        publish(akimat, edition=2)
    locks = [query["sql"] for query in asked if "FOR UPDATE" in query["sql"]]
    of_reports = [place for place, sql in enumerate(locks) if 'FROM "monitoring_monitoringreport"' in sql]
    of_chains = [place for place, sql in enumerate(locks) if 'FROM "workflow_auditchain"' in sql]
    assert of_reports
    assert max(of_reports) < min(of_chains)
    assert aktobe().indicator_list.edition == 2
