"""Operators give and end roles, each in a body where it can be held; the chain of history keeps it."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from apps.accounts.models import Role, RoleAssignment, User
from apps.organisations.models import Organisation
from apps.workflow.models import AuditEntry
from tests.factories.people import (
    PASSWORD,
    OrganisationFactory,
    RegionFactory,
    RoleAssignmentFactory,
    UserFactory,
    national,
)
from tests.pages import form_data

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
USERS, ROLES = "/ru/admin/accounts/user/", "/ru/admin/accounts/roleassignment/"


@pytest.fixture
def operator():
    return national(Role.OPERATOR, is_staff=True, language="ru")


@pytest.fixture
def page(client, operator):
    client.force_login(operator)
    return client


@pytest.fixture
def root():
    return User.objects.create_superuser("root@example.kz", PASSWORD, full_name="Бас оператор")


def role_form(user, body, **fields):
    return {
        "user": user.pk,
        "role": "akimat_approver",
        "organisation": body.pk,
        "starts_on": "10.01.2027",
        "ends_on": "",
        **fields,
    }


def test_operator_gives_a_role_in_a_body_that_the_search_offers(page, operator):
    akimat, user = OrganisationFactory(), UserFactory()
    asked = {"app_label": "accounts", "model_name": "roleassignment", "field_name": "organisation"}
    offered = page.get("/ru/admin/autocomplete/", {**asked, "term": akimat.name_ru[:12]})
    assert [row["id"] for row in offered.json()["results"]] == [str(akimat.pk)]
    assert page.post(f"{ROLES}add/", role_form(user, akimat)).status_code == 302
    given = RoleAssignment.objects.get(user=user)
    assert (given.role, given.organisation) == ("akimat_approver", akimat)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.paper) == ("roleassignment_added", operator, user)
    assert entry.changes["role"] == [None, "akimat_approver"]


def test_role_is_ended_by_its_last_day_and_never_deleted(page, root):
    held = RoleAssignmentFactory()
    url = f"{ROLES}{held.pk}/"
    data = form_data(page.get(f"{url}change/"), "ends_on") | {"ends_on": "31.12.2026"}
    assert page.post(f"{url}change/", data).status_code == 302
    held.refresh_from_db()
    assert held.ends_on == datetime.date(2026, 12, 31)
    assert AuditEntry.objects.get().changes == {"ends_on": [None, "2026-12-31"]}
    for who in (None, root):
        if who:
            page.force_login(who)
        assert page.post(f"{url}delete/", {"post": "yes"}).status_code == 403
        page.post(ROLES, {"action": "delete_selected", "_selected_action": [held.pk], "post": "yes"})
        page.post(f"{USERS}{held.user_id}/delete/", {"post": "yes"})
    assert RoleAssignment.objects.filter(pk=held.pk).exists()


def test_role_given_on_the_page_of_the_account_is_recorded_with_it(page):
    user, akimat = UserFactory(), OrganisationFactory()
    url = f"{USERS}{user.pk}/change/"
    row = {
        "role_assignments-TOTAL_FORMS": "1",
        "role_assignments-0-user": user.pk,
        "role_assignments-0-role": "akimat_staff",
        "role_assignments-0-organisation": akimat.pk,
        "role_assignments-0-starts_on": "01.12.2026",
    }
    data = form_data(page.get(url), "full_name") | row
    data.pop("is_active")
    assert page.post(url, data).status_code == 302
    changes = AuditEntry.objects.get(action="user_changed").changes
    assert changes["is_active"] == [True, False]
    held = RoleAssignment.objects.get(user=user)
    assert changes[f"roleassignment:{held.pk}"]["organisation"] == [None, akimat.pk]


AKIMAT, DISTRICT, APPARATUS, DEPARTMENT = "akimat", "district akimat", "akim's apparatus", "department"
MINISTRY, COUNCIL, OTHER = "ministry", "council", "other"
HELD_IN = {
    "akimat_staff": {AKIMAT},
    "akimat_approver": {AKIMAT},
    "department_executor": {DEPARTMENT},
    "district_staff": {DISTRICT, APPARATUS},
    "ministry_reviewer": {MINISTRY},
    "ministry_administrator": {MINISTRY},
    "working_body": {COUNCIL},
    "auditor": {MINISTRY, COUNCIL, OTHER},
    "operator": {MINISTRY, COUNCIL, OTHER},
}


@pytest.mark.parametrize("role", HELD_IN)
def test_role_is_held_in_bodies_of_its_kind(role):
    region = RegionFactory()
    district = RegionFactory(district=True, parent=region)
    bodies = {
        AKIMAT: OrganisationFactory(region=region),
        DISTRICT: OrganisationFactory(region=district),
        APPARATUS: OrganisationFactory(
            region=RegionFactory(district=True, parent=region), kind=Organisation.Kind.AKIM_APPARATUS
        ),
        DEPARTMENT: OrganisationFactory(department=True, region=region),
        MINISTRY: OrganisationFactory(ministry=True),
        COUNCIL: OrganisationFactory(working_body=True),
        OTHER: OrganisationFactory(other=True),
    }
    user, taken = UserFactory(), set()
    for name, body in bodies.items():
        try:
            RoleAssignment(user=user, role=role, organisation=body).full_clean()
        except ValidationError as refusal:
            assert set(refusal.message_dict) == {"organisation"}  # noqa: PT017 - what is refused, and where
        else:
            taken.add(name)
    assert taken == HELD_IN[role]


def test_roles_end_after_their_beginning(page):
    answer = page.post(f"{ROLES}add/", role_form(UserFactory(), OrganisationFactory(), ends_on="01.01.2027"))
    assert "Последний день раньше первого" in answer.text


@pytest.mark.parametrize(("language", "words"), [("kk", "Сүзгі: "), ("ru", "Фильтр: ")])
def test_filter_by_days_speaks_the_language_of_the_page(page, operator, language, words):
    for day in ("2026-01-12", "2026-03-15"):
        RoleAssignmentFactory(starts_on=day)
    text = page.get(f"/{language}/admin/accounts/roleassignment/").content.decode()
    assert words in text.partition('id="date-hierarchy-label"')[2][:60]
