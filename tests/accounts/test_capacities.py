"""The audit keeps capacities without a language; pages say them in the reader's."""

import pytest
from django.utils import translation

from apps.accounts.capacities import describe_capacities
from apps.accounts.models import Role
from tests.factories.people import OrganisationFactory, SubstitutionFactory, person

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def said_of(text):
    return describe_capacities([text])[text]


@pytest.fixture
def akimat():
    return OrganisationFactory(name_kk="Ақтөбе облысының әкімдігі", name_ru="Акимат Актюбинской области")


def test_capacity_is_said_in_the_language_of_the_page(akimat):
    text = f"akimat_staff@{akimat.pk}"
    with translation.override("kk"):
        assert said_of(text) == "әкімдік орындаушысы, Ақтөбе облысының әкімдігі"
    with translation.override("ru"):
        assert said_of(text) == "исполнитель акимата, Акимат Актюбинской области"


def test_substitute_is_said_with_the_absent_person(akimat):
    absent = person(Role.AKIMAT_APPROVER, akimat, full_name="Б. Ахметов")
    substitute = SubstitutionFactory(absent=absent).substitute
    with translation.override("ru"):
        said = said_of(substitute.assignments[0].capacity)
    assert said == "утверждающее лицо акимата, Акимат Актюбинской области (замещает: Б. Ахметов)"


def test_words_of_other_apps_come_back_as_they_are():
    assert said_of("secretary of group 7") == "secretary of group 7"
    assert said_of("") == ""


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
