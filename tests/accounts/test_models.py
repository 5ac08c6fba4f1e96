"""Who holds which role when, and who acts while someone is away."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from apps.accounts.models import Role, RoleAssignment, Substitution, User
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
TODAY = datetime.date(2027, 1, 15)


@pytest.fixture
def akimat():
    return OrganisationFactory()


@pytest.fixture(autouse=True)
def _on_the_day_of_the_report():
    with time_machine.travel("2027-01-15T09:00:00+05:00", tick=False):
        yield


def test_address_is_kept_in_small_letters_and_found_in_any():
    user = User.objects.create_user(" A.Bekova@Example.KZ ", "қала-дала-2026", full_name="А. Бекова")
    assert user.email == "a.bekova@example.kz"
    assert User.objects.get_by_natural_key("A.BEKOVA@example.kz") == user


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (TODAY - datetime.timedelta(days=9), TODAY - datetime.timedelta(days=1), False),
        (TODAY + datetime.timedelta(days=1), None, False),
    ],
)
def test_role_holds_from_day_to_day_both_inclusive(akimat, starts, ends, holds):
    assignment = RoleAssignmentFactory(organisation=akimat, starts_on=starts, ends_on=ends)
    assert assignment.user.has_role(Role.AKIMAT_STAFF) is holds


def test_role_is_asked_for_by_region_by_code_and_by_organisation(akimat):
    user = person(Role.AKIMAT_STAFF, akimat)
    other = RegionFactory()
    assert user.has_role(Role.AKIMAT_APPROVER, Role.AKIMAT_STAFF, region=akimat.region)
    assert user.has_role(Role.AKIMAT_STAFF, region=akimat.region_id)
    assert user.has_role(Role.AKIMAT_STAFF, organisation=akimat)
    assert not user.has_role(Role.AKIMAT_STAFF, region=other)
    assert not user.has_role(Role.AKIMAT_APPROVER, region=akimat.region)
    assert user.regions(Role.AKIMAT_STAFF) == {akimat.region_id}
    assert user.organisations(Role.AKIMAT_STAFF) == {akimat.pk}


@pytest.mark.parametrize("count", [1, 3])
def test_roles_cost_one_query_however_many(django_assert_num_queries, count):
    user = UserFactory()
    for _ in range(count):
        RoleAssignmentFactory(user=user)
        RoleAssignmentFactory(user=SubstitutionFactory(substitute=user).absent)
    with django_assert_num_queries(1):
        assert len(user.assignments) == 2 * count
        assert all(
            held.organisation.region.name and str(held.via or "") is not None for held in user.assignments
        )


def test_substitute_acts_in_the_roles_of_the_absent_and_says_for_whom(akimat):
    absent = person(Role.AKIMAT_APPROVER, akimat)
    substitute = SubstitutionFactory(absent=absent).substitute
    assert substitute.has_role(Role.AKIMAT_APPROVER, region=akimat.region)
    assert [held.via for held in substitute.assignments] == [absent]
    assert [held.via for held in absent.assignments] == [None]


def test_substitution_ends_with_its_last_day(akimat):
    absent = person(Role.AKIMAT_APPROVER, akimat)
    over = SubstitutionFactory(absent=absent, ends_on=TODAY - datetime.timedelta(days=1)).substitute
    assert not over.has_role(Role.AKIMAT_APPROVER)


def test_acting_persons_are_the_substitutes_instead_of_the_absent(akimat):
    present = person(Role.AKIMAT_STAFF, akimat)
    absent = person(Role.AKIMAT_STAFF, akimat)
    substitution = SubstitutionFactory(absent=absent, ends_on=TODAY)
    person(Role.AKIMAT_STAFF, akimat, is_active=False)
    person(Role.AKIMAT_STAFF, OrganisationFactory())
    acting = User.acting_persons(Role.AKIMAT_STAFF, akimat, TODAY)
    assert set(acting) == {present, substitution.substitute}
    tomorrow = TODAY + datetime.timedelta(days=1)
    assert set(User.acting_persons([Role.AKIMAT_STAFF], akimat, tomorrow)) == {present, absent}


def test_absent_person_acts_when_the_substitute_has_left(akimat):
    absent = person(Role.AKIMAT_STAFF, akimat)
    SubstitutionFactory(absent=absent, substitute=UserFactory(is_active=False))
    assert list(User.acting_persons(Role.AKIMAT_STAFF, akimat, TODAY)) == [absent]


class Paper:
    def __init__(self, region_id):
        self.region_id = region_id


def test_capacity_is_of_the_papers_region_before_any_other(akimat):
    user = person(Role.AKIMAT_STAFF, akimat)
    RoleAssignmentFactory(user=user, organisation=OrganisationFactory())
    absent = person(Role.AKIMAT_APPROVER, akimat)
    SubstitutionFactory(absent=absent, substitute=user)
    capacity = f"akimat_staff@{akimat.pk}; akimat_approver@{akimat.pk} for {absent.pk}"
    assert user.capacity_in(Paper(akimat.region_id)) == capacity


def test_capacity_above_the_regions_holds_for_each_of_them(akimat):
    reviewer = national(Role.MINISTRY_REVIEWER)
    body = reviewer.assignments[0].organisation_id
    assert reviewer.capacity_in(Paper(akimat.region_id)) == f"ministry_reviewer@{body}"
    assert person(Role.AKIMAT_STAFF, OrganisationFactory()).capacity_in(Paper(akimat.region_id)) == ""


def test_roles_and_substitutions_that_cannot_be_are_refused(akimat):
    user = UserFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignmentFactory(
            user=user, organisation=akimat, starts_on=TODAY, ends_on=datetime.date(2027, 1, 1)
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        SubstitutionFactory(absent=user, substitute=user)
    with pytest.raises(ValidationError) as refusal:
        Substitution(absent=user, substitute=user, starts_on=TODAY, ends_on=TODAY, basis="№ 1").full_clean()
    assert "substitute" in refusal.value.message_dict
    with pytest.raises(ValidationError) as refusal:
        Substitution(
            absent=user,
            substitute=UserFactory(),
            starts_on=TODAY,
            ends_on=TODAY - datetime.timedelta(days=1),
            basis="№ 1",
        ).full_clean()
    assert "ends_on" in refusal.value.message_dict


def test_roles_are_read_once_for_each_user_object(akimat):
    user = UserFactory()
    assert not user.has_role(Role.AKIMAT_STAFF)
    RoleAssignment.objects.create(user=user, role=Role.AKIMAT_STAFF, organisation=akimat, starts_on=TODAY)
    assert not user.has_role(Role.AKIMAT_STAFF)
    assert User.objects.get(pk=user.pk).has_role(Role.AKIMAT_STAFF)
