"""Search over papers and their rows, within what the person may see."""

import pytest

from apps.accounts.models import Role
from apps.indicators.models import IndicatorList, IndicatorListItem
from apps.portal.finding import find
from tests.factories.people import OrganisationFactory, person

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def row_of(akimat, words):
    paper = IndicatorList.objects.create(region=akimat.region, organisation=akimat, year=2026)
    return IndicatorListItem.objects.create(
        indicator_list=paper,
        position=1,
        code="3.1.1",
        regional_kk=words,
        regional_ru="Коэффициент материнской смертности",
    )


@pytest.fixture
def akimat():
    return OrganisationFactory()


@pytest.mark.parametrize(
    "words", ["ӨҢІРЛЕРДЕГІ ана", "өңірлердегі", "онирлердеги АНА", "Материнской", "3.1.1"]
)
def test_find_folds_letters_of_both_languages(akimat, words):
    row_of(akimat, "Өңірлердегі ана өлім-жітімі")
    (hits,) = find(person(Role.AKIMAT_STAFF, akimat), words)
    assert [hit.words for hit in hits.rows] == ["3.1.1 Өңірлердегі ана өлім-жітімі"]


@pytest.mark.parametrize("words", ["балық", "ана балық", "%", "_", "'; DROP TABLE"])
def test_find_says_nothing_where_a_word_is_absent(akimat, words):
    row_of(akimat, "Өңірлердегі ана өлім-жітімі")
    assert find(person(Role.AKIMAT_STAFF, akimat), words) == []


def test_find_never_shows_a_foreign_region(akimat):
    row_of(akimat, "Өңірлердегі ана өлім-жітімі")
    assert find(person(Role.AKIMAT_STAFF, OrganisationFactory()), "ана өлім") == []
