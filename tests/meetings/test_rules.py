"""Who may do what with a meeting, written by hand; both faces of every right agree."""

import pytest

from apps.accounts.models import Role, User
from apps.groups.models import Member
from apps.meetings.models import Meeting, Protocol
from apps.meetings.workflow import protocol_workflow
from tests.factories.meetings import MeetingFactory, MemberFactory, account, full_group
from tests.factories.people import (
    OrganisationFactory,
    RegionFactory,
    RoleAssignmentFactory,
    SubstitutionFactory,
    UserFactory,
    national,
    person,
)

pytestmark = pytest.mark.django_db

# who                     sees    may edit, sign, publish, plan
TABLE = {
    "secretary": (True, True),
    "chair": (True, True),
    "substitute of the secretary": (True, True),
    "deputy": (True, False),
    "member": (True, False),
    "former secretary": (False, False),
    "substitute whose time is over": (False, False),
    "member of another region": (False, False),
    "former staff": (False, False),
    "substitute of the staff": (True, False),
    "akimat staff": (True, False),
    "akimat approver": (True, False),
    "department executor": (True, False),
    "district staff": (False, False),
    "staff of another region": (False, False),
    "secretary of another region": (False, False),
    "ministry reviewer": (True, False),
    "ministry administrator": (True, False),
    "working body": (True, False),
    "auditor": (True, False),
    "operator": (False, False),
    "nobody": (False, False),
}
# state        buttons of those who keep the minutes
BUTTONS = {"draft": ["sign"], "signed": ["publish"], "published": []}


def people(group) -> dict[str, User]:
    akimat = group.organisation
    department = OrganisationFactory(department=True, region=group.region)
    district = OrganisationFactory(region=RegionFactory(district=True, parent=group.region))
    elsewhere = OrganisationFactory()
    secretary = account(group, Member.Capacity.SECRETARY)
    staff = person(Role.AKIMAT_STAFF, akimat)
    return {
        "secretary": secretary,
        "chair": account(group, Member.Capacity.CHAIR),
        "substitute of the secretary": SubstitutionFactory(absent=secretary).substitute,
        "deputy": MemberFactory(group=group, deputy=True).user,
        "member": MemberFactory(group=group, signs_in=True).user,
        "former secretary": MemberFactory(group=group, secretary=True, ends_on="2025-12-31").user,
        "substitute whose time is over": SubstitutionFactory(
            absent=secretary, ends_on="2025-12-31"
        ).substitute,
        "member of another region": MemberFactory(signs_in=True).user,
        "former staff": RoleAssignmentFactory(organisation=akimat, ends_on="2025-12-31").user,
        "substitute of the staff": SubstitutionFactory(absent=staff).substitute,
        "akimat staff": staff,
        "akimat approver": person(Role.AKIMAT_APPROVER, akimat),
        "department executor": person(Role.DEPARTMENT_EXECUTOR, department),
        "district staff": person(Role.DISTRICT_STAFF, district),
        "staff of another region": person(Role.AKIMAT_STAFF, elsewhere),
        "secretary of another region": account(full_group(), Member.Capacity.SECRETARY),
        "ministry reviewer": national(Role.MINISTRY_REVIEWER),
        "ministry administrator": national(Role.MINISTRY_ADMINISTRATOR),
        "working body": national(Role.WORKING_BODY),
        "auditor": national(Role.AUDITOR),
        "operator": national(Role.OPERATOR),
        "nobody": UserFactory(),
    }


def test_table_of_rights(group):
    meeting = MeetingFactory(group=group)
    found = {}
    for name, user in people(group).items():
        sees = Meeting.objects.visible_to(user).filter(pk=meeting.pk).exists()
        assert sees == Protocol.objects.visible_to(user).filter(meeting=meeting).exists()
        rights = {
            user.has_perm(f"meetings.{right}", meeting.protocol)
            for right in ("edit_protocol", "sign_protocol", "publish_protocol", "register_protocol")
        } | {user.has_perm("meetings.plan_meeting", group)}
        assert len(rights) == 1
        found[name] = (sees, rights.pop())
    assert found == TABLE


@pytest.mark.parametrize("state", BUTTONS)
def test_table_of_buttons(group, state):
    protocol = MeetingFactory(group=group).protocol
    Protocol.objects.filter(pk=protocol.pk).update(status=state)
    protocol.refresh_from_db()
    for name, user in people(group).items():
        buttons = [step.name for step in protocol_workflow.available_to(user, protocol)]
        assert buttons == (BUTTONS[state] if TABLE[name][1] else []), name


def test_superuser_has_no_right_without_a_seat(protocol):
    assert not UserFactory(is_superuser=True).has_perm("meetings.sign_protocol", protocol)


def test_seat_of_yesterday_gives_no_right(group, protocol):
    seat = group.members.get(capacity=Member.Capacity.SECRETARY)
    assert seat.user.has_perm("meetings.sign_protocol", protocol)
    seat.ends_on = "2026-01-01"
    seat.save()
    assert not User.objects.get(pk=seat.user_id).has_perm("meetings.sign_protocol", protocol)
