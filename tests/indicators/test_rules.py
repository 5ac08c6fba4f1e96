"""Who sees and edits which list: by hand, role by role and state by state, on both faces of the rule."""

import pytest
from django.contrib.auth.models import AnonymousUser

from apps.indicators.models import IndicatorList, TypicalList
from apps.indicators.tables import ItemTable
from tests.factories.indicators import IndicatorListFactory, IndicatorListItemFactory, TypicalListFactory
from tests.factories.people import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

STATES = ("draft", "sent", "returned", "agreed", "approved", "published", "superseded")
EVERY = set(STATES)
SETTLED = {"approved", "published", "superseded"}
SEEN = {
    "staff": EVERY,
    "substitute": EVERY,
    "secretary_substitute": EVERY,
    "former_staff": set(),
    "former_secretary": set(),
    "former_substitute": set(),
    "approver": EVERY,
    "department": EVERY,
    "district": SETTLED,
    "chair": EVERY,
    "deputy": EVERY,
    "secretary": EVERY,
    "member": EVERY,
    "reviewer": EVERY - {"draft"},
    "administrator": EVERY - {"draft"},
    "working_body": SETTLED,
    "auditor": EVERY,
    "operator": set(),
    "stranger_staff": set(),
    "stranger_approver": set(),
    "stranger_secretary": set(),
}


@pytest.mark.parametrize("state", STATES)
def test_both_faces_of_the_rule_agree_with_the_table(akimat, people, state):
    paper = IndicatorListFactory(organisation=akimat, **({state: True} if state != "draft" else {}))
    assert set(SEEN) == set(people)
    for name, user in people.items():
        is_seen = state in SEEN[name]
        assert IndicatorList.objects.visible_to(user).filter(pk=paper.pk).exists() == is_seen, name
        assert user.has_perm("indicators.view_list", paper) == is_seen, name


def test_nobody_sees_nothing(client):
    IndicatorListFactory(published=True)
    assert not IndicatorList.objects.visible_to(AnonymousUser()).exists()


@pytest.mark.parametrize("state", STATES)
def test_rows_are_edited_by_the_staff_while_the_list_is_open(akimat, people, state):
    paper = IndicatorListFactory(organisation=akimat, **({state: True} if state != "draft" else {}))
    editors = {name for name, user in people.items() if ItemTable(paper, user).may_edit(paper)}
    assert editors == ({"staff", "substitute", "department"} if state in {"draft", "returned"} else set())


def test_department_edits_its_own_rows_only(akimat, people):
    paper = IndicatorListFactory(organisation=akimat)
    own, others, nobodys = IndicatorListItemFactory.create_batch(3, indicator_list=paper)
    body = people["department"].assignments[0].organisation
    own.departments.add(body, OrganisationFactory(department=True, parent=akimat, region=akimat.region))
    others.departments.add(OrganisationFactory(department=True, parent=akimat, region=akimat.region))
    table = ItemTable(paper, people["department"])
    assert list(table.editable(table.lines())) == [own]
    assert not table.may_edit_all(table.paper)
    assert nobodys.pk


@pytest.mark.parametrize(
    "name",
    [
        "staff",
        "substitute",
        "former_staff",
        "approver",
        "reviewer",
        "administrator",
        "auditor",
        "stranger_staff",
    ],
)
def test_only_the_akimat_s_staff_begin_its_list(akimat, people, name):
    assert people[name].has_perm("indicators.add_list", akimat) == (name in {"staff", "substitute"})


def test_draft_of_the_typical_list_is_the_ministry_s(people):
    draft, published = TypicalListFactory(), TypicalListFactory(published=True)
    for name, user in people.items():
        seen = set(TypicalList.objects.visible_to(user))
        is_ministry = name in {"administrator", "reviewer", "auditor"}
        assert seen == ({draft, published} if is_ministry else {published}), name
        assert user.has_perm("indicators.view_typical_list", draft) == is_ministry, name
