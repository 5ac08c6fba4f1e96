"""One akimat with its people, its group and the ministry: who meets whom around a list.

Models are imported within the fixtures: this file is read before Django is set up.
"""

import pytest


@pytest.fixture
def akimat(db):
    from tests.factories.people import OrganisationFactory

    return OrganisationFactory(region__code="150000000")


@pytest.fixture
def people(akimat):
    """Everybody by the name of what they are; `stranger_*` are the same in another region."""
    from apps.accounts.models import Role
    from tests.factories.meetings import MemberFactory, WorkingGroupFactory
    from tests.factories.people import (
        OrganisationFactory,
        RegionFactory,
        RoleAssignmentFactory,
        SubstitutionFactory,
        national,
        person,
    )

    group = WorkingGroupFactory(organisation=akimat)
    elsewhere = OrganisationFactory(region__code="110000000")
    department = OrganisationFactory(department=True, region=akimat.region, parent=akimat)
    district = OrganisationFactory(region=RegionFactory(district=True, parent=akimat.region))
    seats = {
        name: MemberFactory(group=group, **{name: True}).user for name in ("chair", "deputy", "secretary")
    }
    staff = person(Role.AKIMAT_STAFF, akimat)
    long_ago = {"ends_on": "2025-12-31"}
    return seats | {
        "member": MemberFactory(group=group, signs_in=True).user,
        "staff": staff,
        "substitute": SubstitutionFactory(absent=person(Role.AKIMAT_STAFF, akimat)).substitute,
        "secretary_substitute": SubstitutionFactory(absent=seats["secretary"]).substitute,
        "former_staff": RoleAssignmentFactory(organisation=akimat, **long_ago).user,
        "former_secretary": MemberFactory(group=group, secretary=True, **long_ago).user,
        "former_substitute": SubstitutionFactory(absent=staff, **long_ago).substitute,
        "approver": person(Role.AKIMAT_APPROVER, akimat),
        "department": person(Role.DEPARTMENT_EXECUTOR, department),
        "district": person(Role.DISTRICT_STAFF, district),
        "reviewer": national(Role.MINISTRY_REVIEWER),
        "administrator": national(Role.MINISTRY_ADMINISTRATOR),
        "working_body": national(Role.WORKING_BODY),
        "auditor": national(Role.AUDITOR),
        "operator": national(Role.OPERATOR),
        "stranger_staff": person(Role.AKIMAT_STAFF, elsewhere),
        "stranger_approver": person(Role.AKIMAT_APPROVER, elsewhere),
        "stranger_secretary": MemberFactory(
            group=WorkingGroupFactory(organisation=elsewhere), secretary=True
        ).user,
    }
