"""Who sees which report, and who fills in what: both faces of the rule agree with tables written by hand."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.urls import reverse

from apps.accounts.models import Role
from apps.monitoring.models import MonitoringReport, ReportLine
from apps.workflow import audit
from apps.workflow.models import Remark
from tests.factories.meetings import MemberFactory, WorkingGroupFactory
from tests.factories.monitoring import LineFactory, ReportFactory
from tests.factories.people import (
    OrganisationFactory,
    RegionFactory,
    RoleAssignmentFactory,
    SubstitutionFactory,
    UserFactory,
    national,
    person,
)

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

OF_THE_REGION = {"staff", "approver", "executor", "auditor", "substitute"}
OF_THE_GROUP = {"chair", "deputy", "secretary", "member", "secretary's_substitute"}
SEATS = ("chair", "deputy", "secretary", "member")
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
    for capacity in SEATS:
        people[capacity] = MemberFactory(group=group, signs_in=True, capacity=capacity).user
    people["former_staff"] = RoleAssignmentFactory(organisation=akimat, ends_on="2025-12-31").user
    people["former_secretary"] = MemberFactory(group=group, secretary=True, ends_on="2025-12-31").user
    people["former_substitute"] = SubstitutionFactory(absent=people["staff"], ends_on="2025-12-31").substitute
    people["foreign_secretary"] = MemberFactory(group=foreign_group, secretary=True).user
    people["secretary's_substitute"] = SubstitutionFactory(absent=people["secretary"]).substitute
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


KEEPERS = {"chair", "deputy", "secretary", "secretary's_substitute"}
# In which state a step fits is said by the table of transitions; remarks have no step, so their rule says it.
IN_EVERY_STATE = {
    "monitoring.open_year": {"administrator", "operator", "superuser"},
    "monitoring.change_report": {"staff", "substitute"},
    "monitoring.submit_report": {"staff", "substitute", "approver"},
    "monitoring.transmit_report": {"approver"},
    "monitoring.consider_report": KEEPERS,
    "monitoring.accept_report": {"working_body"},
}
REMARKS = {
    "draft": set(),
    "submitted": OF_THE_GROUP,
    "considered": set(),
    "returned": set(),
    "transmitted": {"working_body"},
    "accepted": set(),
}
ANSWERS = {"submitted", "returned", "transmitted"}


@pytest.mark.parametrize("state", SEEN)
@pytest.mark.parametrize("permission", IN_EVERY_STATE)
def test_rights_are_those_of_the_table(permission, state, akimat, cast):
    report = report_in(state, akimat)
    found = {name for name, user in cast.items() if user.has_perm(permission, report)}
    assert found == IN_EVERY_STATE[permission]


@pytest.mark.parametrize("state", SEEN)
def test_each_side_remarks_in_its_turn_and_staff_answer(state, akimat, cast):
    report = report_in(state, akimat)
    people = {name: user for name, user in cast.items() if name != "anonymous"}
    assert {name for name, user in people.items() if report.may_remark(user)} == REMARKS[state]
    answering = {name for name, user in people.items() if report.may_answer(user)}
    assert answering == ({"staff", "substitute"} if state in ANSWERS else set())


# whose remark it is, and who settles it in which state
SETTLES = {
    ("group", "submitted"): OF_THE_GROUP,
    ("working_body", "transmitted"): {"working_body"},
}


@pytest.mark.parametrize("state", SEEN)
@pytest.mark.parametrize("side", ["group", "working_body"])
def test_remark_is_settled_by_the_side_that_wrote_it(side, state, akimat, cast):
    report = report_in(state, akimat)
    author = cast["member" if side == "group" else "working_body"]
    remark = Remark.objects.create(paper=report, author=author, text="Сұрақ", side=side)
    people = {name: user for name, user in cast.items() if name != "anonymous"}
    settling = {name for name, user in people.items() if report.may_resolve(user, remark)}
    assert settling == SETTLES.get((side, state), set())


def test_group_leaves_the_remark_of_the_council_s_body_alone(client, akimat, cast):
    """Returned by the body and submitted again: the group has its turn, and not with that remark."""
    report = ReportFactory(organisation=akimat, submitted=True, transmitted_on="2027-01-29")
    foreign = Remark.objects.create(
        paper=report, author=cast["working_body"], text="Кеңестің ескертуі", side="working_body"
    )
    client.force_login(cast["member"])
    resolve = reverse("workflow:remark_resolve", args=[foreign.pk])
    page = client.get(report.get_absolute_url()).text
    assert "Кеңестің ескертуі" in page
    assert resolve not in page
    assert client.post(resolve).status_code == 404
    create = reverse("workflow:remark_create", args=["monitoring.monitoringreport", report.pk])
    client.post(create, {"kind": "must", "text": "Топтың ескертуі"})
    own = Remark.objects.get(text="Топтың ескертуі")
    assert own.side == "group"
    own_resolve = reverse("workflow:remark_resolve", args=[own.pk])
    assert own_resolve in client.get(report.get_absolute_url()).text
    assert client.post(own_resolve).status_code == 302
    foreign.refresh_from_db()
    own.refresh_from_db()
    assert (foreign.resolved_at is None, own.resolved_at is None) == (True, False)


# A report that came back from the Council's body: whether it is read as it stands now.
NEAR_BY = OF_THE_REGION | OF_THE_GROUP
LIVE = {
    "draft": OF_THE_REGION,
    "submitted": NEAR_BY,
    "considered": NEAR_BY,
    "returned": NEAR_BY,
    "transmitted": NEAR_BY | OF_THE_COUNTRY,
    "accepted": NEAR_BY | OF_THE_COUNTRY,
}


@pytest.mark.parametrize("state", LIVE)
def test_what_came_back_is_not_read_by_the_country_while_it_is_reworked(state, akimat, cast):
    report = ReportFactory(organisation=akimat, status=state, transmitted_on="2027-01-29")
    people = {name: user for name, user in cast.items() if name != "anonymous"}
    seeing = {name: user for name, user in people.items() if sees(user, report)[0]}
    assert {name for name, user in seeing.items() if report.opens_to(user)} == LIVE[state]
    by_rows = {
        name
        for name, user in people.items()
        if MonitoringReport.objects.read_by(user).filter(pk=report.pk).exists()
    }
    assert by_rows == LIVE[state]
    assert seeing.keys() >= OF_THE_COUNTRY


@pytest.mark.parametrize(("state", "is_live"), [("returned", False), ("transmitted", True)])
def test_unfinished_cells_reach_the_country_by_no_page(client, akimat, cast, state, is_live):
    report = ReportFactory(organisation=akimat, status=state, transmitted_on="2027-01-29")
    line = LineFactory(report=report, comment_kk="Бітпеген түсіндірме", comment_ru="Недописанное пояснение")
    with transaction.atomic():
        audit.record(
            report, cast["staff"], "edit", changes={f"line:{line.pk}": {"comment_ru": ["", "Недописанное"]}}
        )
    key = {"pk": report.pk}
    pages = [
        reverse("monitoring:monitoringreport_detail", kwargs=key),
        reverse("monitoring:monitoringreport_letters", kwargs=key),
        reverse("monitoring:reportline_update", kwargs=key | {"line": line.pk}),
        reverse("workflow:paper_history", kwargs=key | {"model": "monitoring.monitoringreport"}),
        f"{reverse('portal:search')}?q=Недописанное",
    ]
    for name in ("reviewer", "working_body", "administrator"):
        client.force_login(cast[name])
        texts = [client.get(page) for page in pages]
        found = [line.comment_kk in answer.text or "Недописанное<" in answer.text for answer in texts]
        assert any(found) is is_live, name
        draft = reverse("documents:paper_file", args=["report", report.pk, "ru", "xlsx"])
        if not is_live:
            assert client.get(draft).status_code == 404
            assert draft not in texts[0].text
            assert "жұмыс" in texts[0].text
    client.force_login(cast["staff"])
    assert line.comment_kk in client.get(pages[0]).text
