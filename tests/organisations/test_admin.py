"""Operators' pages open, in a steady number of queries, and offer no typing of what is imported."""

import pytest

from apps.goals import fixtures
from apps.organisations.models import DataImport, Region, StatisticalArea
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True, language="ru"))
    return client


@pytest.mark.parametrize(
    "page",
    [
        "organisations/region/",
        "organisations/region/100000000/change/",
        "organisations/statisticalarea/",
        "organisations/statisticalarea/KZABY/change/",
        "organisations/organisation/",
        "organisations/organisation/export/",
        "organisations/organisation/import/",
        "organisations/dataimport/",
        "goals/goal/",
        "goals/target/",
        "goals/indicator/",
        "goals/indicator/export/",
        "goals/observation/",
    ],
)
def test_operators_page_opens(operator, page):
    fixtures.load()
    assert operator.get(f"/ru/admin/{page}").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_areas_has_a_steady_number_of_queries(operator, django_assert_num_queries, count):
    region = Region.objects.create(code="100000000", kind="oblast", name_kk="Абай", name_ru="Абай")
    for number in range(count):
        StatisticalArea.objects.create(code=f"KZ{number}", region=region)
    with django_assert_num_queries(6):
        operator.get("/ru/admin/organisations/statisticalarea/")


def test_imports_are_read_and_not_written(operator):
    kept = DataImport.objects.create(command="import_kato", source="x.csv", stored=1, unchanged=0, refused=0)
    assert operator.get("/ru/admin/organisations/dataimport/add/").status_code == 403
    assert operator.post(f"/ru/admin/organisations/dataimport/{kept.pk}/delete/").status_code == 403
    assert operator.get(f"/ru/admin/organisations/dataimport/{kept.pk}/change/").status_code == 200
