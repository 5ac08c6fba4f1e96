"""The audit keeps capacities without a language; pages say them in the reader's."""

import pytest
from django.utils import translation

from apps.accounts.capacities import describe_capacities, describe_capacity
from apps.accounts.models import Role
from tests.factories.people import OrganisationFactory, SubstitutionFactory, person

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def akimat():
    return OrganisationFactory(name_kk="Ақтөбе облысының әкімдігі", name_ru="Акимат Актюбинской области")


def test_capacity_is_said_in_the_language_of_the_page(akimat):
    text = f"akimat_staff@{akimat.pk}"
    with translation.override("kk"):
        assert describe_capacity(text) == "әкімдік орындаушысы, Ақтөбе облысының әкімдігі"
    with translation.override("ru"):
        assert describe_capacity(text) == "исполнитель акимата, Акимат Актюбинской области"


def test_substitute_is_said_with_the_absent_person(akimat):
    absent = person(Role.AKIMAT_APPROVER, akimat, full_name="Б. Ахметов")
    substitute = SubstitutionFactory(absent=absent).substitute
    with translation.override("ru"):
        said = describe_capacity(substitute.assignments[0].capacity)
    assert said == "утверждающее лицо акимата, Акимат Актюбинской области (замещает: Б. Ахметов)"


def test_words_of_other_apps_come_back_as_they_are():
    assert describe_capacity("secretary of group 7") == "secretary of group 7"
    assert describe_capacity("") == ""


@pytest.mark.parametrize("count", [1, 3])
def test_many_capacities_cost_two_queries(django_assert_num_queries, count):
    texts = [
        SubstitutionFactory(absent=person(Role.AKIMAT_STAFF, OrganisationFactory()))
        .substitute.assignments[0]
        .capacity
        for _ in range(count)
    ]
    with django_assert_num_queries(2):
        describe_capacities(texts)
