"""Who sees which report, and who fills in what: both faces of the rule agree with tables written by hand."""

import pytest
from django.contrib.auth.models import AnonymousUser

from apps.accounts.models import Role
from apps.monitoring.models import MonitoringReport, ReportLine
from tests.factories.meetings import MemberFactory, WorkingGroupFactory
from tests.factories.monitoring import LineFactory, ReportFactory
from tests.factories.people import (
    OrganisationFactory,
    RegionFactory,
    SubstitutionFactory,
    UserFactory,
    national,
    person,
)

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

OF_THE_REGION = {"staff", "approver", "executor", "auditor", "substitute"}
OF_THE_GROUP = {"chair", "deputy", "secretary", "member"}
OF_THE_COUNTRY = {"reviewer", "administrator", "working_body"}

SEEN = {
    "draft": OF_THE_REGION,
    "submitted": OF_THE_REGION | OF_THE_GROUP,
    "considered": OF_THE_REGION | OF_THE_GROUP,
    "returned": OF_THE_REGION | OF_THE_GROUP,
    "transmitted": OF_THE_REGION | OF_THE_GROUP | OF_THE_COUNTRY,
    "accepted": OF_THE_REGION | OF_THE_GROUP | OF_THE_COUNTRY,
}


@pytest.fixture
def akimat():
    return OrganisationFactory()


@pytest.fixture
def department(akimat):
    return OrganisationFactory(department=True, region=akimat.region)


@pytest.fixture
def cast(akimat, department):
    district = OrganisationFactory(region=RegionFactory(district=True, parent=akimat.region))
    foreign = OrganisationFactory()
    group = WorkingGroupFactory(organisation=akimat)
    foreign_group = WorkingGroupFactory(organisation=foreign)
    people = {
        "staff": person(Role.AKIMAT_STAFF, akimat),
        "approver": person(Role.AKIMAT_APPROVER, akimat),
        "executor": person(Role.DEPARTMENT_EXECUTOR, department),
        "district_staff": person(Role.DISTRICT_STAFF, district),
        "foreign_staff": person(Role.AKIMAT_STAFF, foreign),
        "reviewer": national(Role.MINISTRY_REVIEWER),
        "administrator": national(Role.MINISTRY_ADMINISTRATOR),
        "working_body": national(Role.WORKING_BODY),
        "auditor": national(Role.AUDITOR),
        "operator": national(Role.OPERATOR),
        "superuser": UserFactory(is_superuser=True, is_staff=True),
        "nobody": UserFactory(),
        "anonymous": AnonymousUser(),
        "foreign_member": MemberFactory(group=foreign_group, signs_in=True).user,
    }
    people["substitute"] = SubstitutionFactory(absent=people["staff"]).substitute
    for capacity in OF_THE_GROUP:
        people[capacity] = MemberFactory(group=group, signs_in=True, capacity=capacity).user
    return people


def report_in(state: str, organisation) -> MonitoringReport:
    return ReportFactory(organisation=organisation, **({} if state == "draft" else {state: True}))


def sees(user, report) -> tuple[bool, bool]:
    by_rows = MonitoringReport.objects.visible_to(user).filter(pk=report.pk).exists()
    by_rule = user.has_perm("monitoring.view_report", report)
    return by_rows, by_rule


@pytest.mark.parametrize("state", SEEN)
def test_both_faces_show_a_report_to_those_whom_the_table_names(state, akimat, cast):
    report = report_in(state, akimat)
    for name, user in cast.items():
        expected = name in SEEN[state]
        assert sees(user, report) == (expected, expected), name


@pytest.mark.parametrize("state", ["draft", "submitted", "considered"])
def test_the_region_and_its_group_read_what_a_district_writes(state, akimat, cast):
    report = report_in(state, cast["district_staff"].role_assignments.get().organisation)
    expected = OF_THE_REGION | {"district_staff"} | (OF_THE_GROUP if state != "draft" else set())
    for name, user in cast.items():
        assert sees(user, report) == (name in expected, name in expected), name


def test_a_returned_report_that_had_been_transmitted_stays_in_sight_of_the_working_body(akimat, cast):
    report = ReportFactory(organisation=akimat, returned=True, transmitted_on="2027-01-29")
    assert sees(cast["working_body"], report) == (True, True)


def test_a_report_is_shown_once_however_many_rights_lead_to_it(akimat, cast):
    report = report_in("transmitted", akimat)
    MemberFactory(group=report.group, user=cast["staff"], secretary=True)
    assert MonitoringReport.objects.visible_to(cast["staff"]).count() == 1


FILLS_IN_ALL = {"staff", "substitute"}


@pytest.mark.parametrize("state", SEEN)
def test_staff_fill_in_all_a_department_its_own_lines_and_nobody_else_any(state, akimat, department, cast):
    report = report_in(state, akimat)
    own, other = LineFactory(report=report), LineFactory(report=report)
    own.departments.add(department)
    is_open = state in {"draft", "returned"}
    for name, user in cast.items():
        if name == "anonymous":
            continue
        expected = set()
        if is_open and name in FILLS_IN_ALL:
            expected = {own, other}
        elif is_open and name == "executor":
            expected = {own}
        assert set(ReportLine.objects.filter(report=report).open_to(user, report)) == expected, name


def test_a_district_fills_in_its_own_report_alone(akimat, cast):
    own = report_in("draft", cast["district_staff"].role_assignments.get().organisation)
    regional = report_in("draft", akimat)
    assert cast["district_staff"].has_perm("monitoring.change_report", own)
    assert not cast["district_staff"].has_perm("monitoring.change_report", regional)
    assert not cast["staff"].has_perm("monitoring.change_report", own)


@pytest.mark.parametrize(
    ("permission", "who"),
    [
        ("monitoring.open_year", {"administrator", "operator", "superuser"}),
        ("monitoring.accept_report", {"working_body"}),
        ("monitoring.transmit_report", {"approver"}),
        ("monitoring.consider_report", {"chair", "deputy", "secretary"}),
        ("monitoring.remark_report", OF_THE_GROUP | {"working_body"}),
    ],
)
def test_rights_are_those_of_the_table(permission, who, akimat, cast):
    report = report_in("submitted", akimat)
    assert {name for name, user in cast.items() if user.has_perm(permission, report)} == who
