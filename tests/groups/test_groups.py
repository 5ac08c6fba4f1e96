"""Groups and their seats: who sits when, who may change it, what the history keeps."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import Role
from apps.groups.models import Member, WorkingGroup, capacities, seat_in
from apps.workflow.models import AuditEntry
from tests.factories.meetings import MemberFactory, WorkingGroupFactory, account, full_group
from tests.factories.people import (
    OrganisationFactory,
    RegionFactory,
    SubstitutionFactory,
    UserFactory,
    national,
    person,
)
from tests.pages import form_data

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
LIST_QUERIES, DETAIL_QUERIES = 6, 9

# who                     sees    may edit
TABLE = {
    "akimat staff": (True, True),
    "akimat approver": (True, False),
    "department executor": (True, False),
    "secretary": (True, False),
    "member": (True, False),
    "staff of another region": (False, False),
    "staff of a district": (False, False),
    "ministry reviewer": (True, False),
    "working body": (True, False),
    "auditor": (True, False),
    "operator": (False, False),
    "nobody": (False, False),
}


@pytest.fixture
def group():
    return full_group()


@pytest.fixture
def staff(group):
    return person(Role.AKIMAT_STAFF, group.organisation)


def test_table_of_rights(group, staff):
    district = OrganisationFactory(region=RegionFactory(district=True, parent=group.region))
    people = {
        "akimat staff": staff,
        "akimat approver": person(Role.AKIMAT_APPROVER, group.organisation),
        "department executor": person(
            Role.DEPARTMENT_EXECUTOR, OrganisationFactory(department=True, region=group.region)
        ),
        "secretary": account(group, "secretary"),
        "member": MemberFactory(group=group, signs_in=True).user,
        "staff of another region": person(Role.AKIMAT_STAFF, OrganisationFactory()),
        "staff of a district": person(Role.DISTRICT_STAFF, district),
        "ministry reviewer": national(Role.MINISTRY_REVIEWER),
        "working body": national(Role.WORKING_BODY),
        "auditor": national(Role.AUDITOR),
        "operator": national(Role.OPERATOR),
        "nobody": UserFactory(),
    }
    found = {
        name: (
            WorkingGroup.objects.visible_to(user).filter(pk=group.pk).exists(),
            user.has_perm("groups.edit_group", group),
        )
        for name, user in people.items()
    }
    assert found == TABLE


def test_staff_sees_the_groups_of_the_districts_and_does_not_edit_them(group, staff):
    district = OrganisationFactory(region=RegionFactory(district=True, parent=group.region))
    below = WorkingGroupFactory(organisation=district)
    assert set(WorkingGroup.objects.visible_to(staff)) == {group, below}
    assert not staff.has_perm("groups.edit_group", below)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "sits"),
    [
        (TODAY, TODAY, True),
        (TODAY - DAY, None, True),
        (TODAY + DAY, None, False),
        (TODAY - DAY, TODAY - DAY, False),
    ],
)
def test_seat_is_held_from_its_first_to_its_last_day(group, starts_on, ends_on, sits):
    member = MemberFactory(group=group, signs_in=True, starts_on=starts_on, ends_on=ends_on)
    assert (member in group.members.in_force()) is sits
    assert member.sits_on(TODAY) is sits
    assert (capacities(member.user, group.pk) == {"member"}) is sits


def test_substitute_holds_the_seat_and_the_history_names_it(group):
    secretary = account(group, "secretary")
    substitute = SubstitutionFactory(absent=secretary).substitute
    assert seat_in(substitute, group.pk) == f"secretary#{group.pk}"
    assert seat_in(UserFactory(), group.pk) == ""


def test_members_stand_in_protocol_order_and_the_alphabet_is_kazakh(group):
    group.members.all().delete()
    names = ["Ә. Абай", "Қ. Тұрсынов", "А. Ким", "И. Назаров", "Л. Сәбит"]
    for name in names:
        MemberFactory(group=group, full_name=name)
    MemberFactory(group=group, full_name="Я. Соңғы", position_in_list=0, capacity="secretary")
    MemberFactory(group=group, full_name="Ю. Төраға", capacity="chair")
    ordered = [member.full_name for member in sorted(group.members.all(), key=lambda one: one.order)]
    assert ordered == [
        "Ю. Төраға",
        "Я. Соңғы",
        "А. Ким",
        "Ә. Абай",
        "И. Назаров",
        "Қ. Тұрсынов",
        "Л. Сәбит",
    ]


def test_group_is_entered_by_the_staff_of_its_akimat(client):
    akimat = OrganisationFactory()
    client.force_login(person(Role.AKIMAT_STAFF, akimat))
    url = reverse("groups:workinggroup_create")
    assert url in client.get(reverse("groups:workinggroup_list")).text
    for asked in ("x", "²", "9" * 5000):
        assert client.get(url, {"body": asked}).status_code == 200
    answer = client.post(url, form_data(client.get(url), "name_kk") | {"act_number": "12-3/145"})
    group = WorkingGroup.objects.get()
    assert answer.url == group.get_absolute_url()
    assert (group.organisation, group.region, group.act_number) == (akimat, akimat.region, "12-3/145")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.chain.name) == ("create", akimat.region_id)
    assert url not in client.get(reverse("groups:workinggroup_list")).text


def test_foreign_akimat_is_no_choice(client, staff):
    client.force_login(staff)
    url = reverse("groups:workinggroup_create")
    stranger = OrganisationFactory()
    client.post(
        url, {"organisation": stranger.pk, "name_kk": "Топ", "name_ru": "Группа", "act_kind": "order"}
    )
    assert not WorkingGroup.objects.filter(organisation=stranger).exists()


def test_act_is_changed_and_the_change_is_kept(client, group, staff):
    client.force_login(staff)
    url = reverse("groups:workinggroup_update", kwargs={"pk": group.pk})
    client.post(url, form_data(client.get(url), "name_kk") | {"act_number": "7"})
    group.refresh_from_db()
    assert group.act_number == "7"
    assert AuditEntry.objects.get().changes == {"act_number": ["12-3/145", "7"]}


def test_member_is_added_with_an_account_changed_and_ended(client, group, staff):
    client.force_login(staff)
    user = person(Role.DEPARTMENT_EXECUTOR, group.organisation, email="hatshy@example.kz")
    url = reverse("groups:member_create", kwargs={"group": group.pk})
    given = {
        "full_name": "Г. Досжанова",
        "position_kk": "қор төрайымы",
        "category": "4",
        "starts_on": "01.02.2026",
        "email": "Hatshy@Example.kz",
    }
    assert client.post(url, form_data(client.get(url), "full_name") | given).status_code == 302
    member = Member.objects.get(user=user)
    assert (member.category, member.capacity, member.starts_on) == (4, "member", datetime.date(2026, 2, 1))
    url = reverse("groups:member_update", kwargs={"group": group.pk, "pk": member.pk})
    client.post(url, form_data(client.get(url), "full_name") | {"ends_on": "01.03.2026"})
    member.refresh_from_db()
    assert member.ends_on == datetime.date(2026, 3, 1)
    added, changed = AuditEntry.objects.order_by("pk")
    assert (added.action, changed.action) == ("add_member", "change_member")
    assert changed.changes[f"line:{member.pk}"] == {"ends_on": [None, "2026-03-01"]}
    page = client.get(group.get_absolute_url()).text
    assert "Мүше қосылды" in page
    assert "Г. Досжанова" in page


def test_form_tells_nobody_who_has_an_account(client, group, staff):
    """A stranger's account and an address without one are answered alike; one's own people can be seated."""
    district = OrganisationFactory(region=RegionFactory(district=True, parent=group.region))
    stranger = person(Role.AKIMAT_STAFF, OrganisationFactory())
    taken = {
        "of the akimat": staff,
        "of a district": person(Role.DISTRICT_STAFF, district),
        "of the ministry": national(Role.MINISTRY_REVIEWER),
    }
    refused = {
        "stranger": stranger,
        "without a role": UserFactory(),
        "nobody": UserFactory.build(email="nobody@example.kz"),
        "closed": person(Role.AKIMAT_STAFF, group.organisation, is_active=False),
    }
    client.force_login(staff)
    url = reverse("groups:member_update", kwargs={"group": group.pk, "pk": group.members.first().pk})
    data = form_data(client.get(url), "full_name")
    answers = {name: client.post(url, data | {"email": one.email}) for name, one in refused.items()}
    assert {answer.status_code for answer in answers.values()} == {422}
    assert len({str(answer.context["form"].errors) for answer in answers.values()}) == 1
    for one in taken.values():
        assert client.post(url, data | {"email": one.email}).status_code == 302


def test_seat_keeps_its_account_after_the_role_has_ended(client, group, staff):
    client.force_login(staff)
    seat = MemberFactory(group=group, signs_in=True)
    url = reverse("groups:member_update", kwargs={"group": group.pk, "pk": seat.pk})
    data = form_data(client.get(url), "full_name") | {"position_ru": "другая должность"}
    assert client.post(url, data).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "nobody@example.kz"),
        ("ends_on", "01.01.2019"),
        ("starts_on", "31.02.2026"),
        ("category", "6"),
    ],
)
def test_what_cannot_be_stored_is_refused_at_its_field(client, group, staff, field, value):
    client.force_login(staff)
    url = reverse("groups:member_update", kwargs={"group": group.pk, "pk": group.members.first().pk})
    answer = client.post(url, form_data(client.get(url), "full_name") | {field: value})
    assert set(answer.context["form"].errors) == {field}
    assert not AuditEntry.objects.exists()


def test_pages_of_change_are_closed_to_others(client, group):
    seat = group.members.first()
    pages = [
        reverse("groups:workinggroup_update", kwargs={"pk": group.pk}),
        reverse("groups:member_create", kwargs={"group": group.pk}),
        reverse("groups:member_update", kwargs={"group": group.pk, "pk": seat.pk}),
    ]
    assert {client.get(page).status_code for page in pages} == {302}
    client.force_login(account(group, "secretary"))
    assert {client.get(page).status_code for page in pages} == {403}
    client.force_login(person(Role.AKIMAT_STAFF, OrganisationFactory()))
    assert {client.get(page).status_code for page in pages} == {404}


def test_seat_of_another_group_is_not_found(client, group, staff):
    client.force_login(staff)
    other = full_group().members.first()
    url = reverse("groups:member_update", kwargs={"group": group.pk, "pk": other.pk})
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_as_much_for_one_row_as_for_three(client, django_assert_num_queries, rows):
    groups = [full_group(members=rows) for _row in range(rows)]
    client.force_login(person(Role.AKIMAT_STAFF, groups[0].organisation))
    for seat in groups[0].members.all()[:rows]:
        url = reverse("groups:member_update", kwargs={"group": groups[0].pk, "pk": seat.pk})
        client.post(url, form_data(client.get(url), "full_name") | {"position_ru": "другая должность"})
    client.get(groups[0].get_absolute_url())
    with django_assert_num_queries(DETAIL_QUERIES):
        client.get(groups[0].get_absolute_url())
    client.force_login(national(Role.AUDITOR))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("groups:workinggroup_list"))


def test_those_who_see_the_country_see_who_has_no_group(client, group):
    lacking = RegionFactory(name_kk="Топсыз облысы")
    client.force_login(national(Role.MINISTRY_REVIEWER))
    assert lacking.name_kk in client.get(reverse("groups:workinggroup_list")).text
