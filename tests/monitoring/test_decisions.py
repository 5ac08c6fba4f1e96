"""The group decides at a meeting; signing the protocol moves the report (point 7(4))."""

import datetime

import pytest

from apps.accounts.models import Role
from apps.meetings.decisions import kinds
from apps.meetings.workflow import protocol_workflow
from apps.monitoring.models import MonitoringReport
from apps.workflow.models import AuditEntry
from apps.workflow.workflow import Refused
from tests.factories.meetings import (
    AgendaItemFactory,
    AttendanceFactory,
    DecisionFactory,
    MeetingFactory,
    account,
    full_group,
)
from tests.factories.monitoring import LineFactory, ReportFactory
from tests.factories.people import OrganisationFactory, RegionFactory, person

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def group():
    return full_group()


@pytest.fixture
def report(group):
    report = ReportFactory(organisation=group.organisation, submitted=True)
    LineFactory(report=report)
    return report


def protocol_deciding(group, report, kind: str):
    meeting = MeetingFactory(group=group, held_on=datetime.date(2026, 10, 22))
    AttendanceFactory(meeting=meeting, member=group.members.first())
    item = AgendaItemFactory(meeting=meeting, subject=report, **titled(kinds[kind].agenda(report), "title"))
    DecisionFactory(item=item, kind=kind, **titled(kinds[kind].wording(report), "text"))
    return meeting.protocol


def titled(words: dict[str, str], name: str) -> dict[str, str]:
    return {f"{name}_{language}": said for language, said in words.items()}


def test_the_decision_takes_the_report_as_considered_at_this_very_meeting(report):
    """«To consider the report» would send it to a further meeting, while the signing makes it considered."""
    wording = kinds["consider_report"].wording(report)
    assert wording["kk"].startswith("Мониторинг жөніндегі 2026 жылғы есеп қаралды деп саналсын. Мониторинг")
    assert wording["ru"].startswith("Отчет по мониторингу за 2026 год считать рассмотренным. Результаты")


@pytest.mark.parametrize(
    ("kind", "state"), [("consider_report", "considered"), ("return_report", "returned")]
)
def test_signing_moves_the_report_and_each_shows_the_other(group, report, kind, state):
    protocol = protocol_deciding(group, report, kind)
    protocol_workflow.perform(protocol, "sign", actor=account(group, "secretary"), reason="Қол қойылды")
    report.refresh_from_db()
    assert report.status == state
    entry = AuditEntry.objects.of(report).latest("pk")
    assert entry.basis.item.meeting == protocol.meeting
    if kind == "consider_report":
        assert report.consideration == entry.basis
        assert report.considered_on == protocol.dated
    else:
        assert entry.comment == "Мониторинг жөніндегі 2026 жылғы есеп пысықтауға қайтарылсын."


def test_a_recalled_report_stops_the_signing_and_nothing_of_it_remains(group, report):
    protocol = protocol_deciding(group, report, "consider_report")
    MonitoringReport.objects.filter(pk=report.pk).update(status="draft")
    with pytest.raises(Refused):
        protocol_workflow.perform(protocol, "sign", actor=account(group, "secretary"), reason="Қол қойылды")
    protocol.refresh_from_db()
    assert protocol.status == "draft"
    assert not AuditEntry.objects.of(protocol).exists()


def test_submitted_reports_of_the_region_and_its_districts_wait_for_the_group(group, report):
    district = OrganisationFactory(region=RegionFactory(district=True, parent=group.region))
    of_district = ReportFactory(organisation=district, submitted=True)
    ReportFactory(submitted=True)
    ReportFactory(organisation=group.organisation, year=2025)
    assert set(kinds["consider_report"].waiting(group)) == {report, of_district}


def test_the_wording_sends_the_results_of_a_region_on_and_those_of_a_district_nowhere(group, report):
    district = OrganisationFactory(region=RegionFactory(district=True, parent=group.region))
    of_district = ReportFactory(organisation=district, submitted=True)
    wording = kinds["consider_report"].wording
    assert "передать в Рабочий орган" in wording(report)["ru"]
    assert "Рабочий орган" not in wording(of_district)["ru"]
    assert district.name_kk in kinds["consider_report"].agenda(of_district)["kk"]


def test_a_member_of_the_staff_does_not_sign_for_the_group(group, report):
    staff = person(Role.AKIMAT_STAFF, group.organisation)
    protocol = protocol_deciding(group, report, "consider_report")
    with pytest.raises(Refused):
        protocol_workflow.perform(protocol, "sign", actor=staff, reason="Қол қойылды")
    report.refresh_from_db()
    assert report.status == "submitted"
