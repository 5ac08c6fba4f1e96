"""Who was handed a file is handed it again for a minute, unasked; a change of the rights is felt at once."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from apps.accounts.models import Role, RoleAssignment, User
from apps.groups.models import Member
from tests.factories.meetings import MemberFactory, WorkingGroupFactory
from tests.factories.people import OrganisationFactory, SubstitutionFactory, UserFactory, person

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
EVE = datetime.date(2027, 1, 14)
LONG_BEFORE = EVE - datetime.timedelta(days=300)
ASKED, REMEMBERED = 4, 2  # queries: the session and the person; then the roles, and the paper by them


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2027-01-14T23:59:40+05:00", tick=False) as clock:
        yield clock


@pytest.fixture
def take(issued):
    """Have a person take the file, in a session that stays the person's; the answer's status."""
    issued.rendered("kk", "pdf")
    address = reverse("documents:issued_file", args=(issued.pk, "kk", "pdf"))
    browsers = {}

    def take(somebody):
        if somebody.pk not in browsers:
            browsers[somebody.pk] = Client()
            browsers[somebody.pk].force_login(somebody)
        return browsers[somebody.pk].get(address).status_code

    return take


@pytest.fixture
def seat(paper):
    group = WorkingGroupFactory(organisation=paper.organisation)
    return MemberFactory(group=group, secretary=True, starts_on=LONG_BEFORE)


def end(row):
    row.ends_on = EVE - datetime.timedelta(days=1)
    row.save()


def test_right_that_has_not_changed_is_not_asked_again(take, reader, clock, django_assert_num_queries):
    assert take(reader) == 200
    clock.shift(19)
    with django_assert_num_queries(REMEMBERED):
        assert take(reader) == 200


def test_right_is_asked_again_after_a_minute(take, reader, clock, django_assert_num_queries):
    clock.move_to("2027-01-14T12:00:00+05:00")
    assert take(reader) == 200
    clock.shift(61)
    with django_assert_num_queries(ASKED):
        assert take(reader) == 200


def test_role_that_ended_is_felt_by_the_next_request(take, reader):
    assert take(reader) == 200
    end(reader.role_assignments.get())
    assert take(reader) == 404


@pytest.mark.parametrize("remove", [RoleAssignment.delete, lambda row: RoleAssignment.objects.all().delete()])
def test_role_that_was_removed_is_felt_by_the_next_request(take, reader, remove):
    assert take(reader) == 200
    remove(reader.role_assignments.get())
    assert take(reader) == 404


def test_role_given_to_another_is_felt_by_who_had_it(take, reader):
    assert take(reader) == 200
    role = reader.role_assignments.get()
    role.user = UserFactory()
    role.save()
    assert take(reader) == 404
    assert take(role.user) == 200


@pytest.mark.parametrize("ends", ["the substitution", "the role of the absent"])
def test_substitute_loses_the_right_with_it(take, reader, ends):
    stand_in = SubstitutionFactory(absent=reader, starts_on=LONG_BEFORE)
    assert take(stand_in.substitute) == 200
    end(stand_in if ends == "the substitution" else reader.role_assignments.get())
    assert take(stand_in.substitute) == 404


def test_substitution_handed_to_another_is_felt_by_the_first(take, reader):
    stand_in = SubstitutionFactory(absent=reader, starts_on=LONG_BEFORE)
    first = stand_in.substitute
    assert take(first) == 200
    stand_in.substitute = UserFactory()
    stand_in.save()
    assert take(first) == 404
    assert take(stand_in.substitute) == 200


def test_seat_that_ended_is_felt_by_the_next_request(take, seat):
    assert take(seat.user) == 200
    end(seat)
    assert take(seat.user) == 404


def test_seat_that_another_took_is_felt_by_who_had_it(take, seat):
    former = seat.user
    assert take(former) == 200
    seat = Member.objects.get(pk=seat.pk)
    seat.user = UserFactory()
    seat.save()
    assert take(former) == 404
    assert take(seat.user) == 200


def test_day_that_ends_a_role_ends_what_was_remembered(take, reader, clock):
    reader.role_assignments.update(ends_on=EVE)
    staying = person(Role.AKIMAT_STAFF, reader.role_assignments.get().organisation)
    assert take(reader) == 200
    clock.shift(21)
    assert take(reader) == 404
    assert take(staying) == 200


def test_account_that_was_closed_takes_nothing(take, reader):
    assert take(reader) == 200
    reader.is_active = False
    reader.save()
    assert take(reader) == 302  # to the sign-in page


def test_account_saved_later_does_not_bring_the_right_back(take, reader):
    as_it_was = User.objects.get(pk=reader.pk)
    assert take(reader) == 200
    end(reader.role_assignments.get())
    as_it_was.full_name = "Басқа аты"
    as_it_was.save()
    assert take(reader) == 404
    assert as_it_was.rights_version == User.objects.get(pk=reader.pk).rights_version > 0


def test_change_of_another_person_leaves_the_memory(take, reader, django_assert_num_queries):
    assert take(reader) == 200
    end(person(Role.AKIMAT_STAFF, OrganisationFactory()).role_assignments.get())
    with django_assert_num_queries(REMEMBERED):
        assert take(reader) == 200
