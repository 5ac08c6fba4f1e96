"""A rule decides alone: being a superuser bypasses neither a rule nor the workflow."""

import pytest
import rules
from django.contrib.auth.models import AnonymousUser

from apps.accounts.models import Role, User
from apps.accounts.rules import holds, holds_for_body, holds_here
from tests.factories.people import OrganisationFactory, RegionFactory, UserFactory, national, person

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


class Paper:
    def __init__(self, organisation=None, region=None):
        self.organisation_id = organisation and organisation.pk
        self.region_id = region.pk if region else organisation and organisation.region_id


@pytest.fixture
def sending():
    """A permission of an upper app, for the time of the test."""
    rules.add_perm("papers.send_paper", holds_here(Role.AKIMAT_STAFF))
    yield "papers.send_paper"
    rules.remove_perm("papers.send_paper")


def test_role_in_the_papers_region_permits(sending):
    akimat = OrganisationFactory()
    user = person(Role.AKIMAT_STAFF, akimat)
    assert user.has_perm(sending, Paper(akimat))
    assert not user.has_perm(sending, Paper(region=RegionFactory()))
    assert not user.has_perm(sending)


def test_superuser_and_closed_account_are_refused(sending):
    akimat = OrganisationFactory()
    assert not UserFactory(is_superuser=True).has_perm(sending, Paper(akimat))
    assert not person(Role.AKIMAT_STAFF, akimat, is_active=False).has_perm(sending, Paper(akimat))


def test_superuser_has_no_right_upon_an_object_without_a_rule():
    root = User.objects.create_superuser("root@example.kz", "қала-дала-2026", full_name="Оператор")
    assert root.has_perm("monitoring.delete_reportline")
    assert not root.has_perm("monitoring.delete_reportline", RegionFactory())


def test_predicates_answer_for_people_alone():
    nobody = AnonymousUser()
    akimat = OrganisationFactory()
    for predicate in (holds(Role.AUDITOR), holds_here(Role.AUDITOR), holds_for_body(Role.AUDITOR)):
        assert not predicate.test(nobody, Paper(akimat))
    assert holds_for_body(Role.AKIMAT_STAFF).test(person(Role.AKIMAT_STAFF, akimat), Paper(akimat))


def test_operator_keeps_accounts_and_others_do_not():
    operator, auditor = national(Role.OPERATOR), national(Role.AUDITOR)
    assert operator.has_perm("accounts.change_user")
    assert operator.has_module_perms("accounts")
    assert not auditor.has_perm("accounts.change_user")
    assert not auditor.has_module_perms("accounts")


def test_operator_reaches_his_pages_and_cannot_raise_himself(client):
    operator = national(Role.OPERATOR, is_staff=True)
    client.force_login(operator)
    page = client.get(f"/ru/admin/accounts/user/{operator.pk}/change/")
    assert page.status_code == 200
    assert b'name="is_superuser"' not in page.content
